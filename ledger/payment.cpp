#include "ledger/payment.hpp"

#include <algorithm>

#include "events/native_rows.hpp"
#include "ledger/budget_money.hpp"
#include "ledger/known.hpp"
#include "ledger/likeness.hpp"

namespace braid::ledger {

namespace {

Checked check_invoice(const Context& context, schema::Uuid::Reader invoice,
                      const BudgetRow& budget) {
  const Uuid id = read(invoice);
  const auto* row = context.state.invoices.find({id});
  if (row == nullptr) return unknown("invoice", "invoice", id);
  const auto* order = context.state.orders.find({row->order});
  if (order == nullptr || order->budget != budget.budget)
    return by_state("invoice", "Invoice ", id, " is for an order of another budget than ",
                    budget.budget, ".");
  return {};
}

/// What a payment of an order takes out of what was ordered; the rest was never ordered.
void pay_order(const OrderRow* order, const Strand& strand, std::int64_t pence, const Uuid& budget,
               Date on, Legs& legs) {
  std::int64_t from_order = 0;
  if (order != nullptr && !order->ended) {
    const auto left = pence_of(order->amounts, strand) - pence_of(order->paid, strand);
    from_order = legs.draw_up_to(committed(budget), spent(budget), strand,
                                 std::clamp<std::int64_t>(left, 0, pence));
  }
  if (pence > from_order)
    legs.draw(allocated(budget), spent(budget), strand, pence - from_order, on);
}

const OrderRow* order_of_invoice(const State& state, const Uuid& invoice) {
  const auto* row = state.invoices.find({invoice});
  return row == nullptr ? nullptr : state.orders.find({row->order});
}

/// Where money that comes back goes: as near to where it came from as is still open.
Purse home_of(const BudgetRow& budget, const OrderRow* order) {
  if (budget.closed) return allocation();
  if (order != nullptr && !order->ended) return committed(budget.budget);
  return allocated(budget.budget);
}

void note_payer(State& state, const Record& record, const Uuid& budget) {
  if (record.event.getOfficer().size() == 0) return;
  state.duties.change({budget, record.event.getPublisher(), record.event.getOfficer()}).paid = true;
}

}  // namespace

Checked check_state(const Context& context, Body<schema::AccountApproved> body) {
  const Uuid id = read(body.getAccount());
  if (context.state.accounts.find({id}) != nullptr) return known_already("account", "account", id);
  const auto budget = known_budget(context, body.getBudget());
  if (!budget) return tl::unexpected(budget.error());
  return {};
}

Checked check_state(const Context& context, Body<schema::InvoiceReceived> body) {
  const Uuid id = read(body.getInvoice());
  if (context.state.invoices.find({id}) != nullptr) return known_already("invoice", "invoice", id);
  const Uuid order = read(body.getOrder());
  const auto* row = context.state.orders.find({order});
  if (row == nullptr) return unknown("order", "order", order);
  if (row->supplier != read(body.getSupplier()))
    return by_state("supplier", "Order ", order, " was placed with supplier ", row->supplier,
                    ". Name that supplier, or the order that this one has.");
  return {};
}

Checked check_state(const Context& context, Body<schema::PaymentInstructed> body) {
  const Uuid id = read(body.getPayment());
  if (context.state.payments.find({id}) != nullptr) return known_already("payment", "payment", id);
  const auto budget = open_budget(context, "budget", read(body.getBudget()));  // live is R08's
  if (!budget) return tl::unexpected(budget.error());
  if (auto amounts = amounts_of_budget(**budget, body.getAmounts()); !amounts) return amounts;
  if (body.isInvoice()) return check_invoice(context, body.getInvoice(), **budget);
  return {};  // the account is R11's
}

Checked check_state(const Context& context, Body<schema::PaymentSettled> body) {
  const auto budget = known_budget(context, body.getBudget());
  if (!budget) return tl::unexpected(budget.error());
  if (auto amounts = amounts_of_budget(**budget, body.getAmounts()); !amounts) return amounts;
  return check_invoice(context, body.getInvoice(), **budget);
}

Checked check_state(const Context& context, Body<schema::PaymentReturned> body) {
  const Uuid id = read(body.getPayment());
  const auto* payment = context.state.payments.find({id});
  if (payment == nullptr) return unknown("payment", "payment", id);
  const auto returned = total_of(body.getAmounts());
  if (returned > payment->settled - payment->returned)
    return tl::unexpected(by_arithmetic("amounts", pounds(returned),
                                        " cannot come back of payment ", id, ": ",
                                        pounds(payment->settled), " were settled and ",
                                        pounds(payment->returned), " came back before."));
  return {};
}

Checked check_state(const Context& context, Body<schema::AccountCredited> body) {
  const auto budget = known_budget(context, body.getBudget());
  if (!budget) return tl::unexpected(budget.error());
  return amounts_of_budget(**budget, body.getAmounts());
}

void post(const Context& context, Body<schema::PaymentSettled> body, Legs& legs) {
  const Uuid budget = read(body.getBudget());
  const auto* order = order_of_invoice(context.state, read(body.getInvoice()));
  for (const auto amount : body.getAmounts())
    pay_order(order, read(amount.getStrand()), amount.getPence(), budget, Date{body.getOn()}, legs);
}

void post(const Context& context, Body<schema::PaymentReturned> body, Legs& legs) {
  const auto* payment = context.state.payments.find({read(body.getPayment())});
  if (payment == nullptr) return;
  const auto* budget = context.state.budgets.find({payment->budget});
  if (budget == nullptr) return;
  const auto home = home_of(*budget, context.state.orders.find({payment->order}));
  for (const auto amount : body.getAmounts())
    legs.draw(spent(payment->budget), home, read(amount.getStrand()), amount.getPence(),
              Date{body.getOn()});
}

void post(const Context&, Body<schema::AccountCredited> body, Legs& legs) {
  const Uuid budget = read(body.getBudget());
  for (const auto amount : body.getAmounts())
    legs.draw(allocated(budget), held(budget), read(amount.getStrand()), amount.getPence(),
              Date{body.getOn()});
}

void apply(State& state, const Record&, Body<schema::AccountApproved> body) {
  auto& account = state.accounts.change({read(body.getAccount())});
  account.budget = read(body.getBudget());
  account.kind = body.getKind();
  account.auditable = body.getAuditable();
}

void apply(State& state, const Record&, Body<schema::InvoiceReceived> body) {
  auto& invoice = state.invoices.change({read(body.getInvoice())});
  invoice.order = read(body.getOrder());
  invoice.supplier = read(body.getSupplier());
  invoice.pence = total_of(body.getAmounts());
  const auto likeness = likeness_of(body);
  if (state.suspicions.find({likeness}) == nullptr)
    state.suspicions.change({likeness}).first = invoice.invoice;
}

void apply(State& state, const Record& record, Body<schema::PaymentInstructed> body) {
  auto& payment = state.payments.change({read(body.getPayment())});
  payment.budget = read(body.getBudget());
  payment.instructed = total_of(body.getAmounts());
  note_payer(state, record, payment.budget);
  if (!body.isInvoice()) return;
  payment.invoice = read(body.getInvoice());
  if (auto* invoice = state.invoices.change_existing({payment.invoice})) {
    invoice->instructed = saturating_add(invoice->instructed, payment.instructed);
    payment.order = invoice->order;
  }
}

void apply(State& state, const Record& record, Body<schema::PaymentSettled> body) {
  auto& payment = state.payments.change({read(body.getPayment())});
  payment.budget = read(body.getBudget());
  payment.invoice = read(body.getInvoice());
  const auto total = total_of(body.getAmounts());
  payment.settled = saturating_add(payment.settled, total);
  auto* invoice = state.invoices.change_existing({payment.invoice});
  if (invoice == nullptr) return;
  invoice->paid = saturating_add(invoice->paid, total);
  payment.order = invoice->order;
  auto* order = state.orders.change_existing({invoice->order});
  if (order == nullptr) return;
  for (const auto& posting : record.postings)
    if (posting.account == Account::COMMITTED) add_to(order->paid, posting.strand, -posting.pence);
}

void apply(State& state, const Record& record, Body<schema::PaymentReturned> body) {
  auto* payment = state.payments.change_existing({read(body.getPayment())});
  if (payment == nullptr) return;
  const auto total = total_of(body.getAmounts());
  payment->returned = saturating_add(payment->returned, total);
  if (auto* invoice = state.invoices.change_existing({payment->invoice}))
    invoice->paid = saturating_add(invoice->paid, -total);
  auto* order = state.orders.change_existing({payment->order});
  if (order == nullptr) return;
  for (const auto& posting : record.postings)
    if (posting.account == Account::COMMITTED) add_to(order->paid, posting.strand, -posting.pence);
}

void apply(State& state, const Record&, Body<schema::AccountCredited> body) {
  auto& payment = state.payments.change({read(body.getPayment())});
  payment.budget = read(body.getBudget());
  payment.settled = saturating_add(payment.settled, total_of(body.getAmounts()));
}

}  // namespace braid::ledger
