#include "ledger/rules/funding.hpp"

#include <algorithm>

#include "events/wide.hpp"
#include "ledger/known.hpp"

namespace braid::ledger {

namespace {

using schema::Category;

bool is_equipment(Category category) {
  return category == Category::EQUIPMENT || category == Category::WHEELCHAIR;
}

bool is_cost_of_employing(Category category) {
  return category >= Category::ON_COSTS && category <= Category::REPLACEMENT_COVER;
}

/// What is left of a fund's allocation of a year after the event.
Wide left_of(const Asked& asked, const Posting& taken) {
  Wide left = asked.state.balance(taken.account, taken.subject, taken.strand, taken.year);
  for (const auto& posting : asked.postings)
    if (posting.account == taken.account && posting.subject == taken.subject &&
        posting.strand == taken.strand && posting.year == taken.year)
      left += posting.pence;
  return left;
}

}  // namespace

Verdict council_leaves_nhs_duties(const Asked& asked, Body<schema::StrandAgreed> agreed) {
  const auto* budget = asked.state.budgets.find({read(agreed.getBudget())});
  if (budget == nullptr || agreed.getStrand().getSector() != schema::Sector::SOCIAL_CARE)
    return holds;
  if (budget->scheme != schema::Scheme::CHC && budget->scheme != schema::Scheme::CHC_FAST_TRACK)
    return holds;
  return breaks("strand",
                "This person is in continuing healthcare, which the NHS pays for in full; the ",
                agreed.getStrand(), " pays beside it. Check whose duty this care is.");
}

Verdict capital_buys_equipment(const Asked& asked, Body<schema::StrandAgreed> agreed) {
  const auto strand = read(agreed.getStrand());
  const auto* fund = asked.state.funds.find({strand.organisation, strand.fund});
  const auto* budget = asked.state.budgets.find({read(agreed.getBudget())});
  const auto* plan = budget == nullptr ? nullptr : asked.state.plans.find({budget->plan});
  if (fund == nullptr || !fund->capital || plan == nullptr) return holds;
  const auto mixes = [&](const PlanLineRow& line) {
    return line.in_budget && line.strand == strand && !is_equipment(line.category);
  };
  const auto line = std::ranges::find_if(plan->lines, mixes);
  if (line == plan->lines.end()) return holds;
  return breaks("strand", "The ", strand, " is capital, and line ", line->number,
                " of the plan is running cost. Fund that line from revenue.");
}

Verdict fits_allocation(const Asked& asked) {
  for (const auto& posting : asked.postings) {
    if (posting.account != Account::ALLOCATION || posting.pence >= 0) continue;
    const auto left = left_of(asked, posting);
    if (left >= 0) continue;
    const auto short_by =
        static_cast<std::int64_t>(std::min<Wide>(-left, std::numeric_limits<std::int64_t>::max()));
    return breaks("", "The allocation of ", posting.strand, " for ", posting.year,
                  " is exceeded by ", pounds(short_by),
                  ". Vary the allocation, or find the money elsewhere.");
  }
  return holds;
}

Verdict allocation_suffices(const Asked& asked, Body<schema::StrandAgreed>) {
  return fits_allocation(asked);
}
Verdict allocation_suffices(const Asked& asked, Body<schema::UpliftApplied>) {
  return fits_allocation(asked);
}
Verdict allocation_suffices(const Asked& asked, Body<schema::AllocationVaried>) {
  return fits_allocation(asked);
}
Verdict allocation_suffices(const Asked& asked, Body<schema::ContributionPaid>) {
  return fits_allocation(asked);
}
Verdict allocation_suffices(const Asked& asked, Body<schema::GrantAwarded>) {
  return fits_allocation(asked);
}

Verdict hidden_costs_are_named(const Asked&, Body<schema::PlanProposed> proposed) {
  const auto lines = proposed.getLines();
  const bool employs =
      any_of(lines, [](auto line) { return line.getCategory() == Category::WAGES; });
  if (!employs || any_of(lines, [](auto line) { return is_cost_of_employing(line.getCategory()); }))
    return holds;
  return breaks("lines",
                "This plan pays wages and says nothing of what employing costs beside them "
                "(national insurance, "
                "pension, insurance, payroll, training, cover). Add these lines, in the budget or "
                "beside it.");
}

}  // namespace braid::ledger
