#include "events/tile_tree.hpp"

#include <algorithm>
#include <bit>
#include <map>

#include "events/check.hpp"

namespace braid {
namespace {

constexpr unsigned heights_in_tile = 8;

/// Leaves [begin, begin + count).
struct Range {
  std::uint64_t begin = 0;
  std::uint64_t count = 0;

  /// As RFC 6962 cuts it: the left part is the largest power of two below `count`.
  [[nodiscard]] std::pair<Range, Range> halves() const noexcept {
    const auto left = std::bit_floor(count - 1);
    return {{begin, left}, {begin + left, count - left}};
  }
};

/// The hashes of one tree. A level's last tile is kept, and each subtree's root.
class Hashes {
 public:
  Hashes(const TileSource& tiles, std::uint64_t size) : tiles_(tiles), size_(size) {}

  Digest root_of_range(Range range) {
    if (std::has_single_bit(range.count)) return root_of_full(range);
    const auto [left, right] = range.halves();
    const auto left_root = root_of_full(left);
    return node_hash(left_root, root_of_range(right));
  }

  MerkleProof inclusion_proof(std::uint64_t index) {
    check(index < size_, "a proof is of a leaf that the tree has");
    MerkleProof proof;
    for (Range range{0, size_}; range.count > 1;) {
      const auto [left, right] = range.halves();
      const bool in_left = index < right.begin;
      proof.push_back(root_of_range(in_left ? right : left));
      range = in_left ? left : right;
    }
    return {proof.rbegin(), proof.rend()};
  }

 private:
  /// A subtree whose size is a power of two, and which begins at a multiple of it.
  Digest root_of_full(Range range) {
    const auto known = roots_.find({range.begin, range.count});
    if (known != roots_.end()) return known->second;
    const auto height = static_cast<unsigned>(std::countr_zero(range.count));
    const auto level = height / heights_in_tile;
    const auto first = range.begin >> (heights_in_tile * level);
    const auto& hashes = tile({level, first / tile_width});
    const auto root = root_of(std::span(hashes).subspan(
        first % tile_width, std::size_t{1} << height % heights_in_tile));
    roots_.emplace(std::pair{range.begin, range.count}, root);
    return root;
  }

  const std::vector<Digest>& tile(TileId id) {
    auto& last = last_[id.level];
    if (!last.hashes.empty() && last.index == id.index) return last.hashes;
    const auto width = width_in(id, size_);
    last = {id.index, tiles_.tile(id, width)};
    check(last.hashes.size() >= width, "a source of tiles gives what it is asked for, or throws");
    return last.hashes;
  }

  const TileSource& tiles_;
  std::uint64_t size_;
  struct Tile {
    std::uint64_t index = 0;
    std::vector<Digest> hashes;
  };
  std::array<Tile, tile_levels> last_;
  std::map<std::pair<std::uint64_t, std::uint64_t>, Digest> roots_;  // by beginning and count
};

/// The right edge of a tree as the source of its own tiles.
class Edge final : public TileSource {
 public:
  explicit Edge(std::span<const std::vector<Digest>> edge) : edge_(edge) {}
  [[nodiscard]] std::vector<Digest> tile(TileId tile, std::size_t) const override {
    return edge_[tile.level];
  }

 private:
  std::span<const std::vector<Digest>> edge_;
};

}  // namespace

std::size_t width_in(TileId tile, std::uint64_t size) noexcept {
  check(tile.level < tile_levels, "no tree of 64-bit size has a ninth level");
  const auto hashes = size >> (heights_in_tile * tile.level);
  const auto full_tiles = hashes / tile_width;
  if (tile.index < full_tiles) return tile_width;
  return tile.index == full_tiles ? hashes % tile_width : 0;
}

Digest root_at(const TileSource& tiles, std::uint64_t size) {
  if (size == 0) return root_of({});
  return Hashes(tiles, size).root_of_range({0, size});
}

MerkleProof inclusion_proof(const TileSource& tiles, std::uint64_t index, std::uint64_t size) {
  return inclusion_proofs(tiles, {&index, 1}, size).front();
}

std::vector<MerkleProof> inclusion_proofs(const TileSource& tiles,
                                          std::span<const std::uint64_t> indices,
                                          std::uint64_t size) {
  Hashes hashes(tiles, size);
  std::vector<MerkleProof> proofs;
  for (const auto index : indices) proofs.push_back(hashes.inclusion_proof(index));
  return proofs;
}
MerkleProof consistency_proof(const TileSource& tiles, std::uint64_t old_size,
                              std::uint64_t new_size) {
  check(old_size <= new_size, "an older tree is no larger");
  if (old_size == 0 || old_size == new_size) return {};
  Hashes hashes(tiles, new_size);
  MerkleProof proof;
  Range range{0, new_size};
  bool known = true;  // the subtree reached is the older tree itself, whose root the verifier has
  while (old_size != range.begin + range.count) {
    const auto [left, right] = range.halves();
    const bool in_left = old_size <= right.begin;
    proof.push_back(hashes.root_of_range(in_left ? right : left));
    known = known && in_left;
    range = in_left ? left : right;
  }
  if (!known) proof.push_back(hashes.root_of_range(range));
  return {proof.rbegin(), proof.rend()};
}

TileBuilder::TileBuilder(const TileSource& tiles, std::uint64_t size) : size_(size) {
  for (unsigned level = 0; level < tile_levels; ++level) {
    const TileId id{level, size >> (heights_in_tile * level) >> heights_in_tile};
    const auto width = width_in(id, size);
    if (width == 0) continue;
    edge_[level] = tiles.tile(id, width);
    edge_[level].resize(width);
  }
}

void TileBuilder::add(std::span<const Digest> leaves, const Sink& full) {
  while (!leaves.empty()) {
    const auto room = tile_width - edge_[0].size();
    const auto some = leaves.first(std::min(leaves.size(), room));
    size_ += some.size();
    add_to(0, some, full);
    leaves = leaves.subspan(some.size());
  }
}

/// At most as many as fill the level's tile.
void TileBuilder::add_to(unsigned level, std::span<const Digest> hashes, const Sink& full) {
  check(level < tile_levels, "no history has 2^64 entries");
  auto& tile = edge_[level];
  tile.insert(tile.end(), hashes.begin(), hashes.end());
  if (tile.size() < tile_width) return;
  full({level, (size_ >> (heights_in_tile * level) >> heights_in_tile) - 1}, tile);
  const auto root = root_of(tile);
  tile.clear();
  add_to(level + 1, {&root, 1}, full);
}

void TileBuilder::show_edge(const Sink& partial) const {
  for (unsigned level = 0; level < tile_levels; ++level)
    if (!edge_[level].empty())
      partial({level, size_ >> (heights_in_tile * level) >> heights_in_tile}, edge_[level]);
}

Digest TileBuilder::root() const { return root_at(Edge(edge_), size_); }

}  // namespace braid
