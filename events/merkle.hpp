#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "events/digest.hpp"

namespace braid {

/// A Merkle tree as in RFC 6962 section 2.1: leaves and nodes are hashed under different prefixes,
/// so that a node cannot be passed off as a leaf.

/// SHA-256(0x00 || entry).
Digest leaf_hash(Bytes entry) noexcept;
/// `leaf_hash` of each entry into `leaves`, which is as long. Several at a time where the processor
/// can, so ask for many at once. Pure, so parts may be hashed on several threads.
void leaf_hashes(std::span<const Bytes> entries, std::span<Digest> leaves) noexcept;
/// SHA-256(0x01 || left || right).
Digest node_hash(const Digest& left, const Digest& right) noexcept;

/// The right-hand frontier of a growing tree: all that appending and the root need, in at most 2
/// KiB and no allocation. A value; a copy goes on by itself.
class MerkleTree {
 public:
  MerkleTree() = default;
  /// From what `size()` and `peaks()` said. Refuses a number of peaks other than the set bits of
  /// `size`. That they are the peaks of the history meant, only the root can tell.
  static Parsed<MerkleTree> from(std::uint64_t size, std::span<const Digest> peaks);

  /// Appends a leaf (`leaf_hash` of an entry). One node hash on average.
  void add(const Digest& leaf) noexcept;
  /// Appends leaves in order, hashing several nodes at a time.
  void add(std::span<const Digest> leaves) noexcept;

  /// Leaves so far.
  std::uint64_t size() const noexcept { return size_; }
  /// The root over all leaves so far; of none, SHA-256 of nothing.
  Digest root() const noexcept;
  /// The roots of the full subtrees, from left (largest) to right; one for each bit of `size()`
  /// that is set.
  std::vector<Digest> peaks() const;

  bool operator==(const MerkleTree& other) const noexcept;

 private:
  void add_some(std::span<const Digest> leaves) noexcept;

  std::uint64_t size_ = 0;
  std::array<Digest, 64> peak_{};  // by height; those whose bit in size_ is not set are zero
};

/// The root of the tree over `leaves` (hashes, not entries).
Digest root_of(std::span<const Digest> leaves) noexcept;

/// The siblings on the way from a leaf to the root, nearest first.
using MerkleProof = std::vector<Digest>;

/// Proves that `leaves[index]` is under `root_of(leaves)` (RFC 6962 section 2.1.1). `index` is less
/// than the number of leaves.
MerkleProof inclusion_proof(std::span<const Digest> leaves, std::uint64_t index);
/// Whether `proof` shows `leaf` at `index` in the tree of `size` leaves under `root` (RFC 9162
/// section 2.1.3.2). Total: any arguments have an answer.
bool verify_inclusion(const Digest& leaf, std::uint64_t index, std::uint64_t size,
                      std::span<const Digest> proof, const Digest& root) noexcept;

/// Proves that the tree over `leaves` begins with the tree over the first `size` of them (RFC 6962
/// section 2.1.2). Empty for size 0 and for all of them.
MerkleProof consistency_proof(std::span<const Digest> leaves, std::uint64_t size);
/// Whether `proof` shows that the tree of `new_size` leaves begins with that of `old_size` (RFC
/// 9162 section 2.1.4.2). The empty tree begins every tree. Total.
bool verify_consistency(std::uint64_t old_size, const Digest& old_root, std::uint64_t new_size,
                        const Digest& new_root, std::span<const Digest> proof) noexcept;

}  // namespace braid
