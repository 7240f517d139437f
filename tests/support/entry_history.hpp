#pragma once
#include <vector>

#include "events/entry.hpp"
#include "events/merkle.hpp"

namespace braid::test {

/// A history of `size` small entries that follow one another: for what cares for the chain and the
/// tree, not for what is said. `salt` makes another history.
class EntryHistory {
 public:
  explicit EntryHistory(Sequence size, std::uint64_t salt = 0) {
    Digest previous;
    for (Sequence sequence = 0; sequence < size; ++sequence) {
      const EntryHead head{.sequence = sequence, .previous = previous, .queue_offset = salt};
      entries_.push_back(encoder_.encode(head, RepeatedBody{.count = 1}));
      leaves_.push_back(leaf_hash(entries_.back()));
      previous = leaves_.back();
    }
  }

  [[nodiscard]] std::span<const Bytes> entries() const { return entries_; }
  [[nodiscard]] std::span<const Digest> leaves() const { return leaves_; }
  [[nodiscard]] std::span<const Bytes> from(Sequence from, Sequence to) const {
    return entries().subspan(from, to - from);
  }
  [[nodiscard]] Digest root(Sequence size) const { return root_of(leaves().first(size)); }

 private:
  EntryEncoder encoder_;
  std::vector<Bytes> entries_;
  std::vector<Digest> leaves_;
};

}  // namespace braid::test
