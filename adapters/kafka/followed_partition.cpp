#include "adapters/kafka/followed_partition.hpp"

#include <algorithm>

#include "adapters/kafka/cloud_events.hpp"
#include "events/check.hpp"
#include "events/merkle.hpp"

namespace braid::kafka {
namespace {

constexpr std::size_t compared_bytes_at_a_time = 1 << 20;

Bytes value_of(const rd_kafka_message_t* message) {
  return {static_cast<const std::byte*>(message->payload), message->len};
}

MessageParts parts_of(const HeadersHandle& headers, Bytes value) {
  MessageParts parts{.value = value};
  parts.writer = header_in(headers, writer_header);
  if (const auto kind = header_in(headers, kind_header)) parts.kind = as_text(*kind);
  return parts;
}

std::size_t room_for(std::size_t bytes) { return (bytes + 7) / 8 * 8; }

std::string number(std::uint64_t value) { return std::to_string(value); }

constexpr std::string_view what_to_do =
    ". Let nobody write, and compare with checkpoints and mirrors; what this process has read so "
    "far stays in its data folder";

}  // namespace

FollowedPartition::FollowedPartition(std::uint32_t partition, TopicPartition place,
                                     ledger::EventLog& copy, PositionStore& positions,
                                     std::function<void(std::string)> say)
    : partition_(partition),
      place_(std::move(place)),
      positions_(positions),
      say_(std::move(say)),
      writer_(copy.take_over(partition)),
      copy_(copy.reader(partition)),
      copy_size_(copy_->size()),
      coming_{.reader = HistoryReader(text_of(place_))},
      state_(coming_) {
  load_position();
  said_void_ = coming_.reader.counts().voided;
  state_ = coming_;
}

void FollowedPartition::load_position() {
  const auto stored = positions_.load(partition_);
  if (!stored) return;
  auto reader = HistoryReader::parse(text_of(place_), *stored);
  if (!reader) {
    say_(text_of(place_) + ": the stored position cannot be read (" + reader.error() +
         "); reads from the beginning, and compares with the copy");
    return;
  }
  coming_.reader = std::move(*reader);
  coming_.read_to = coming_.reader.next_offset();
  stored_to_ = coming_.read_to;
  if (const auto size = coming_.reader.chain().size(); size > copy_size_)
    stop(text_of(place_) + ": the copy in this process's data folder holds " +
         number(copy_size_) + " entries, and " + number(size) +
         " were read: the folder was damaged, or put back from an older state. Remove the folder, "
         "and all is read again");
}

Offset FollowedPartition::restart(std::uint64_t question) {
  question_ = std::max(question, question_);
  target_ = -1;
  verifying_ = coming_.reader.has_read();
  return coming_.reader.next_offset() - (verifying_ ? 1 : 0);
}

/// Takes away the message that was read last, by which the log is known to be the same.
void FollowedPartition::verify_first(Messages& messages) {
  if (!verifying_ || messages.empty()) return;
  verifying_ = false;
  auto* last = messages.front();
  const auto headers = take_headers(last);
  coming_.reader.require_last(last->offset, decode(parts_of(headers, value_of(last))));
  messages = messages.subspan(1);
}

/// Leaves the messages before the first hole in their offsets. Kafka's own marks have offsets too,
/// and are not handed out: a hole that is there again when it is read again is such a mark.
bool FollowedPartition::cut_at_hole(Messages& messages) {
  auto expected = coming_.read_to;
  for (std::size_t i = 0; i < messages.size(); ++i) {
    const auto offset = messages[i]->offset;
    if (offset < expected || (offset > expected && offset != known_hole_)) {
      known_hole_ = offset;
      messages = messages.first(i);
      return true;
    }
    expected = offset + 1;
  }
  return false;
}

FollowedPartition::Taken FollowedPartition::take(Messages messages) {
  check(valid_.empty(), "what waits for the copy is kept before more is taken");
  if (stopped()) return Taken::all;
  bool hole = false;
  try {
    verify_first(messages);
    hole = cut_at_hole(messages);
    lay_out(messages);
    for (std::size_t i = 0; i < messages.size(); ++i) judge(messages[i], i);
  } catch (const HistoryBroken& broken) {
    broken_ = broken.what();
  }
  const auto kept = keep();
  return kept == Taken::all && hole && !stopped() ? Taken::left_a_hole : kept;
}

/// The values side by side, each at a multiple of eight as entries are read, and hashed several at
/// a time.
void FollowedPartition::lay_out(Messages messages) {
  std::size_t room = 0;
  for (const auto* message : messages) room += room_for(message->len);
  if (storage_.size() < room) storage_.resize(room);
  values_.clear();
  auto* to = storage_.data();
  for (const auto* message : messages) {
    const auto value = value_of(message);
    std::copy(value.begin(), value.end(), to);
    values_.emplace_back(to, value.size());
    to += room_for(value.size());
  }
  leaves_.resize(values_.size());
  leaf_hashes(values_, leaves_);
}

void FollowedPartition::judge(rd_kafka_message_t* message, std::size_t index) {
  const auto headers = take_headers(message);
  const auto decoded = decode(parts_of(headers, values_[index]), leaves_[index]);
  const auto verdict = coming_.reader.take(message->offset, decoded);
  coming_.read_to = coming_.reader.next_offset();
  switch (verdict) {
    case Verdict::valid:
      return take_valid(message, index);
    case Verdict::became_current:
      coming_.barrier_timestamp_ms = rd_kafka_message_timestamp(message, nullptr);
      return;
    case Verdict::torn:
      return say_(text_of(place_) + ", offset " + std::to_string(message->offset) + ": writer " +
                  coming_.reader.current().text() +
                  " left a gap; what it wrote from there on is void until a writer takes over");
    case Verdict::opened:
    case Verdict::repeated:
    case Verdict::voided:
      return;
  }
}

void FollowedPartition::take_valid(const rd_kafka_message_t* message, std::size_t index) {
  const auto sequence = coming_.reader.chain().size() - 1;
  if (sequence < copy_size_)
    compare_with_copy(sequence, values_[index]);
  else
    valid_.push_back(values_[index]);
  coming_.last_writer = coming_.reader.current();
  coming_.last_offset = message->offset;
}

void FollowedPartition::compare_with_copy(Sequence sequence, Bytes entry) {
  if (sequence < compared_.first || sequence >= compared_.first + compared_.entries.size())
    copy_->read(sequence, compared_bytes_at_a_time, std::chrono::milliseconds(0), compared_);
  check(!compared_.entries.empty(), "a copy has as many entries as it says");
  const auto ours = compared_.entries[sequence - compared_.first];
  if (!std::ranges::equal(ours, entry))
    throw HistoryBroken(text_of(place_) + ", entry " + number(sequence) +
                        ": the history differs: the log holds another entry than the copy that "
                        "was read from it" +
                        std::string(what_to_do));
}

FollowedPartition::Taken FollowedPartition::keep() {
  std::span<const Bytes> left(valid_);
  try {
    while (!left.empty()) {
      const auto size = writer_->append(copy_size_, left);
      left = left.subspan(size - copy_size_);
      copy_size_ = size;
    }
  } catch (const StorageFull& full) {
    return wait_for_disk(left.size(), full.what());
  } catch (const IoFault& fault) {
    return wait_for_disk(left.size(), fault.what());
  } catch (const Fault& fault) {
    valid_.clear();
    stop(text_of(place_) + ": the copy takes no more: " + fault.what());
    return Taken::all;
  }
  if (!said_of_disk_.empty()) say_(text_of(place_) + ": the copy is written again");
  said_of_disk_.clear();
  valid_.clear();
  publish();
  if (!broken_.empty()) stop(broken_);
  return Taken::all;
}

FollowedPartition::Taken FollowedPartition::wait_for_disk(std::size_t left,
                                                          const std::string& why) {
  valid_.erase(valid_.begin(), valid_.end() - static_cast<std::ptrdiff_t>(left));
  if (said_of_disk_ != why)
    say_(text_of(place_) + ": the copy cannot be written: " + why + ". Waits, and goes on by itself");
  said_of_disk_ = why;
  return Taken::waits_for_disk;
}

void FollowedPartition::publish() {
  answer_question();
  if (!stopped()) state_ = coming_;
}

void FollowedPartition::reach_end(Offset end) {
  coming_.read_to = std::max(coming_.read_to, end);
  hear_end(end);
  publish();
}

void FollowedPartition::hear_end(Offset end) {
  if (end < 0) return;
  coming_.high_watermark = std::max(coming_.high_watermark, end);
  if (target_ < 0) target_ = end;
}

void FollowedPartition::answer_question() {
  if (target_ < 0 || coming_.read_to < target_ || verifying_) return;
  coming_.caught_up = question_;
  if (!must_cover_copy_) return;
  must_cover_copy_ = false;
  if (const auto size = coming_.reader.chain().size(); size < copy_size_)
    stop(text_of(place_) + ": the log is shorter than what was read: it ends after " +
         number(size) + " entries, and the copy that was read from it holds " +
         number(copy_size_) + std::string(what_to_do));
}

bool FollowedPartition::lacks_offset(Offset first, Offset end) {
  try {
    coming_.reader.require_offsets(first, end);
  } catch (const HistoryBroken& broken) {
    stop(broken.what());
    return true;
  }
  if (!coming_.reader.has_read() || first < coming_.reader.next_offset()) return false;
  stop(text_of(place_) + ": the log now begins at " + std::to_string(first) +
       ": the message that was read last, at " +
       std::to_string(coming_.reader.next_offset() - 1) +
       ", is gone, and what follows cannot be known to be its continuation" +
       std::string(what_to_do));
  return true;
}

void FollowedPartition::stop(const std::string& why) {
  if (stopped()) return;
  coming_.stopped = state_.stopped = why;
  say_(why);
}

void FollowedPartition::say_voids() {
  const auto& counts = coming_.reader.counts();
  if (counts.voided == said_void_) return;
  say_(text_of(place_) + ": " + number(counts.voided - said_void_) +
       " messages more are void, of writers that were replaced or of hands that are no writer's; " +
       number(counts.voided) + " in all. They change nothing");
  said_void_ = counts.voided;
}

void FollowedPartition::store_position() {
  // Not what is ahead of the copy.
  if (!valid_.empty() || stopped() || coming_.reader.next_offset() == stored_to_) return;
  positions_.store(partition_, coming_.reader.bytes());
  stored_to_ = coming_.reader.next_offset();
}

}  // namespace braid::kafka
