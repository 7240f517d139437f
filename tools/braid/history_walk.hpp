#pragma once
#include "events/entry_chain.hpp"
#include "events/read_entries.hpp"

namespace braid::cli {

/// A partition's first entries one after another, followed as a chain: what comes out is one
/// history, with a root. Thread: one.
class HistoryWalk {
 public:
  /// Borrows `source`, which holds at least `size` entries.
  HistoryWalk(const EntrySource& source, Sequence size) : source_(source), size_(size) {}

  /// The next entry; null behind the last. Good until the next call. Throws HistoryBroken, with the
  /// sequence, where an entry cannot be read, does not continue the chain or is missing.
  const ReadEntry* next();
  /// The bytes of the entry that `next` gave.
  [[nodiscard]] Bytes bytes() const { return entries_.bytes()[at_ - 1]; }
  /// Over all that `next` gave.
  [[nodiscard]] const EntryChain& chain() const { return chain_; }
  [[nodiscard]] Sequence size() const { return size_; }

 private:
  const EntrySource& source_;
  Sequence size_;
  ReadEntries entries_;
  std::size_t at_ = 0;
  EntryChain chain_;
};

}  // namespace braid::cli
