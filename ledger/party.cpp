#include "ledger/party.hpp"

#include <algorithm>

#include "events/native_rows.hpp"

namespace braid::ledger {

namespace {

template <class Body>
Subject named_by(Body body) {
  Subject subject;
  if constexpr (requires { body.getBudget(); }) subject.budget = read(body.getBudget());
  if constexpr (requires { body.getPlan(); }) subject.plan = read(body.getPlan());
  if constexpr (requires { body.getPool(); }) subject.pool = read(body.getPool());
  if constexpr (requires { body.getGrant(); }) subject.grant = read(body.getGrant());
  if constexpr (requires { body.getAct(); }) subject.pool = read(body.getAct());
  return subject;
}

/// The subject of an approval, a refusal or an exception is one identifier of many kinds of thing.
void find_any(const State& state, const Uuid& id, Subject& subject) {
  if (state.plans.find({id}) != nullptr) subject.plan = id;
  if (state.budgets.find({id}) != nullptr) subject.budget = id;
  if (state.pools.find({id}) != nullptr) subject.pool = id;
  if (const auto* order = state.orders.find({id})) subject.budget = order->budget;
  if (const auto* payment = state.payments.find({id})) subject.budget = payment->budget;
  if (const auto* scheme = state.schemes.find({id})) subject.pool = scheme->pool;
}

/// What names its budget only through an order, a payment or a recharge.
template <class Body>
void find_budget(const State& state, Body body, Subject& subject) {
  if (!subject.budget.is_nil()) return;
  if constexpr (requires { body.getOrder(); }) {
    if (const auto* order = state.orders.find({read(body.getOrder())}))
      subject.budget = order->budget;
  } else if constexpr (requires { body.getPayment(); }) {
    if (const auto* payment = state.payments.find({read(body.getPayment())}))
      subject.budget = payment->budget;
  } else if constexpr (requires { body.getRecharge(); }) {
    if (const auto* recharge = state.recharges.find({read(body.getRecharge())}))
      subject.budget = recharge->budget;
  }
  if constexpr (requires { body.getSubject(); }) find_any(state, read(body.getSubject()), subject);
}

bool is_party(const Context& context, const PlanRow& plan) {
  return is_own(context, plan.organisation) ||
         std::ranges::any_of(plan.lines, [&](const auto& line) {
           return is_own(context, line.strand.organisation);
         });
}

bool is_party(const Context& context, const BudgetRow& budget) {
  if (is_own(context, budget.lead_payer)) return true;
  if (std::ranges::any_of(budget.strands, [&](const auto& agreed) {
        return is_own(context, agreed.strand.organisation);
      }))
    return true;
  const auto* plan = context.state.plans.find({budget.plan});
  return plan != nullptr && is_party(context, *plan);
}

bool is_party(const Context& context, const PoolRow& pool) {
  return is_own(context, pool.host) || std::ranges::any_of(pool.partners, [&](const auto& partner) {
           return is_own(context, partner.strand.organisation);
         });
}

bool is_party(const Context& context, const GrantRow& grant) {
  return is_own(context, grant.strand.organisation);
}

template <class Row>
bool is_party_where_known(const Context& context, const Row* row) {
  return row == nullptr || is_party(context, *row);
}

/// Every identifier that stands in a body as a subject, an order, a payment and so on.
template <class Body>
void add_identifiers(Body body, std::vector<Uuid>& ids) {
  if constexpr (requires { body.getOrder(); }) ids.push_back(read(body.getOrder()));
  if constexpr (requires { body.getPayment(); }) ids.push_back(read(body.getPayment()));
  if constexpr (requires { body.getScheme().getHigh(); }) ids.push_back(read(body.getScheme()));
  if constexpr (requires { body.getEngagement(); }) ids.push_back(read(body.getEngagement()));
  if constexpr (requires { body.getSubject(); }) ids.push_back(read(body.getSubject()));
}

}  // namespace

Subject subject_of(const Context& context) {
  return visit(context.event.getBody(), [&](auto body) {
    auto subject = named_by(body);
    find_budget(context.state, body, subject);
    return subject;
  });
}

std::vector<Uuid> exception_subjects(const Context& context) {
  const auto subject = subject_of(context);
  std::vector<Uuid> ids = {subject.budget, subject.plan, subject.pool, subject.grant};
  if (const auto* budget = context.state.budgets.find({subject.budget}))
    ids.push_back(budget->plan);
  visit(context.event.getBody(), [&](auto body) { add_identifiers(body, ids); });
  std::erase_if(ids, [](const Uuid& id) { return id.is_nil(); });
  return ids;
}

bool is_party(const Context& context) {
  const auto& state = context.state;
  const auto subject = subject_of(context);
  if (!subject.budget.is_nil())
    if (const auto* budget = state.budgets.find({subject.budget}))
      return is_party(context, *budget);
  if (!subject.plan.is_nil())
    return is_party_where_known(context, state.plans.find({subject.plan}));
  if (!subject.pool.is_nil())
    return is_party_where_known(context, state.pools.find({subject.pool}));
  if (!subject.grant.is_nil())
    return is_party_where_known(context, state.grants.find({subject.grant}));
  return true;
}

}  // namespace braid::ledger
