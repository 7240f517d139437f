#include "ledger/purchase.hpp"

#include "events/native_rows.hpp"
#include "ledger/budget_money.hpp"

namespace braid::ledger {

namespace {

tl::expected<const OrderRow*, Refusal> known_order(const Context& context, schema::Uuid::Reader order) {
  const Uuid id = read(order);
  const auto* row = context.state.orders.find({id});
  if (row == nullptr) return unknown("order", "order", id);
  return row;
}

void note_broker(State& state, const Record& record, const Uuid& budget) {
  if (record.event.getOfficer().size() == 0) return;
  state.duties.change({budget, record.event.getPublisher(), record.event.getOfficer()}).brokered = true;
}

}  // namespace

Checked check_state(const Context& context, Body<schema::SupplierRegistered> body) {
  const Uuid id = read(body.getSupplier());
  if (context.state.suppliers.find({id}) != nullptr) return known_already("supplier", "supplier", id);
  return {};
}

Checked check_state(const Context& context, Body<schema::OrderPlaced> body) {
  const Uuid id = read(body.getOrder());
  if (context.state.orders.find({id}) != nullptr) return known_already("order", "order", id);
  const auto budget = open_budget(context, body.getBudget());
  if (!budget) return tl::unexpected(budget.error());
  const Uuid supplier = read(body.getSupplier());
  if (context.state.suppliers.find({supplier}) == nullptr) return unknown("supplier", "supplier", supplier);
  return amounts_of_budget(**budget, body.getAmounts());
}

Checked check_state(const Context& context, Body<schema::OrderEnded> body) {
  const auto order = known_order(context, body.getOrder());
  if (!order) return tl::unexpected(order.error());
  if ((*order)->ended) return by_state("order", "Order ", (*order)->order, " has ended already.");
  return {};
}

Checked check_state(const Context& context, Body<schema::ServiceDelivered> body) {
  const auto order = known_order(context, body.getOrder());
  if (!order) return tl::unexpected(order.error());
  return {};
}

Checked check_state(const Context& context, Body<schema::PersonalAssistantEngaged> body) {
  const auto budget = known_budget(context, body.getBudget());
  if (!budget) return tl::unexpected(budget.error());
  return {};
}

void post(const Context& context, Body<schema::OrderPlaced> body, Legs& legs) {
  const Uuid budget = read(body.getBudget());
  for (const auto amount : body.getAmounts())
    legs.draw(allocated(budget), committed(budget), read(amount.getStrand()), amount.getPence(), context.effective);
}

/// What was ordered and not paid is free again.
void post(const Context& context, Body<schema::OrderEnded> body, Legs& legs) {
  const auto* order = context.state.orders.find({read(body.getOrder())});
  if (order == nullptr) return;
  for (const auto& ordered : order->amounts) {
    const auto left = ordered.pence - pence_of(order->paid, ordered.strand);
    if (left > 0) legs.draw_up_to(committed(order->budget), allocated(order->budget), ordered.strand, left);
  }
}

void apply(State& state, const Record&, Body<schema::SupplierRegistered> body) {
  state.suppliers.change({read(body.getSupplier())});
}

void apply(State& state, const Record& record, Body<schema::OrderPlaced> body) {
  auto& order = state.orders.change({read(body.getOrder())});
  order.budget = read(body.getBudget());
  order.supplier = read(body.getSupplier());
  order.category = body.getCategory();
  for (const auto amount : body.getAmounts()) order.amounts.push_back(read(amount));
  note_broker(state, record, order.budget);
}

void apply(State& state, const Record&, Body<schema::OrderEnded> body) {
  if (auto* order = state.orders.change_existing({read(body.getOrder())})) order->ended = true;
}

void apply(State&, const Record&, Body<schema::ServiceDelivered>) {}
void apply(State&, const Record&, Body<schema::PersonalAssistantEngaged>) {}

}  // namespace braid::ledger
