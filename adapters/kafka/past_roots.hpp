#pragma once
#include <functional>
#include <vector>

#include "events/entry_source.hpp"
#include "events/merkle.hpp"

namespace braid::kafka {

/// What is kept of a growing history so that its root at any earlier size costs reading at most
/// `block - 1` entries, not all: the root of each block of `block` entries, which is a whole
/// subtree of the RFC 6962 tree. 32 bytes a block: 4.9 kB for ten million entries.
///
/// A value, stored as its `bytes`. What was stored is believed only where `root_at` of a size whose
/// root the history's follower knows says the same; else begin again with an empty one.
class PastRoots {
 public:
  static constexpr Sequence block = 65'536;

  /// Reads the whole blocks that the history has grown by. Costs reading and hashing each entry
  /// once in its life, so let whoever follows a history call it now and then: then a takeover finds
  /// next to nothing to do. Stops early, at a block's end, where `stopping` says so.
  void catch_up(const EntrySource& history, const std::function<bool()>& stopping = {});
  /// The root over the first `size` entries of the history, which has as many.
  [[nodiscard]] Digest root_at(Sequence size, const EntrySource& history) const;

  /// Entries in the blocks.
  [[nodiscard]] Sequence size() const { return blocks_.size() * block; }

  /// As stored: the blocks' roots. `parse` refuses anything else.
  [[nodiscard]] OwnedBytes bytes() const;
  static Parsed<PastRoots> parse(Bytes bytes);

  bool operator==(const PastRoots&) const = default;

 private:
  std::vector<Digest> blocks_;
};

}  // namespace braid::kafka
