#include "ledger/outcome.hpp"

#include <algorithm>

#include "events/native_rows.hpp"
#include "ledger/refusals.hpp"

namespace braid::ledger {

Checked check_state(const Context& context, Body<schema::OutcomeReported> body) {
  const Uuid id = read(body.getPlan());
  const auto* plan = context.state.plans.find({id});
  if (plan == nullptr) return unknown("plan", "plan", id);
  if (std::ranges::find(plan->outcomes, body.getOutcome()) == plan->outcomes.end())
    return by_state("outcome", "Plan ", id, " names no outcome ", body.getOutcome(), ".");
  return {};
}

Checked check_state(const Context& context, Body<schema::ActionOwned> body) {
  const Uuid id = read(body.getAction());
  if (context.state.actions.find({id}) != nullptr) return known_already("action", "action", id);
  return {};
}

Checked check_state(const Context& context, Body<schema::ActionDone> body) {
  const Uuid id = read(body.getAction());
  const auto* action = context.state.actions.find({id});
  if (action == nullptr) return unknown("action", "action", id);
  if (action->done) return by_state("action", "Action ", id, " is done already.");
  return {};
}

void apply(State&, const Record&, Body<schema::OutcomeReported>) {}

void apply(State& state, const Record&, Body<schema::ActionOwned> body) {
  state.actions.change({read(body.getAction())});
}

void apply(State& state, const Record&, Body<schema::ActionDone> body) {
  if (auto* action = state.actions.change_existing({read(body.getAction())})) action->done = true;
}

}  // namespace braid::ledger
