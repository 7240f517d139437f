#include "projections/reports/rows.hpp"

namespace braid::projections {
namespace {

void add_partner(const PoolRow& pool, const PoolPartner& partner, Report& report) {
  report.rows.push_back({text(pool.pool.text()), text("partner"), text(partner.strand.organisation),
                         text(partner.strand.fund), pence(partner.committed), pence(partner.paid),
                         pence(partner.spent), pence(partner.paid - partner.committed),
                         pence(partner.risk_share), day(partner.signed_)});
}

void add_scheme(const PoolRow& pool, const PoolScheme& scheme, Report& report) {
  report.rows.push_back({text(pool.pool.text()), text("scheme"), text(scheme.owner),
                         text(scheme.function), pence(scheme.budget), pence(0), pence(scheme.spent),
                         pence(scheme.budget - scheme.spent), pence(0), day(Date::none().days)});
}

std::string shortfall_of(const PoolRow& pool, const PoolPartner& partner) {
  return pool.name + ": " + partner.strand.organisation + " has paid " +
         format_pounds(partner.paid) + " of the " + format_pounds(partner.committed) +
         " that it committed.";
}

std::string owed_by(const PoolRow& pool, const PoolPartner& partner) {
  const bool owes = partner.risk_share > 0;
  return pool.name + ": " + partner.strand.organisation + (owes ? " owes " : " is owed ") +
         format_pounds(owes ? partner.risk_share : -partner.risk_share) + " of the risk share.";
}

void judge(const PoolRow& pool, Report& report) {
  std::int64_t by_partners = 0, by_schemes = 0;
  for (const auto& partner : pool.partners) by_partners += partner.spent;
  for (const auto& scheme : pool.schemes) by_schemes += scheme.spent;
  report.remarks.push_back(
      pool.name + ": " + format_pounds(by_schemes) + " was spent on schemes and " +
      (by_partners == by_schemes ? "the partners' shares add up to it"
                                 : "the partners' shares make " + format_pounds(by_partners)) +
      "; " + format_pounds(pool.balance) + " is left in the fund.");
  for (const auto& partner : pool.partners) {
    if (partner.paid != partner.committed) report.remarks.push_back(shortfall_of(pool, partner));
    if (partner.risk_share != 0 && partner.strand.organisation != pool.host)
      report.remarks.push_back(owed_by(pool, partner));
  }
  if (Date{pool.in_force}.is_none())
    report.remarks.push_back(pool.name + " is not in force: a partner has yet to sign.");
}

}  // namespace

Report pool_statement(const ViewsSnapshot& views, const ReportQuestion& question) {
  Report report{
      .name = "pool-statement",
      .title = "Pooled funds: what partners promised and paid, and what was spent on which scheme",
      .columns = {words("pool"), words("line"), words("organisation"), words("of"),
                  money("promised"), money("paid"), money("spent"), money("variance"),
                  money("riskShareOpen"), days("signed")},
      .rows = {},
      .remarks = {}};
  for_each_row<PoolRow>(views, [&](const PoolRow& pool) {
    if (!asks_about(question, pool.pool.text())) return;
    for (const auto& partner : pool.partners) add_partner(pool, partner, report);
    for (const auto& scheme : pool.schemes) add_scheme(pool, scheme, report);
    judge(pool, report);
  });
  return report;
}

}  // namespace braid::projections
