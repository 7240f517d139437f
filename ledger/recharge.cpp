// What bodies owe each other for a budget. Declared in payment.hpp.
#include "events/native_rows.hpp"
#include "ledger/budget_money.hpp"
#include "ledger/payment.hpp"

namespace braid::ledger {

Checked check_state(const Context& context, Body<schema::RechargeRaised> body) {
  const Uuid id = read(body.getRecharge());
  if (context.state.recharges.find({id}) != nullptr) return known_already("recharge", "recharge", id);
  const auto budget = known_budget(context, body.getBudget());
  if (!budget) return tl::unexpected(budget.error());
  for (const auto& [field, strand] : {std::pair{"creditor", body.getCreditor()}, {"debtor", body.getDebtor()}})
    if (strand_of(**budget, strand) == nullptr)
      return by_state(field, "Budget ", (*budget)->budget, " has no ", strand,
                      ". A recharge is between strands of one budget.");
  if (read(body.getCreditor()) == read(body.getDebtor()))
    return by_state("debtor", "Creditor and debtor are the same strand: nobody owes itself.");
  return {};
}

Checked check_state(const Context& context, Body<schema::RechargeSettled> body) {
  const Uuid id = read(body.getRecharge());
  const auto* recharge = context.state.recharges.find({id});
  if (recharge == nullptr) return unknown("recharge", "recharge", id);
  const auto owed = recharge->pence - recharge->settled;
  if (body.getPence() > owed)
    return tl::unexpected(by_arithmetic("pence", pounds(body.getPence()), " cannot settle recharge ", id, ": ",
                                        pounds(owed), " of it are owed."));
  return {};
}

/// The creditor's spending becomes a claim; the debtor's spending a debt.
void post(const Context& context, Body<schema::RechargeRaised> body, Legs& legs) {
  const Uuid budget = read(body.getBudget());
  const Strand debtor = read(body.getDebtor());
  legs.draw(spent(budget), due(budget), read(body.getCreditor()), body.getPence(), context.effective);
  legs.move(due(budget), spent(budget), debtor, year_of(context, debtor, context.effective.days), body.getPence());
}

/// The claim becomes the creditor's budget money again; the debtor's budget money pays its debt.
void post(const Context& context, Body<schema::RechargeSettled> body, Legs& legs) {
  const auto* recharge = context.state.recharges.find({read(body.getRecharge())});
  if (recharge == nullptr) return;
  const auto& budget = recharge->budget;
  legs.draw(due(budget), allocated(budget), recharge->creditor, body.getPence(), Date{body.getOn()});
  legs.draw(allocated(budget), due(budget), recharge->debtor, body.getPence(), Date{body.getOn()});
}

void apply(State& state, const Record&, Body<schema::RechargeRaised> body) {
  auto& recharge = state.recharges.change({read(body.getRecharge())});
  recharge.budget = read(body.getBudget());
  recharge.creditor = read(body.getCreditor());
  recharge.debtor = read(body.getDebtor());
  recharge.pence = body.getPence();
}

void apply(State& state, const Record&, Body<schema::RechargeSettled> body) {
  if (auto* recharge = state.recharges.change_existing({read(body.getRecharge())}))
    recharge->settled = saturating_add(recharge->settled, body.getPence());
}

}  // namespace braid::ledger
