#pragma once
#include "events/entry.hpp"
#include "events/merkle.hpp"

namespace braid {

/// Follows a partition's entries and stops at the first that does not continue the chain: sequence
/// and previous leaf hash. Keeps the RFC 6962 tree over them. A value, small enough to be stored
/// with whatever a reader stores.
class EntryChain {
 public:
  EntryChain() = default;
  EntryChain(MerkleTree tree, Digest last_leaf);

  /// Takes the next entry and its leaf hash. Throws HistoryBroken, naming sequence, what was
  /// expected and what was found.
  void follow(const EntryHead& head, const Digest& leaf);

  [[nodiscard]] Sequence size() const { return tree_.size() + waiting_.size(); }
  [[nodiscard]] const Digest& last_leaf() const { return last_leaf_; }
  [[nodiscard]] Digest root() const { return tree().root(); }

  /// As stored beside rows: size, last leaf, peaks. `parse` refuses anything else.
  [[nodiscard]] OwnedBytes bytes() const;
  static tl::expected<EntryChain, std::string> parse(Bytes bytes);

 private:
  /// Leaves wait to be hashed many at a time, which takes half as long.
  static constexpr std::size_t most_waiting = 512;

  [[nodiscard]] MerkleTree tree() const;

  MerkleTree tree_;
  std::vector<Digest> waiting_;  // leaves that follow those in the tree
  Digest last_leaf_{};
};

}  // namespace braid
