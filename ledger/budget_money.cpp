#include "ledger/budget_money.hpp"

#include <algorithm>

#include "events/native_rows.hpp"

namespace braid::ledger {

tl::expected<const BudgetRow*, Refusal> known_budget(const Context& context, schema::Uuid::Reader budget) {
  const Uuid id = read(budget);
  const auto* row = context.state.budgets.find({id});
  if (row == nullptr) return unknown("budget", "budget", id);
  return row;
}

tl::expected<const BudgetRow*, Refusal> open_budget(const Context& context, schema::Uuid::Reader budget) {
  auto row = known_budget(context, budget);
  if (!row) return row;
  if ((*row)->closed)
    return by_state("budget", "Budget ", (*row)->budget, " is closed. Open a new one, or correct its closing.");
  if (!(*row)->live)
    return by_state("budget", "Budget ", (*row)->budget,
                    " is not live: not every strand of its plan is agreed by its funder yet.");
  return row;
}

const BudgetStrand* strand_of(const BudgetRow& budget, schema::Strand::Reader strand) {
  const auto found = std::ranges::find_if(
      budget.strands, [&](const BudgetStrand& own) { return is(own.strand, strand); });
  return found == budget.strands.end() ? nullptr : &*found;
}

std::vector<const Strand*> strands_with_money(const BudgetRow& budget) {
  std::vector<const Strand*> strands;
  strands.reserve(budget.strands.size() + 1);
  for (const auto& agreed : budget.strands) strands.push_back(&agreed.strand);
  for (const auto& lot : budget.lots)
    if (std::ranges::none_of(strands, [&](const Strand* strand) { return *strand == lot.strand; }))
      strands.push_back(&lot.strand);
  return strands;
}

Checked amounts_of_budget(const BudgetRow& budget, Amounts amounts) {
  for (unsigned i = 0; i < amounts.size(); ++i) {
    const auto strand = amounts[i].getStrand();
    if (strand.getSector() == schema::Sector::PERSON || strand_of(budget, strand) != nullptr) continue;
    return by_state(at("amounts", i, "strand"), "Budget ", budget.budget, " has no ", strand,
                    ". Name a strand that its funder has agreed.");
  }
  return {};
}

std::int64_t total_of(Amounts amounts) {
  std::int64_t total = 0;
  for (const auto amount : amounts) total = saturating_add(total, amount.getPence());
  return total;
}

void add_to(std::vector<StrandAmount>& amounts, const Strand& strand, std::int64_t pence) {
  auto found = std::ranges::find(amounts, strand, &StrandAmount::strand);
  if (found == amounts.end()) found = amounts.insert(found, {.strand = strand, .pence = 0});
  found->pence = saturating_add(found->pence, pence);
}

std::int64_t pence_of(const std::vector<StrandAmount>& amounts, const Strand& strand) {
  const auto found = std::ranges::find(amounts, strand, &StrandAmount::strand);
  return found == amounts.end() ? 0 : found->pence;
}

}  // namespace braid::ledger
