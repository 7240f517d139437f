#include "events/merkle.hpp"

#include <bit>
#include <cstring>

#include "events/check.hpp"

namespace braid {
namespace {

/// The largest power of two below `size`: how many leaves stand left of the top. `size` is at least
/// 2.
std::uint64_t split(std::uint64_t size) { return std::bit_floor(size - 1); }

}  // namespace

Digest leaf_hash(Bytes entry) noexcept {
  static constexpr std::byte prefix{0x00};
  return Sha256().update(Bytes(&prefix, 1)).update(entry).digest();
}

Digest node_hash(const Digest& left, const Digest& right) noexcept {
  std::array<std::byte, 65> node;
  node[0] = std::byte{0x01};
  std::memcpy(&node[1], left.bytes.data(), 32);
  std::memcpy(&node[33], right.bytes.data(), 32);
  return sha256(node);
}

Parsed<MerkleTree> MerkleTree::from(std::uint64_t size, std::span<const Digest> peaks) {
  if (static_cast<std::size_t>(std::popcount(size)) != peaks.size())
    return unreadable("a tree of " + std::to_string(size) + " leaves has " +
                      std::to_string(std::popcount(size)) + " peaks, not " +
                      std::to_string(peaks.size()));
  MerkleTree tree;
  tree.size_ = size;
  auto next = peaks.rbegin();
  for (auto bits = size; bits != 0; bits &= bits - 1)
    tree.peak_[static_cast<std::size_t>(std::countr_zero(bits))] = *next++;
  return tree;
}

void MerkleTree::add(const Digest& leaf) noexcept {
  Digest carry = leaf;
  std::size_t height = 0;
  for (; (size_ >> height) & 1; ++height) {
    carry = node_hash(peak_[height], carry);
    peak_[height] = Digest{};
  }
  peak_[height] = carry;
  ++size_;
  check(size_ != 0, "no history has 2^64 entries");
}

void MerkleTree::add(std::span<const Digest> leaves) noexcept {
  for (const auto& leaf : leaves) add(leaf);
}

Digest MerkleTree::root() const noexcept {
  if (size_ == 0) return sha256({});
  auto bits = size_;
  Digest root = peak_[static_cast<std::size_t>(std::countr_zero(bits))];
  while ((bits &= bits - 1) != 0)
    root = node_hash(peak_[static_cast<std::size_t>(std::countr_zero(bits))], root);
  return root;
}

std::vector<Digest> MerkleTree::peaks() const {
  std::vector<Digest> peaks;
  for (std::size_t height = peak_.size(); height-- > 0;)
    if ((size_ >> height) & 1) peaks.push_back(peak_[height]);
  return peaks;
}

bool MerkleTree::operator==(const MerkleTree& other) const noexcept {
  return size_ == other.size_ && peak_ == other.peak_;
}

Digest root_of(std::span<const Digest> leaves) noexcept {
  MerkleTree tree;
  tree.add(leaves);
  return tree.root();
}

MerkleProof inclusion_proof(std::span<const Digest> leaves, std::uint64_t index) {
  check(index < leaves.size(), "a proof is of a leaf that the tree has");
  MerkleProof proof;
  while (leaves.size() > 1) {
    const auto left = split(leaves.size());
    const bool in_left = index < left;
    proof.push_back(root_of(in_left ? leaves.subspan(left) : leaves.first(left)));
    leaves = in_left ? leaves.first(left) : leaves.subspan(left);
    if (!in_left) index -= left;
  }
  return {proof.rbegin(), proof.rend()};
}

bool verify_inclusion(const Digest& leaf, std::uint64_t index, std::uint64_t size,
                      std::span<const Digest> proof, const Digest& root) noexcept {
  if (index >= size) return false;
  auto last = size - 1;
  Digest hash = leaf;
  for (const auto& sibling : proof) {
    if (last == 0) return false;
    if ((index & 1) != 0 || index == last) {
      hash = node_hash(sibling, hash);
      while ((index & 1) == 0 && index != 0) index >>= 1, last >>= 1;
    } else {
      hash = node_hash(hash, sibling);
    }
    index >>= 1, last >>= 1;
  }
  return last == 0 && hash == root;
}

MerkleProof consistency_proof(std::span<const Digest> leaves, std::uint64_t size) {
  check(size <= leaves.size(), "an older tree is no larger");
  if (size == 0 || size == leaves.size()) return {};
  MerkleProof proof;
  bool known = true;  // the subtree reached is the older tree itself, whose root the verifier has
  while (size != leaves.size()) {
    const auto left = split(leaves.size());
    const bool in_left = size <= left;
    proof.push_back(root_of(in_left ? leaves.subspan(left) : leaves.first(left)));
    leaves = in_left ? leaves.first(left) : leaves.subspan(left);
    if (!in_left) size -= left, known = false;
  }
  if (!known) proof.push_back(root_of(leaves));
  return {proof.rbegin(), proof.rend()};
}

bool verify_consistency(std::uint64_t old_size, const Digest& old_root, std::uint64_t new_size,
                        const Digest& new_root, std::span<const Digest> proof) noexcept {
  if (old_size > new_size) return false;
  if (old_size == new_size) return proof.empty() && old_root == new_root;
  if (old_size == 0) return proof.empty() && old_root == root_of({});
  if (!std::has_single_bit(old_size) && proof.empty()) return false;
  auto index = old_size - 1;
  auto last = new_size - 1;
  while ((index & 1) != 0) index >>= 1, last >>= 1;
  Digest old_hash = old_root;  // a full subtree needs no first sibling: it is the older root
  if (!std::has_single_bit(old_size)) old_hash = proof.front(), proof = proof.subspan(1);
  Digest new_hash = old_hash;
  for (const auto& sibling : proof) {
    if (last == 0) return false;
    if ((index & 1) != 0 || index == last) {
      old_hash = node_hash(sibling, old_hash);
      new_hash = node_hash(sibling, new_hash);
      while ((index & 1) == 0 && index != 0) index >>= 1, last >>= 1;
    } else {
      new_hash = node_hash(new_hash, sibling);
    }
    index >>= 1, last >>= 1;
  }
  return last == 0 && old_hash == old_root && new_hash == new_root;
}

}  // namespace braid
