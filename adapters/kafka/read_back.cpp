#include "adapters/kafka/read_back.hpp"

#include "events/check.hpp"

namespace braid::kafka {
namespace {

std::string entry_text(Sequence sequence) { return "entry " + std::to_string(sequence); }

}  // namespace

struct ReadBack::Read {
  ReadBack& own;
  Offset offset;
  Verdict verdict;

  void operator()(const Barrier& barrier) const {
    if (verdict != Verdict::became_current) return;
    own.end_with(WriterEnd::Why::foreign_barrier,
                 "writer " + barrier.writer.text() + " has taken over the partition at offset " +
                     std::to_string(offset));
  }
  void operator()(const EntryMessage& entry) const {
    if (entry.writer == own.own_) own.read_own(offset, entry, verdict);
  }
  void operator()(const Opening& /*opening*/) const {}        // void: fences no one
  void operator()(const UnreadableEntry& /*entry*/) const {}  // void, or the reader has stopped
  void operator()(const Foreign& /*message*/) const {}
  void operator()(const UnknownKind& /*message*/) const {}  // the reader has stopped
};

ReadBack::ReadBack(WriterId own, Sequence next) : own_(own), safe_(next) {}

void ReadBack::sent(Sequence sequence, const Digest& leaf) {
  if (end_) return;
  check(sequence == safe_ + flight_.size(), "a writer sends its entries in sequence");
  check(flight_.size() < max_in_flight, "a writer waits until there is room");
  flight_.push_back({.leaf = leaf});
}

void ReadBack::delivered(Sequence sequence, Offset offset) {
  if (end_) return;
  check(sequence >= safe_ && sequence - safe_ < flight_.size(), "what is reported was sent");
  InFlight& entry = flight_[sequence - safe_];
  check(!entry.reported, "an entry has one delivery report");
  entry.reported = offset;
  settle();
  require_not_passed();
}

void ReadBack::not_delivered(std::string_view why) {
  end_with(WriterEnd::Why::not_delivered, "an entry was not delivered: " + std::string(why));
}

void ReadBack::read(Offset offset, const LogMessage& message, Verdict verdict) {
  if (end_) return;
  passed_ = offset;
  std::visit(Read{*this, offset, verdict}, message);
  require_not_passed();
}

void ReadBack::read_own(Offset offset, const EntryMessage& entry, Verdict verdict) {
  if (verdict == Verdict::repeated) return;
  if (verdict != Verdict::valid) {
    return end_with(WriterEnd::Why::own_entry_void,
                    entry_text(entry.sequence) + " at offset " + std::to_string(offset) +
                        " is void: an entry before it is missing");
  }
  if (read_ == flight_.size() || entry.sequence != safe_ + read_ ||
      entry.leaf != flight_[read_].leaf) {
    return end_with(WriterEnd::Why::other_entry,
                    entry_text(entry.sequence) + " at offset " + std::to_string(offset) +
                        " bears this writer's id, which did not write it");
  }
  flight_[read_++].read = offset;
  settle();
}

void ReadBack::settle() {
  while (!end_ && read_ != 0 && flight_.front().reported) {
    const InFlight& first = flight_.front();
    if (*first.reported != *first.read) {
      return end_with(WriterEnd::Why::offset_differs,
                      entry_text(safe_) + " was delivered at offset " +
                          std::to_string(*first.reported) + " and read back at " +
                          std::to_string(*first.read));
    }
    flight_.pop_front();
    --read_;
    ++safe_;
  }
}

/// The first entry that was not read back yet is not behind the reader.
void ReadBack::require_not_passed() {
  if (end_ || read_ == flight_.size()) return;
  const auto& awaited = flight_[read_].reported;
  if (!awaited || !passed_ || *awaited > *passed_) return;
  end_with(WriterEnd::Why::offset_differs, entry_text(safe_ + read_) +
                                               " was delivered at offset " +
                                               std::to_string(*awaited) + ", where it is not");
}

void ReadBack::end_with(WriterEnd::Why why, std::string sentence) {
  if (end_) return;
  end_ = WriterEnd{why, std::move(sentence)};
  flight_.clear();
  read_ = 0;
}

}  // namespace braid::kafka
