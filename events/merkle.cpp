#include "events/merkle.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

#include "events/check.hpp"
#include "events/sha256_lanes.hpp"

namespace braid {
namespace {

/// The largest power of two below `size`: how many leaves stand left of the top. `size` is at least
/// 2.
std::uint64_t split(std::uint64_t size) { return std::bit_floor(size - 1); }

constexpr std::byte leaf_prefix{0x00};
constexpr std::byte node_prefix{0x01};

constexpr std::size_t leaves_at_a_time =
    512;  // enough to keep all lanes busy; 12 KiB of parents on the stack

static_assert(sizeof(Digest) == 32,
              "two neighbours in an array are the 64 bytes that a node hashes");

/// The nodes over each two neighbours of `level`, which has twice as many.
void node_hashes(std::span<const Digest> level, std::span<Digest> nodes) noexcept {
  std::array<Bytes, 64> pairs;
  const auto bytes = std::as_bytes(level);
  for (std::size_t at = 0; at < nodes.size();) {
    const auto count = std::min(pairs.size(), nodes.size() - at);
    for (std::size_t i = 0; i < count; ++i) pairs[i] = bytes.subspan((at + i) * 64, 64);
    sha256_many(node_prefix, std::span(pairs).first(count), nodes.subspan(at, count));
    at += count;
  }
}

}  // namespace

Digest leaf_hash(Bytes entry) noexcept {
  return Sha256().update(Bytes(&leaf_prefix, 1)).update(entry).digest();
}

void leaf_hashes(std::span<const Bytes> entries, std::span<Digest> leaves) noexcept {
  sha256_many(leaf_prefix, entries, leaves);
}

Digest node_hash(const Digest& left, const Digest& right) noexcept {
  std::array<std::byte, 65> node;
  node[0] = node_prefix;
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
  while (!leaves.empty()) {
    const auto some = leaves.first(std::min(leaves.size(), leaves_at_a_time));
    add_some(some);
    leaves = leaves.subspan(some.size());
  }
}

/// At most `leaves_at_a_time`, level by level: the nodes of a level do not wait for one another.
void MerkleTree::add_some(std::span<const Digest> level) noexcept {
  std::array<Digest, leaves_at_a_time / 2 + 1> odd_parents, even_parents;
  const auto added = level.size();
  for (std::size_t height = 0; !level.empty(); ++height) {
    const std::span<Digest> parents = height % 2 == 0 ? even_parents : odd_parents;
    std::size_t count = 0;
    if (((size_ >> height) & 1) != 0) {  // the first completes the subtree that waits here
      parents[count++] = node_hash(peak_[height], level.front());
      peak_[height] = Digest{};
      level = level.subspan(1);
    }
    const auto pairs = level.size() / 2;
    node_hashes(level.first(2 * pairs), parents.subspan(count, pairs));
    if (level.size() % 2 != 0) peak_[height] = level.back();
    level = parents.first(count + pairs);
  }
  size_ += added;
  check(size_ >= added, "no history has 2^64 entries");
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
