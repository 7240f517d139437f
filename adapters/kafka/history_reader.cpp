#include "adapters/kafka/history_reader.hpp"

#include "events/check.hpp"
#include "events/faults.hpp"

namespace braid::kafka {
namespace {

std::string number(std::uint64_t value) { return std::to_string(value); }

std::string entries_ending_in(Sequence size, const Digest& head) {
  if (size == 0) return "no entries";
  return number(size) + (size == 1 ? " entry" : " entries") + " ending in leaf " + head.hex();
}

}  // namespace

/// The rows of the table. What is void is so for every reader, whatever comes of it.
struct HistoryReader::Take {
  HistoryReader& reader;
  Offset offset;

  Verdict operator()(const Barrier& barrier) const {
    if (barrier.follows != reader.current_) return Verdict::voided;
    reader.current_ = barrier.writer;
    reader.opened_ = reader.torn_ = false;
    reader.recent_ = RecentLeaves(reader.chain_.size());
    ++reader.counts_.barriers;
    return Verdict::became_current;
  }

  Verdict operator()(const Opening& opening) const {
    if (opening.writer != reader.current_ || reader.opened_) return Verdict::voided;
    const EntryChain& ours = reader.chain_;
    if (opening.size != ours.size() || opening.head != ours.last_leaf()) {
      throw HistoryBroken(reader.place(offset) + ": the history differs: writer " +
                          opening.writer.text() + " found " +
                          entries_ending_in(opening.size, opening.head) + ", and this reader " +
                          entries_ending_in(ours.size(), ours.last_leaf()) +
                          ". Messages have been altered or lost: let nobody write, and compare "
                          "with checkpoints and mirrors");
    }
    reader.opened_ = true;
    return Verdict::opened;
  }

  Verdict operator()(const EntryMessage& entry) const {
    if (!reader.serves(entry.writer)) return Verdict::voided;
    EntryChain& chain = reader.chain_;
    if (entry.sequence == chain.size() && entry.previous == chain.last_leaf()) {
      chain.follow({.sequence = entry.sequence, .previous = entry.previous}, entry.leaf);
      reader.recent_.add(entry.leaf);
      return Verdict::valid;
    }
    if (reader.recent_.holds(entry.sequence, entry.leaf)) return Verdict::repeated;
    reader.torn_ = true;
    return Verdict::torn;
  }

  Verdict operator()(const UnreadableEntry& entry) const {
    if (!reader.serves(entry.writer)) return Verdict::voided;
    throw HistoryBroken(reader.place(offset) + ": writer " + entry.writer.text() +
                        " wrote what this version cannot read as an entry: " + entry.why +
                        ". Either a later version of braid wrote it, which is then the one to "
                        "run, or it was altered");
  }

  Verdict operator()(const Foreign& /*message*/) const {
    ++reader.counts_.foreign;
    return Verdict::voided;
  }

  Verdict operator()(const UnknownKind& message) const {
    throw HistoryBroken(reader.place(offset) + ": a message of kind \"" + message.kind +
                        "\", which this version does not know. Run the version of braid that "
                        "writes this ledger");
  }
};

HistoryReader::HistoryReader(std::string partition) : partition_(std::move(partition)) {}

Verdict HistoryReader::take(Offset offset, const LogMessage& message) {
  check(offset >= next_offset_, "Kafka hands out a partition's messages in the order of offsets");
  const Verdict verdict = std::visit(Take{*this, offset}, message);
  next_offset_ = offset + 1;
  last_ = message;
  counts_.repeated += verdict == Verdict::repeated;
  counts_.voided += verdict == Verdict::voided || verdict == Verdict::torn;
  counts_.torn += verdict == Verdict::torn;
  return verdict;
}

void HistoryReader::require_offsets(Offset first, Offset end) const {
  if (first <= next_offset_ && next_offset_ <= end) return;
  const std::string read = partition_ + ": read up to offset " + std::to_string(next_offset_);
  throw HistoryBroken(
      (end < next_offset_
           ? read + ", and it now ends at " + std::to_string(end) +
                 ": the log is shorter than what was read"
           : read + ", and it now begins at " + std::to_string(first) +
                 ": what comes between is gone") +
      ". It was cut or made anew: let nobody write, and compare with checkpoints and mirrors");
}

void HistoryReader::require_last(Offset offset, const LogMessage& message) const {
  check(has_read(), "there is a last message");
  if (offset == next_offset_ - 1 && mark_of(message) == last_mark()) return;
  throw HistoryBroken(place(next_offset_ - 1) + ": the history differs: " +
                      (offset == next_offset_ - 1
                           ? "another message is there than was read there before"
                           : "the message that was read there is gone") +
                      ". The log was cut and has grown again, or was altered: let nobody write, "
                      "and compare with checkpoints and mirrors");
}

/// Made when it is asked for, for that costs a hash.
Digest HistoryReader::last_mark() const { return last_ ? mark_of(*last_) : last_mark_; }

std::string HistoryReader::place(Offset offset) const {
  return partition_ + ", offset " + std::to_string(offset);
}

bool HistoryReader::serves(const WriterId& writer) const {
  return writer == current_ && opened_ && !torn_;
}

}  // namespace braid::kafka
