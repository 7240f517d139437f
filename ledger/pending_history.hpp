#pragma once
#include <vector>

#include "ledger/state.hpp"

namespace braid::ledger {

/// A partition's history with what is judged and not yet appended on top: an event may reverse one
/// of its own submission. Borrows the source, and the pending entries' bytes until `clear`. Thread:
/// the sequencer's.
class PendingHistory : public History {
 public:
  explicit PendingHistory(const EntrySource& source) : source_(source) {}

  [[nodiscard]] OwnedBytes entry_at(Sequence sequence) const override;

  [[nodiscard]] const EntrySource& source() const { return source_; }

  /// The next entry, which will stand at `sequence` once appended.
  void add(Sequence sequence, Bytes entry);
  [[nodiscard]] std::span<const Bytes> pending() const { return pending_; }
  void clear() { pending_.clear(); }

 private:
  const EntrySource& source_;
  Sequence first_ = 0;
  std::vector<Bytes> pending_;
  mutable EntryBatch batch_;
};

}  // namespace braid::ledger
