// EventReversed: the exact opposite of a money event. Declared in payment.hpp.
#include <algorithm>

#include "events/event.hpp"
#include "events/native_rows.hpp"
#include "ledger/budget_money.hpp"
#include "ledger/payment.hpp"
#include "ledger/undo.hpp"

namespace braid::ledger {

namespace {

/// The purse that undoing an intention would leave with less than nothing: something has been done
/// on the strength of it.
const Posting* first_overdrawn(const Context& context, const std::vector<Posting>& postings) {
  const auto found = std::ranges::find_if(postings, [&](const Posting& posting) {
    if (posting.pence <= 0) return false;
    if (posting.account == Account::FUNDING || posting.account == Account::SPENT) return false;
    return context.state.balance(posting.account, posting.subject, posting.strand, posting.year) <
           posting.pence;
  });
  return found == postings.end() ? nullptr : &*found;
}

}  // namespace

Checked check_state(const Context& context, Body<schema::EventReversed> body) {
  const Uuid id = read(body.getEvent());
  const auto original = context.state.original(id);
  if (!original) return unknown("event", "event", id);
  const EventReader reader(original->event);
  if (context.state.reversals.find({id}) != nullptr)
    return by_state("event", "Event ", id, " has been reversed already.");
  if (original->postings.empty() || reader.kind() == Kind::EVENT_REVERSED)
    return by_state("event", "Event ", id,
                    " moves no money of its own, so there is nothing to reverse. Send what is true "
                    "as a new event "
                    "that names it in \"corrects\".");
  if (info_of(reader.kind()).mood != Mood::intention) return {};
  if (const auto* posting = first_overdrawn(context, original->postings))
    return by_state("event", "Event ", id, " cannot be reversed: ", pounds(posting->pence), " of ",
                    posting->strand,
                    " that it gave have been used since. Reverse what used them first.");
  return {};
}

void post(const Context& context, Body<schema::EventReversed> body, Legs& legs) {
  const auto original = context.state.original(read(body.getEvent()));
  if (!original) return;
  for (auto posting : original->postings) {
    posting.pence = -posting.pence;
    legs.post(posting);
  }
}

void apply(State& state, const Record& record, Body<schema::EventReversed> body) {
  const Uuid id = read(body.getEvent());
  state.reversals.change({id}).by = read(record.event.getId());
  const auto original = state.original(id);
  if (!original) return;
  const EventReader reader(original->event);
  visit(reader.get().getBody(), [&](auto undone) { undo(state, undone, original->postings); });
}

}  // namespace braid::ledger
