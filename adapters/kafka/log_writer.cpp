#include "adapters/kafka/log_writer.hpp"

#include <sys/random.h>

#include <algorithm>

#include "adapters/kafka/faults.hpp"
#include "adapters/kafka/log_message.hpp"
#include "events/check.hpp"
#include "events/merkle.hpp"

namespace braid::kafka {
namespace {

using std::chrono::milliseconds;

/// Between looks at what may have happened besides what is waited for.
constexpr milliseconds moment{20};
constexpr milliseconds at_once{0};
/// Of one append; the rest is left to the next.
constexpr std::size_t max_bytes_in_flight = 32 << 20;
constexpr std::size_t max_entries_in_flight = 50'000;

WriterId draw_writer_id() {
  WriterId drawn;
  check(::getentropy(drawn.bytes.data(), drawn.bytes.size()) == 0,
        "the system gives 16 random bytes at any time");
  return drawn;
}

}  // namespace

LogWriter::LogWriter(const Connection& connection, const Topics& topics, std::uint32_t partition,
                     Follower& follower, const EventLog::Options& options)
    : partition_(partition),
      place_(text_of(topics.log(partition))),
      follower_(follower),
      options_(options),
      own_(draw_writer_id()),
      producer_(std::make_unique<LogProducer>(connection, topics, partition, own_)) {}

/// A writer that fails ends, and what it has in flight is dropped at once, not tried any further.
template <class Work>
auto LogWriter::or_end(Work work) {
  try {
    return work();
  } catch (...) {
    producer_.reset();
    throw;
  }
}

void LogWriter::take_over() {
  or_end([&] { begin(); });
}

void LogWriter::begin() {
  const auto question = follower_.ask_for_end(partition_);
  await([&](const Followed& now) { return now.caught_up >= question; });
  const auto before = follower_.state(partition_).reader.current();
  const auto found = raise_barrier(before);
  if (options_.before_opening)
    options_.before_opening({partition_, before, found, found.barrier_timestamp_ms});
  open(found);
}

/// Alone in flight, so that nothing else of ours can be read if the barrier is not.
Followed LogWriter::raise_barrier(const WriterId& before) {
  auto found = follower_.state(partition_);
  send(barrier_kind, cloud_event_type::barrier, own_.text() + "/" + std::string(barrier_kind),
       value_of(Barrier{own_, before}));
  const auto offset = await_delivery();
  await([&](const Followed& now) {
    if (now.read_to <= offset) return false;
    found = now;
    return true;
  });
  if (found.reader.current() != own_)
    throw Fenced("another writer took " + place_ + " over while this one was about to");
  current_ = true;
  return found;
}

void LogWriter::open(const Followed& found) {
  const auto& chain = found.reader.chain();
  send(opening_kind, cloud_event_type::opening, own_.text() + "/" + std::string(opening_kind),
       value_of(Opening{own_, chain.size(), chain.last_leaf()}));
  const auto offset = await_delivery();
  bool opened = false;
  await([&](const Followed& now) {
    opened = now.reader.opened();
    return now.read_to > offset;
  });
  if (!opened) end_as_void("the opening");
}

Sequence LogWriter::append(Sequence expected, std::span<const Bytes> entries) {
  if (!producer_)
    throw Fenced("this writer of " + place_ + " has ended: take the partition over again");
  for (const auto entry : entries)
    check(!entry.empty() && entry.size() <= max_entry_bytes,
          "an entry is built within its limits");
  return or_end([&] {
    const auto size = check_current();
    if (size != expected)
      throw Fenced(place_ + " has " + std::to_string(size) + " entries, not " +
                   std::to_string(expected) + ": another writer has been at work");
    return entries.empty() ? expected : append_some(expected, entries);
  });
}

Sequence LogWriter::append_some(Sequence expected, std::span<const Bytes> entries) {
  auto end = expected;
  std::size_t bytes = 0;
  for (const auto entry : entries.first(std::min(entries.size(), max_entries_in_flight))) {
    bytes += entry.size();
    if (end != expected && bytes > max_bytes_in_flight) break;
    const auto type = cloud_event_type::of(EntryReader(entry).get().which());
    send(entry_kind, type, std::to_string(end++), entry);
  }
  const auto offset = await_delivery();
  Digest last_leaf;
  Sequence size = 0;
  Offset last_offset = -1;
  await([&](const Followed& now) {
    size = now.reader.chain().size();
    last_leaf = now.reader.chain().last_leaf();
    last_offset = now.last_offset;
    return size >= end || now.read_to > offset;
  });
  // The chain makes the last one stand for all before it.
  const auto& last = entries[end - expected - 1];
  if (size != end || last_leaf != leaf_hash(last)) end_as_void("an entry");
  if (last_offset != offset)
    throw OutcomeUnknown(place_ + ": entry " + std::to_string(end - 1) + " was read at offset " +
                         std::to_string(last_offset) + ", and the brokers reported " +
                         std::to_string(offset) + ": reads back what the log holds");
  return end;
}

/// A full queue waits for the brokers; nothing is skipped.
void LogWriter::send(std::string_view kind, std::string_view event_type, const std::string& id,
                     Bytes value) {
  while (!producer_->send(kind, event_type, id, value)) {
    check_stopping();
    check_current();
    producer_->serve(moment);
  }
}

/// Delivery reports alone are never waited for: a writer that is cut off, or was replaced, ends.
Offset LogWriter::await_delivery() {
  while (producer_->in_flight() > 0) {
    check_stopping();
    check_current();
    producer_->serve(moment);
  }
  if (producer_->last_offset() < 0)
    throw OutcomeUnknown("the brokers did not say where they put a message in " + place_ +
                         ": reads back what the log holds");
  return producer_->last_offset();
}

/// Until the follower has read so far. What is asked first is whether another has taken over.
void LogWriter::await(const Done& done) {
  bool replaced = false;
  const auto asked = [&](const Followed& now) {
    replaced = current_ && now.reader.current() != own_;
    return replaced || done(now);
  };
  while (!follower_.wait(partition_, asked, moment)) {
    check_stopping();
    producer_->serve(at_once);
  }
  if (replaced) check_current();
}

Sequence LogWriter::check_current() {
  WriterId current;
  Sequence size = 0;
  follower_.wait(
      partition_,
      [&](const Followed& now) {
        current = now.reader.current();
        size = now.reader.chain().size();
        return true;
      },
      at_once);
  if (!current_ || current == own_) return size;
  throw Fenced("writer " + current.text() + " has taken " + place_ +
               " over: what this one had in flight is void, and it gives no further receipt");
}

void LogWriter::check_stopping() const {
  if (options_.stopping && options_.stopping())
    throw OutcomeUnknown("told to stop while the brokers had not confirmed a write to " + place_ +
                         ": what the log holds of it is read back by who writes next");
}

void LogWriter::end_as_void(const std::string& what) const {
  throw OutcomeUnknown(what + " that this writer sent to " + place_ +
                       " is void for every reader: takes over again, and goes on from what the "
                       "log holds");
}

}  // namespace braid::kafka
