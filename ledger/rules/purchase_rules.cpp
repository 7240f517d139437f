#include "ledger/rules/purchase_rules.hpp"

#include <algorithm>

#include "events/native_rows.hpp"
#include "ledger/budget_money.hpp"

namespace braid::ledger {

namespace {

/// How the money of a plan's line is held in a budget; notional where the budget does not say.
schema::Method method_of(const State& state, const BudgetRow& budget, std::uint16_t line) {
  const auto* plan = state.plans.find({budget.plan});
  if (plan == nullptr) return schema::Method::NOTIONAL;
  for (std::size_t i = 0; i < plan->lines.size() && i < budget.methods.size(); ++i)
    if (plan->lines[i].number == line) return budget.methods[i];
  return schema::Method::NOTIONAL;
}

/// The first amount of an order beyond what its strand has left.
Verdict beyond_available(const Asked& asked, const BudgetRow& budget, Body<schema::OrderPlaced> order) {
  const Legs legs(asked);
  const auto amounts = order.getAmounts();
  for (unsigned i = 0; i < amounts.size(); ++i) {
    const auto left = legs.available(allocated(budget.budget), read(amounts[i].getStrand()));
    if (amounts[i].getPence() > left)
      return breaks(at("amounts", i, "pence"), "The order is for ", pounds(amounts[i].getPence()), " of ",
                    amounts[i].getStrand(), "; ", pounds(left), " of it are left in budget ", budget.budget,
                    ". Order less, or vary the budget first.");
  }
  return holds;
}

Verdict of_same_household(const Asked& asked, Body<schema::PersonalAssistantEngaged> engaged, schema::Sector payer) {
  if (!engaged.getSameHousehold()) return holds;
  const auto* budget = asked.state.budgets.find({read(engaged.getBudget())});
  if (budget == nullptr) return holds;
  const auto pays = [&](const BudgetStrand& agreed) { return agreed.strand.sector == payer; };
  if (std::ranges::none_of(budget->strands, pays)) return holds;
  return breaks("sameHousehold", "The assistant lives in the person's household. Budget ", budget->budget,
                " may pay such a person only where that is necessary: record the exception and its reason.");
}

}  // namespace

Verdict order_within_direct_payment(const Asked& asked, Body<schema::OrderPlaced> order) {
  const auto* budget = asked.state.budgets.find({read(order.getBudget())});
  if (budget == nullptr ||
      method_of(asked.state, *budget, order.getLine()) != schema::Method::DIRECT_PAYMENT)
    return holds;
  return beyond_available(asked, *budget, order);
}

Verdict order_within_allocated(const Asked& asked, Body<schema::OrderPlaced> order) {
  const auto* budget = asked.state.budgets.find({read(order.getBudget())});
  return budget == nullptr ? Verdict(holds) : beyond_available(asked, *budget, order);
}

Verdict no_school_place_from_direct_payment(const Asked& asked, Body<schema::OrderPlaced> order) {
  if (!order.getSchoolPlace()) return holds;
  const auto* budget = asked.state.budgets.find({read(order.getBudget())});
  if (budget == nullptr ||
      method_of(asked.state, *budget, order.getLine()) != schema::Method::DIRECT_PAYMENT)
    return holds;
  return breaks("schoolPlace", "A place at a school or post-16 institution is never bought from a direct payment. The "
                               "local authority arranges it.");
}

Verdict nhs_assistant_of_other_household(const Asked& asked, Body<schema::PersonalAssistantEngaged> engaged) {
  return of_same_household(asked, engaged, schema::Sector::HEALTH);
}

Verdict council_assistant_of_other_household(const Asked& asked, Body<schema::PersonalAssistantEngaged> engaged) {
  return of_same_household(asked, engaged, schema::Sector::SOCIAL_CARE);
}

}  // namespace braid::ledger
