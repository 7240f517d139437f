#include "ledger/rules/pool_rules.hpp"

#include <algorithm>
#include <array>

#include "events/native_rows.hpp"
#include "ledger/pool_money.hpp"

namespace braid::ledger {

namespace {

/// The items of SI 2000/617 reg 7(3), as a sentence names them.
constexpr std::array<std::pair<schema::AgreementItem, std::string_view>, 7> agreement_items = {{
    {schema::AgreementItem::AIMS, "its aims and outcomes"},
    {schema::AgreementItem::CONTRIBUTIONS, "the contributions and how they may be varied"},
    {schema::AgreementItem::FUNCTIONS, "the NHS and health-related functions"},
    {schema::AgreementItem::PERSONS_AND_SERVICES, "the persons and services"},
    {schema::AgreementItem::STAFF_AND_GOODS, "the staff, goods and accommodation"},
    {schema::AgreementItem::DURATION, "its duration, review, variation and end"},
    {schema::AgreementItem::MANAGEMENT, "its management and monitoring"},
}};

Verdict has_function(const Asked& asked, schema::Uuid::Reader pool_id, capnp::Text::Reader function) {
  const auto* pool = asked.state.pools.find({read(pool_id)});
  if (pool == nullptr || std::ranges::find(pool->functions, view(function)) != pool->functions.end()) return holds;
  return breaks("function", "The agreement of pool ", pool->pool, " has no function \"", view(function),
                "\". Spend on what the partners agreed, or vary the agreement.");
}

Verdict fund_fits(const Asked& asked, schema::Uuid::Reader pool_id, schema::Strand::Reader strand) {
  const auto* pool = asked.state.pools.find({read(pool_id)});
  const auto* fund = asked.state.funds.find(
      {std::string(view(strand.getOrganisation())), std::string(view(strand.getFund()))});
  if (pool == nullptr || fund == nullptr || fund->capital == pool->capital) return holds;
  return breaks("strand", strand,
                fund->capital ? " is capital, and the pool is revenue"
                              : " is revenue, and the pool is capital",
                ". Capital and revenue never mix.");
}

Verdict in_force(const Asked& asked, schema::Uuid::Reader pool_id) {
  const auto* pool = asked.state.pools.find({read(pool_id)});
  if (pool == nullptr || pool->in_force) return holds;
  return breaks("pool", "Not every partner has signed the agreement of pool ", pool->pool, ".");
}

bool is_commissioner(schema::OrganisationKind kind) {
  return kind == schema::OrganisationKind::CCG || kind == schema::OrganisationKind::ICB ||
         kind == schema::OrganisationKind::NHS_ENGLAND;
}

}  // namespace

Verdict agreement_is_complete(const Asked&, Body<schema::PoolAgreementProposed> agreement) {
  for (const auto& [item, name] : agreement_items) {
    bool stated = false;
    for (const auto text : agreement.getItems()) stated |= text.getItem() == item && text.getText().size() > 0;
    if (!stated)
      return breaks("items", "The agreement does not state ", name,
                    ". It must state all seven things of reg 7(3) in writing.");
  }
  return holds;
}

Verdict trust_has_commissioner(const Asked& asked, Body<schema::PoolAgreementProposed> agreement) {
  bool trust = false;
  bool commissioner = false;
  for (const auto partner : agreement.getPartners()) {
    const auto* row = asked.state.organisations.find({std::string(view(partner.getStrand().getOrganisation()))});
    if (row == nullptr) continue;
    trust |= row->kind == schema::OrganisationKind::TRUST;
    commissioner |= is_commissioner(row->kind);
  }
  if (!trust || commissioner) return holds;
  return breaks("partners",
                "A trust is a partner here without its commissioner. Each commissioner's consent "
                "is needed: let it sign too.");
}

Verdict scheme_has_agreed_function(const Asked& asked, Body<schema::SchemeAdded> scheme) {
  return has_function(asked, scheme.getPool(), scheme.getFunction());
}

Verdict spent_on_agreed_function(const Asked& asked, Body<schema::PoolSpent> spent) {
  if (auto verdict = has_function(asked, spent.getPool(), spent.getFunction())) return verdict;
  const auto* scheme = asked.state.schemes.find({read(spent.getScheme())});
  if (scheme == nullptr || scheme->function == view(spent.getFunction())) return holds;
  return breaks("function", "Scheme ", scheme->scheme, " is for \"", scheme->function,
                "\", not for \"", view(spent.getFunction()), "\".");
}

Verdict risk_shared_by_agreement(const Asked& asked, Body<schema::RiskShareApplied> applied) {
  const auto* pool = asked.state.pools.find({read(applied.getPool())});
  if (pool == nullptr) return holds;
  const auto due = risk_shares(asked, *pool, applied.getYear());
  const auto stated = applied.getVariance() == schema::Change::INCREASE ? applied.getPence() : -applied.getPence();
  if (stated != due.variance)
    return breaks("pence", "The pool's variance for ", applied.getYear(), " is ",
                  pounds(due.variance), ", not ", pounds(stated), ".");
  for (std::size_t i = 0; i < pool->partners.size(); ++i) {
    std::int64_t share = 0;
    for (const auto each : applied.getShares())
      if (is(pool->partners[i].strand, each.getStrand()))
        share = each.getVariance() == schema::Change::INCREASE ? each.getPence() : -each.getPence();
    if (share != due.bears[i])
      return breaks("shares", "By the agreement's rule ", pool->partners[i].strand, " bears ",
                    pounds(due.bears[i]), " of it, not ", pounds(share), ".");
  }
  return holds;
}

Verdict committed_fund_fits_pool(const Asked& asked, Body<schema::ContributionCommitted> committed) {
  return fund_fits(asked, committed.getPool(), committed.getStrand());
}

Verdict paid_fund_fits_pool(const Asked& asked, Body<schema::ContributionPaid> paid) {
  return fund_fits(asked, paid.getPool(), paid.getStrand());
}

Verdict scheme_within_hard_limit(const Asked& asked, Body<schema::SchemeAdded> scheme) {
  const auto* pool = asked.state.pools.find({read(scheme.getPool())});
  if (pool == nullptr || !pool->hard_limit) return holds;
  std::int64_t left = 0;   // `varied` is what schemes have spent less what they were given; see apply
  std::int64_t committed = 0;
  for (const auto& partner : pool->partners) {
    committed = saturating_add(committed, partner.committed);
    left = saturating_add(left, partner.varied);
  }
  if (saturating_add(scheme.getPence(), -left) <= committed) return holds;
  return breaks("pence", "Pool ", pool->pool, " has a hard limit. Its partners have committed ", pounds(committed),
                ", and its schemes with this one would come to more.");
}

Verdict pool_not_overspent(const Asked& asked, Body<schema::PoolSpent> spent) {
  const auto* pool = asked.state.pools.find({read(spent.getPool())});
  if (pool == nullptr) return holds;
  const auto year = posting_year(asked, pool->host, Date{spent.getOn()});
  std::int64_t there = 0;
  for (const auto& partner : pool->partners)
    there = saturating_add(there, asked.state.balance(Account::POOL, pool->pool, partner.strand, year));
  if (spent.getPence() <= there) return holds;
  return breaks("pence", pounds(spent.getPence()), " was spent from a pool that held ", pounds(there),
                " for the year. The host bears the rest until the variance is shared.");
}

Verdict pool_spent_in_force(const Asked& asked, Body<schema::PoolSpent> spent) {
  return in_force(asked, spent.getPool());
}
Verdict pool_paid_in_force(const Asked& asked, Body<schema::ContributionPaid> paid) {
  return in_force(asked, paid.getPool());
}

}  // namespace braid::ledger
