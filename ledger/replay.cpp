#include "ledger/replay.hpp"

#include "events/merkle.hpp"

namespace braid::ledger {

namespace {

constexpr std::size_t batch_bytes = 4 << 20;

void apply_accepted(State& state, const EntryHead& head, schema::Entry::Reader entry, bool of_register) {
  const auto accepted = entry.getAccepted();
  const Bytes bytes{reinterpret_cast<const std::byte*>(accepted.getEvent().begin()),
                    accepted.getEvent().size()};
  const EventReader event(bytes);
  const auto postings = postings_of(accepted);
  apply(state, Record{.sequence = head.sequence,
                      .of_register = of_register,
                      .recorded_at_us = head.recorded_at_us,
                      .event = event.get(),
                      .hash = {},
                      .postings = postings});
}

/// How many events of its submission an entry answers.
std::uint32_t events_answered(schema::Entry::Reader entry) {
  switch (entry.which()) {
    case schema::Entry::RECEIVED: return 0;
    case schema::Entry::ACCEPTED: return 1;
    case schema::Entry::REFUSED: return entry.getRefused().getCount();
    case schema::Entry::REPEATED: return entry.getRepeated().getCount();
  }
  throw HistoryBroken("an entry of a type that this version does not know");
}

void move_queue(State& state, const EntryHead& head, schema::Entry::Reader entry) {
  if (entry.isReceived()) state.open_count = entry.getReceived().getCount();
  const auto answered = events_answered(entry);
  auto index = head.queue_offset == state.next.offset ? state.next.index + answered : answered;
  if (state.open_count != 0 && index >= state.open_count)
    state.next = {head.queue_generation, head.queue_offset + 1, 0};
  else
    state.next = {head.queue_generation, head.queue_offset, index};
}

}  // namespace

void take_entry(State& state, const EntryReader& entry, const Digest& leaf, bool of_register) {
  const auto head = entry.head();
  const auto reader = entry.get();
  state.own_chain.follow(head, leaf);
  if (of_register) state.register_chain = state.own_chain;
  state.last_recorded_at_us = head.recorded_at_us;
  move_queue(state, head, reader);
  if (reader.isAccepted()) apply_accepted(state, head, reader, of_register);
}

void follow_register(State& state, const EntrySource& registry, Sequence size) {
  EntryBatch batch;
  while (state.register_chain.size() < size) {
    registry.read(state.register_chain.size(), batch_bytes, std::chrono::milliseconds{0}, batch);
    if (batch.entries.empty())
      throw HistoryBroken("the register holds " + std::to_string(state.register_chain.size()) +
                          " entries, and " + std::to_string(size) +
                          " were seen when this history was written: the register was cut");
    for (const auto bytes : batch.entries) {
      if (state.register_chain.size() == size) return;
      const EntryReader entry(bytes);
      const auto head = entry.head();
      state.register_chain.follow(head, leaf_hash(bytes));
      if (entry.get().isAccepted()) apply_accepted(state, head, entry.get(), true);
    }
  }
}

void replay(State& state, const EntrySource& own, bool of_register) {
  EntryBatch batch;
  for (;;) {
    own.read(state.own_chain.size(), batch_bytes, std::chrono::milliseconds{0}, batch);
    if (batch.entries.empty()) break;
    for (const auto bytes : batch.entries)
      take_entry(state, EntryReader(bytes), leaf_hash(bytes), of_register);
    if (state.dirty_rows() > State::max_dirty_rows) state.flush();
  }
  if (own.size() != state.own_chain.size())
    throw HistoryBroken("the state has seen " + std::to_string(state.own_chain.size()) +
                        " entries and the log holds " + std::to_string(own.size()) + ": the log was cut");
}

}  // namespace braid::ledger
