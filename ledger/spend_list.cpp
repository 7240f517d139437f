// Published spending: a list is a run, and its lines are its members. It moves no money. Declared
// in payment.hpp.
#include "events/native_rows.hpp"
#include "ledger/budget_money.hpp"
#include "ledger/payment.hpp"

namespace braid::ledger {

Checked check_state(const Context& context, Body<schema::SpendListPublished> body) {
  const Uuid run = read(body.getRun());
  if (context.state.runs.find({run}) != nullptr) return known_already("run", "run", run);
  const auto* latest = context.state.spend_lists.find(
      {std::string(view(body.getOrganisation())), body.getFrom(), body.getTo()});
  if (latest != nullptr && (!body.hasReplaces() || read(body.getReplaces()) != latest->run))
    return by_state("replaces", "A list of ", view(body.getOrganisation()),
                    " for this time stands already. Name it, ", latest->run,
                    ", as the one that this list replaces.");
  if (latest == nullptr && body.hasReplaces())
    return by_state("replaces", "There is no list of ", view(body.getOrganisation()),
                    " for this time that could be replaced. Leave \"replaces\" out.");
  return {};
}

Checked check_state(const Context& context, Body<schema::SpendPublished> body) {
  const Uuid run = read(body.getRun());
  const auto* row = context.state.runs.find({run});
  if (row == nullptr || row->uplift) return unknown("run", "list of spending", run);
  if (row->seen >= row->count)
    return by_state("run", "Run ", run, " has its ", row->count,
                    " lines already. Publish a list that replaces it.");
  return {};
}

void apply(State& state, const Record& record, Body<schema::SpendListPublished> body) {
  auto& run = state.runs.change({read(body.getRun())});
  run.organisation = record.event.getPublisher();
  run.count = body.getRows();
  run.total = body.getPaid() - body.getCredited();
  state.spend_lists.change({body.getOrganisation(), body.getFrom(), body.getTo()}).run = run.run;
}

void apply(State& state, const Record&, Body<schema::SpendPublished> body) {
  auto* run = state.runs.change_existing({read(body.getRun())});
  if (run == nullptr) return;
  ++run->seen;
  const bool paid = body.getDirection() == schema::Direction::PAID;
  run->seen_total = saturating_add(run->seen_total, paid ? body.getPence() : -body.getPence());
}

}  // namespace braid::ledger
