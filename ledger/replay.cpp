#include "ledger/replay.hpp"

#include <tuple>

namespace braid::ledger {

namespace {

/// Whose history an accepted entry is taken from.
enum class From { own_place, own_register, followed_register };

void apply_accepted(State& state, const ReadEntry& read, From from) {
  apply(state, Record{.sequence = read.head.sequence,
                      .of_register = from != From::own_place,
                      .followed = from == From::followed_register,
                      .recorded_at_us = read.head.recorded_at_us,
                      .event = read.event,
                      .hash = {},
                      .postings = read.postings});
}

/// Reads a batch that goes on from `from`; empty at the end.
void read_on(const EntrySource& source, Sequence from, ReadEntries& batch) {
  batch.read(source, from, ReadEntries::batch_bytes, std::chrono::milliseconds{0});
  if (batch.entries().empty() && !batch.empty()) throw HistoryBroken(batch.unreadable());
}

/// How many events of its submission an entry answers.
std::uint32_t events_answered(schema::Entry::Reader entry) {
  switch (entry.which()) {
    case schema::Entry::RECEIVED:
      return 0;
    case schema::Entry::ACCEPTED:
      return 1;
    case schema::Entry::REFUSED:
      return entry.getRefused().getCount();
    case schema::Entry::REPEATED:
      return entry.getRepeated().getCount();
  }
  throw HistoryBroken("an entry of a type that this version does not know");
}

void move_queue(State& state, const EntryHead& head, schema::Entry::Reader entry) {
  const QueuePosition here{head.queue_generation, head.queue_offset, 0};
  auto& next = state.next;
  const bool same = here.generation == next.generation && here.offset == next.offset;
  const bool ahead = std::tie(here.generation, here.offset) > std::tie(next.generation, next.offset);
  if (!same && (next.index != 0 || !ahead))
    throw HistoryBroken("entry " + std::to_string(head.sequence) + " answers submission " +
                        std::to_string(here.offset) + " of the queue, where submission " +
                        std::to_string(next.offset) + " is due");
  if (entry.isReceived()) state.open_count = entry.getReceived().getCount();
  const auto index = (same ? next.index : 0) + events_answered(entry);
  if (state.open_count != 0 && index >= state.open_count)
    next = {here.generation, here.offset + 1, 0};
  else
    next = {here.generation, here.offset, index};
}

}  // namespace

void take_entry(State& state, const ReadEntry& read, bool of_register) {
  state.own_chain.follow(read.head, read.leaf);
  if (of_register) state.register_chain = state.own_chain;
  state.last_recorded_at_us = read.head.recorded_at_us;
  move_queue(state, read.head, read.entry);
  if (read.is_accepted())
    apply_accepted(state, read, of_register ? From::own_register : From::own_place);
}

void follow_register(State& state, const EntrySource& registry, Sequence size) {
  ReadEntries batch;
  while (state.register_chain.size() < size) {
    read_on(registry, state.register_chain.size(), batch);
    if (batch.empty())
      throw HistoryBroken("the register holds " + std::to_string(state.register_chain.size()) +
                          " entries, and " + std::to_string(size) +
                          " were seen when this history was written: the register was cut");
    for (const auto& entry : batch.entries()) {
      if (state.register_chain.size() == size) return;
      state.register_chain.follow(entry.head, entry.leaf);
      if (entry.is_accepted()) apply_accepted(state, entry, From::followed_register);
    }
  }
}

void replay(State& state, const EntrySource& own, bool of_register,
            const std::function<bool()>& stopping) {
  ReadEntries batch;
  while (!stopping || !stopping()) {
    read_on(own, state.own_chain.size(), batch);
    if (batch.empty()) break;
    for (const auto& entry : batch.entries()) take_entry(state, entry, of_register);
    state.flush_if_large();
  }
  if (own.size() < state.own_chain.size())  // more may have come meanwhile
    throw HistoryBroken("the state has seen " + std::to_string(state.own_chain.size()) +
                        " entries and the log holds " + std::to_string(own.size()) +
                        ": the log was cut");
}

}  // namespace braid::ledger
