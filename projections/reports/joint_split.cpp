#include "events/wide.hpp"
#include "projections/reports/rows.hpp"

namespace braid::projections {
namespace {

/// A rate as pence a week, to the nearest penny: 52 weeks, 12 months, 4 quarters a year
/// (common.capnp, Period).
std::int64_t weekly(std::int64_t pence, schema::Period period) {
  const auto share = [pence](std::int64_t times, std::int64_t weeks) {
    const Wide twice = Wide{pence} * times * 2;
    return static_cast<std::int64_t>((twice + (pence < 0 ? -weeks : weeks)) / (2 * weeks));
  };
  switch (period) {
    case schema::Period::ONCE:
      return 0;
    case schema::Period::WEEKLY:
      return pence;
    case schema::Period::FORTNIGHTLY:
      return share(1, 2);
    case schema::Period::FOUR_WEEKLY:
      return share(1, 4);
    case schema::Period::MONTHLY:
      return share(12, 52);
    case schema::Period::QUARTERLY:
      return share(4, 52);
    case schema::Period::ANNUAL:
      return share(1, 52);
  }
  return 0;
}

/// What the parties bear of one budget.
struct Shares {
  std::int64_t weekly = 0;
  std::int64_t person_weekly = 0;
  std::int64_t bodies = 0;
  std::int64_t person = 0;
};

void add_strand(const JointBudgetRow& budget, const JointStrand& strand, Shares& shares,
                Report& report) {
  const auto rate = weekly(strand.rate_pence, strand.rate_period);
  shares.weekly += rate;
  shares.person_weekly += strand.contribution_weekly;
  shares.bodies += strand.progress.agreed;
  shares.person += strand.adult_pays;
  report.rows.push_back({text(budget.budget.text()), text(strand.strand.organisation),
                         text(word(strand.strand.sector)), text(strand.strand.fund), pence(rate),
                         pence(strand.contribution_weekly),
                         pence(rate - strand.contribution_weekly), pence(strand.progress.agreed),
                         pence(strand.adult_pays), text(strand.approved_by)});
}

std::string verdict(const JointBudgetRow& budget, const Shares& shares) {
  const auto sum = shares.bodies + shares.person;
  auto sentence = "Budget " + budget.budget.text() + ": " + format_pounds(shares.bodies) +
                  " agreed by the bodies and " + format_pounds(shares.person) + " from the person ";
  if (sum == budget.cost)
    return sentence + "add up to the plan's cost of " + format_pounds(budget.cost) + ".";
  sentence += "make " + format_pounds(sum) + ", ";
  return sentence +
         (sum < budget.cost ? format_pounds(budget.cost - sum) + " less than"
                            : format_pounds(sum - budget.cost) + " more than") +
         " the plan's cost of " + format_pounds(budget.cost) +
         (sum < budget.cost && !budget.live ? ": not every strand is agreed yet." : ".");
}

void add_budget(const JointBudgetRow& budget, Report& report) {
  Shares shares;
  for (const auto& strand : budget.strands) add_strand(budget, strand, shares, report);
  report.rows.push_back({text(budget.budget.text()), text("all"), text(""), text(""),
                         pence(shares.weekly), pence(shares.person_weekly),
                         pence(shares.weekly - shares.person_weekly), pence(shares.bodies),
                         pence(shares.person), text("")});
  report.remarks.push_back(verdict(budget, shares));
}

bool is_asked(const JointBudgetRow& budget, const ReportQuestion& question) {
  if (question.on && (question.on->days < budget.from || question.on->days > budget.to))
    return false;
  return asks_about(question, budget.budget.text()) || asks_about(question, budget.person.hex());
}

}  // namespace

Report joint_split(const ViewsSnapshot& views, const ReportQuestion& question) {
  Report report{.name = "joint-split",
                .title = "What each body pays of a package a week, and for the whole of its time",
                .columns = {words("budget"), words("organisation"), words("sector"), words("fund"),
                            money("weeklyCost"), money("personWeekly"), money("bodyWeekly"),
                            money("agreed"), money("personPays"), words("approvedBy")},
                .rows = {},
                .remarks = {}};
  for_each_row<JointBudgetRow>(views, [&](const JointBudgetRow& budget) {
    if (is_asked(budget, question)) add_budget(budget, report);
  });
  return report;
}

}  // namespace braid::projections
