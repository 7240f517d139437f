#include "ledger/pending_history.hpp"

namespace braid::ledger {

void PendingHistory::add(Sequence sequence, Bytes entry) {
  if (pending_.empty()) first_ = sequence;
  check(sequence == first_ + pending_.size(), "entries are judged in sequence");
  pending_.push_back(entry);
}

OwnedBytes PendingHistory::entry_at(Sequence sequence) const {
  if (!pending_.empty() && sequence >= first_) {
    check(sequence - first_ < pending_.size(), "the state names only entries that were judged");
    const auto entry = pending_[sequence - first_];
    return {entry.begin(), entry.end()};
  }
  source_.read(sequence, 1, std::chrono::milliseconds{0}, batch_);
  if (batch_.entries.empty())
    throw HistoryBroken(
        "the state names entry " + std::to_string(sequence) +
        ", which the log does not hold: the log was cut, or the state belongs to another one. "
        "Remove the state folder to rebuild it, and verify the log.");
  return {batch_.entries[0].begin(), batch_.entries[0].end()};
}

}  // namespace braid::ledger
