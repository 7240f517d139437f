#pragma once
#include <functional>
#include <optional>

#include "events/entry_chain.hpp"
#include "events/read_entries.hpp"

namespace braid::cli {

/// How two copies of one partition's history stand to one another.
struct TwoCopies {
  EntryChain ours, theirs;         ///< all of each
  std::optional<Sequence> forked;  ///< the first entry that is not the same in both
  EntryChain common;               ///< what both begin with

  /// One is the beginning of the other.
  [[nodiscard]] bool consistent() const { return !forked; }
};

/// Reads both to their ends, side by side. `ours` and `theirs` see each entry of their copy, in
/// order. Throws HistoryBroken, saying in which copy, where one is no history.
class CopyReader {
 public:
  using See = std::function<void(const ReadEntry& entry, Bytes bytes)>;

  CopyReader(See ours, See theirs) : see_ours_(std::move(ours)), see_theirs_(std::move(theirs)) {}
  TwoCopies read(const EntrySource& ours, const EntrySource& theirs,
                 const std::function<void(Sequence done, Sequence size)>& progress);

 private:
  See see_ours_, see_theirs_;
};

}  // namespace braid::cli
