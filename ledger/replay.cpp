#include "ledger/replay.hpp"

#include <optional>
#include <tuple>
#include <vector>

#include "events/merkle.hpp"

namespace braid::ledger {

namespace {

constexpr std::size_t batch_bytes = 4 << 20;

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

/// Reads an entry through and hands it on while its event is open.
template <class Take>
void with_read(const EntryReader& entry, Take&& take) {
  const auto reader = entry.get();
  std::vector<Posting> postings;
  std::optional<EventReader> event;
  if (reader.isAccepted()) {
    postings = postings_of(reader.getAccepted());
    event.emplace(*entry.event_bytes());
  }
  take(ReadEntry{entry.head(), reader, event ? event->get() : schema::Event::Reader(), postings});
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

void take_entry(State& state, const ReadEntry& read, const Digest& leaf, bool of_register) {
  state.own_chain.follow(read.head, leaf);
  if (of_register) state.register_chain = state.own_chain;
  state.last_recorded_at_us = read.head.recorded_at_us;
  move_queue(state, read.head, read.entry);
  if (read.entry.isAccepted())
    apply_accepted(state, read, of_register ? From::own_register : From::own_place);
}

void take_entry(State& state, const EntryReader& entry, const Digest& leaf, bool of_register) {
  with_read(entry, [&](const ReadEntry& read) { take_entry(state, read, leaf, of_register); });
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
      with_read(EntryReader(bytes), [&](const ReadEntry& read) {
        state.register_chain.follow(read.head, leaf_hash(bytes));
        if (read.entry.isAccepted()) apply_accepted(state, read, From::followed_register);
      });
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
                        " entries and the log holds " + std::to_string(own.size()) +
                        ": the log was cut");
}

}  // namespace braid::ledger
