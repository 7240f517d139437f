#include "adapters/kafka/log_tail.hpp"

#include <algorithm>
#include <chrono>

#include "events/entry.hpp"
#include "events/submission.hpp"

namespace braid::kafka {
namespace {

constexpr std::size_t bytes_at_a_time = 1 << 20;
constexpr Sequence most_entries = Submission::max_events + 1;

/// Takes entries in order, the last submission's `received` among them.
struct Tail {
  LogTail found;
  std::uint32_t events = 0;
  std::uint32_t answered = 0;

  void take(const EntryReader& reader) {
    const auto head = reader.head();
    found.register_size = std::max<Sequence>(found.register_size, head.register_size);
    found.rule_book = std::max(found.rule_book, head.rule_book);
    const auto entry = reader.get();
    if (entry.isReceived()) {
      found.last = {head.queue_offset, schema::read(entry.getReceived().getRoot())};
      events = entry.getReceived().getCount();
      answered = 0;
    }
    if (entry.isAccepted()) answered += 1;
    if (entry.isRefused()) answered += entry.getRefused().getCount();
    if (entry.isRepeated()) answered += entry.getRepeated().getCount();
    const bool whole = answered >= events;
    found.next = {head.queue_generation, head.queue_offset + (whole ? 1 : 0), whole ? 0 : answered};
  }
};

}  // namespace

LogTail tail_of(const EntrySource& history) {
  Tail tail;
  tail.found.size = history.size();
  auto from = tail.found.size - std::min(tail.found.size, most_entries);
  EntryBatch batch;
  while (from < tail.found.size) {
    history.read(from, bytes_at_a_time, std::chrono::milliseconds{0}, batch);
    if (batch.entries.empty()) throw HistoryBroken("the copy of the log is shorter than it said");
    const auto count = std::min<Sequence>(batch.entries.size(), tail.found.size - from);
    for (std::size_t i = 0; i < count; ++i) tail.take(EntryReader(batch.entries[i]));
    from += count;
  }
  if (tail.found.size != 0 && !tail.found.last)
    throw HistoryBroken("the last " + std::to_string(most_entries) +
                        " entries of the log belong to no submission");
  return tail.found;
}

}  // namespace braid::kafka
