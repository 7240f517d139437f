#include "events/entry_chain.hpp"

#include <bit>

#include "events/check.hpp"

namespace braid {
namespace {

// chain  = size last *peak      ; size: 8 bytes, the least first; last, peak: 32 bytes each
//                               ; a peak for each bit of size that is set, the largest subtree's
//                               first
constexpr std::size_t size_bytes = 8;
constexpr std::size_t digest_bytes = 32;

Digest digest_at(Bytes bytes, std::size_t offset) {
  Digest digest;
  std::memcpy(digest.bytes.data(), bytes.data() + offset, digest_bytes);
  return digest;
}

std::string text(std::uint64_t number) { return std::to_string(number); }

}  // namespace

EntryChain::EntryChain(MerkleTree tree, Digest last_leaf)
    : tree_(tree), last_leaf_(last_leaf) {
  check(tree_.size() != 0 || last_leaf_ == Digest{}, "before the first entry there is no leaf");
}

void EntryChain::follow(const EntryHead& head, const Digest& leaf) {
  if (head.sequence != size()) {
    throw HistoryBroken("entry " + text(size()) + " was expected and an entry that calls itself " +
                        text(head.sequence) + " was found");
  }
  if (head.previous != last_leaf_) {
    throw HistoryBroken("entry " + text(head.sequence) + " follows an entry with leaf hash " +
                        head.previous.hex() + ", but the entry before it has " + last_leaf_.hex());
  }
  waiting_.push_back(leaf);
  last_leaf_ = leaf;
  if (waiting_.size() < most_waiting) return;
  tree_.add(waiting_);
  waiting_.clear();
}

MerkleTree EntryChain::tree() const {
  auto tree = tree_;
  tree.add(waiting_);
  return tree;
}

OwnedBytes EntryChain::bytes() const {
  const auto peaks = tree().peaks();
  OwnedBytes bytes(size_bytes + digest_bytes * (1 + peaks.size()));
  for (std::size_t i = 0; i < size_bytes; ++i)
    bytes[i] = static_cast<std::byte>(size() >> 8 * i & 0xff);
  std::byte* at = bytes.data() + size_bytes;
  std::memcpy(at, last_leaf_.bytes.data(), digest_bytes);
  for (const Digest& peak : peaks) std::memcpy(at += digest_bytes, peak.bytes.data(), digest_bytes);
  return bytes;
}

tl::expected<EntryChain, std::string> EntryChain::parse(Bytes bytes) {
  if (bytes.size() < size_bytes + digest_bytes) return unreadable("a chain has at least 40 bytes");
  std::uint64_t size = 0;
  for (std::size_t i = 0; i < size_bytes; ++i)
    size |= std::to_integer<std::uint64_t>(bytes[i]) << 8 * i;
  const auto peak_count = static_cast<std::size_t>(std::popcount(size));
  if (bytes.size() != size_bytes + digest_bytes * (1 + peak_count)) {
    return unreadable("a chain of " + text(size) + " entries has " + text(peak_count) + " peaks");
  }
  const Digest last_leaf = digest_at(bytes, size_bytes);
  if (size == 0 && last_leaf != Digest{})
    return unreadable("before the first entry there is no leaf");

  std::vector<Digest> peaks;
  for (std::size_t i = 0; i < peak_count; ++i) {
    peaks.push_back(digest_at(bytes, size_bytes + digest_bytes * (1 + i)));
  }
  return MerkleTree::from(size, peaks).map([&](const MerkleTree& tree) {
    return EntryChain(tree, last_leaf);
  });
}

}  // namespace braid
