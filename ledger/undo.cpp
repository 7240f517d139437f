#include "ledger/undo.hpp"

#include <algorithm>

#include "events/native_rows.hpp"
#include "ledger/budget_money.hpp"

namespace braid::ledger {

namespace {

/// Takes what the postings paid of an order out of what is paid of it.
void unpay_order(State& state, const Uuid& order_id, Postings postings) {
  auto* order = state.orders.change_existing({order_id});
  if (order == nullptr) return;
  for (const auto& posting : postings)
    if (posting.account == Account::COMMITTED) add_to(order->paid, posting.strand, posting.pence);
}

void unpay_invoice(State& state, const Uuid& invoice_id, std::int64_t pence) {
  if (auto* invoice = state.invoices.change_existing({invoice_id}))
    invoice->paid = saturating_add(invoice->paid, -pence);
}

}  // namespace

void undo(State& state, Body<schema::PaymentSettled> body, Postings postings) {
  auto* payment = state.payments.change_existing({read(body.getPayment())});
  if (payment == nullptr) return;
  const auto total = total_of(body.getAmounts());
  payment->settled = saturating_add(payment->settled, -total);
  unpay_invoice(state, payment->invoice, total);
  unpay_order(state, payment->order, postings);
}

void undo(State& state, Body<schema::PaymentReturned> body, Postings postings) {
  auto* payment = state.payments.change_existing({read(body.getPayment())});
  if (payment == nullptr) return;
  const auto total = total_of(body.getAmounts());
  payment->returned = saturating_add(payment->returned, -total);
  unpay_invoice(state, payment->invoice, -total);
  unpay_order(state, payment->order, postings);
}

void undo(State& state, Body<schema::AccountCredited> body, Postings) {
  if (auto* payment = state.payments.change_existing({read(body.getPayment())}))
    payment->settled = saturating_add(payment->settled, -total_of(body.getAmounts()));
}

void undo(State& state, Body<schema::Repaid> body, Postings) {
  if (!body.hasNotice()) return;
  if (auto* notice = state.notices.change_existing({read(body.getNotice())}))
    notice->repaid = saturating_add(notice->repaid, -total_of(body.getAmounts()));
}

void undo(State& state, Body<schema::RechargeRaised> body, Postings) {
  if (auto* recharge = state.recharges.change_existing({read(body.getRecharge())}))
    recharge->pence = recharge->settled;
}

void undo(State& state, Body<schema::RechargeSettled> body, Postings) {
  if (auto* recharge = state.recharges.change_existing({read(body.getRecharge())}))
    recharge->settled = saturating_add(recharge->settled, -body.getPence());
}

void undo(State& state, Body<schema::OrderPlaced> body, Postings) {
  if (auto* order = state.orders.change_existing({read(body.getOrder())})) order->ended = true;
}

void undo(State& state, Body<schema::OrderEnded> body, Postings) {
  if (auto* order = state.orders.change_existing({read(body.getOrder())})) order->ended = false;
}

void undo(State& state, Body<schema::ContributionPaid> body, Postings) {
  auto* pool = state.pools.change_existing({read(body.getPool())});
  if (pool == nullptr) return;
  for (auto& partner : pool->partners)
    if (is(partner.strand, body.getStrand()))
      partner.paid = saturating_add(partner.paid, -body.getPence());
}

void undo(State& state, Body<schema::PoolSpent> body, Postings) {
  auto* scheme = state.schemes.change_existing({read(body.getScheme())});
  if (scheme == nullptr) return;
  scheme->spent = saturating_add(scheme->spent, -body.getPence());
  auto* pool = state.pools.change_existing({scheme->pool});
  if (pool == nullptr) return;
  for (auto& partner : pool->partners)
    if (partner.strand.organisation == scheme->owner) {
      partner.varied = saturating_add(partner.varied, -body.getPence());
      return;
    }
}

void undo(State& state, Body<schema::GrantAwarded> body, Postings) {
  if (auto* grant = state.grants.change_existing({read(body.getGrant())}))
    grant->pence = grant->drawn;
}

void undo(State& state, Body<schema::GrantDrawn> body, Postings) {
  if (auto* grant = state.grants.change_existing({read(body.getGrant())}))
    grant->drawn = saturating_add(grant->drawn, -body.getPence());
}

/// The strand is no longer agreed, so the budget is no longer live.
void undo(State& state, Body<schema::StrandAgreed> body, Postings) {
  auto* budget = state.budgets.change_existing({read(body.getBudget())});
  if (budget == nullptr) return;
  std::erase_if(budget->strands,
                [&](const BudgetStrand& own) { return is(own.strand, body.getStrand()); });
  budget->live = false;
}

void undo(State& state, Body<schema::BudgetClosed> body, Postings) {
  auto* budget = state.budgets.change_existing({read(body.getBudget())});
  if (budget == nullptr || !budget->closed) return;
  budget->closed = false;
  ++state.persons.change({budget->person}).open_budgets;
}

/// The uplift may be applied to this strand again.
void undo(State& state, Body<schema::UpliftApplied> body, Postings) {
  const auto run_id = read(body.getRun());
  auto* run = state.runs.change_existing({run_id});
  auto* budget = state.budgets.change_existing({read(body.getBudget())});
  if (run == nullptr || budget == nullptr) return;
  if (run->seen > 0) --run->seen;
  run->seen_total = saturating_add(run->seen_total, -body.getPence());
  std::erase_if(budget->uplifts, [&](const auto& each) {
    return each.run == run_id && is(each.strand, body.getStrand());
  });
  for (auto& agreed : budget->strands) {
    if (!is(agreed.strand, body.getStrand())) continue;
    agreed.pence = saturating_add(agreed.pence, -body.getPence());
    agreed.body_pays = saturating_add(agreed.body_pays, -body.getPence());
  }
}

}  // namespace braid::ledger
