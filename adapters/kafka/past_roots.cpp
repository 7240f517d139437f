#include "adapters/kafka/past_roots.hpp"

#include <algorithm>
#include <chrono>

#include "events/check.hpp"

namespace braid::kafka {
namespace {

constexpr std::size_t bytes_at_a_time = 4 << 20;

/// Adds the leaves of the entries from `from` up to, not including, `end`.
void add_entries(MerkleTree& tree, const EntrySource& history, Sequence from, Sequence end) {
  EntryBatch batch;
  std::vector<Digest> leaves;
  while (from < end) {
    history.read(from, bytes_at_a_time, std::chrono::milliseconds{0}, batch);
    if (batch.entries.empty())
      throw HistoryBroken("the copy of the history ends at entry " + std::to_string(from) +
                          ", where it said that it has " + std::to_string(end));
    const auto count = std::min<Sequence>(batch.entries.size(), end - from);
    leaves.resize(count);
    leaf_hashes(std::span(batch.entries).first(count), leaves);
    tree.add(leaves);
    from += count;
  }
}

}  // namespace

void PastRoots::catch_up(const EntrySource& history, const std::function<bool()>& stopping) {
  const auto whole = history.size() / block;
  while (blocks_.size() < whole && !(stopping && stopping())) {
    MerkleTree tree;
    add_entries(tree, history, size(), size() + block);
    blocks_.push_back(tree.root());
  }
}

Digest PastRoots::root_at(Sequence size, const EntrySource& history) const {
  const auto known = std::min<std::size_t>(size / block, blocks_.size());
  MerkleTree upper;  // whose leaves are the blocks' roots
  upper.add(std::span(blocks_).first(known));
  auto tree = MerkleTree::from(known * block, upper.peaks());
  check(tree.has_value(), "as many peaks as blocks have set bits");
  add_entries(*tree, history, known * block, size);
  return tree->root();
}

OwnedBytes PastRoots::bytes() const {
  OwnedBytes all;
  all.reserve(blocks_.size() * sizeof(Digest));
  for (const auto& root : blocks_) all.insert(all.end(), root.bytes.begin(), root.bytes.end());
  return all;
}

Parsed<PastRoots> PastRoots::parse(Bytes bytes) {
  if (bytes.size() % sizeof(Digest) != 0)
    return unreadable("the roots of a history's blocks are 32 bytes each, and these are " +
                      std::to_string(bytes.size()) + " bytes");
  PastRoots roots;
  for (; !bytes.empty(); bytes = bytes.subspan(sizeof(Digest)))
    roots.blocks_.push_back(*Digest::from_bytes(bytes.first(sizeof(Digest))));
  return roots;
}

}  // namespace braid::kafka
