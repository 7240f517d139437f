#pragma once
#include <array>
#include <compare>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "events/merkle.hpp"

namespace braid {

/// The Merkle tree of a history cut into tiles (C2SP tlog-tiles): of each eighth height, hashes in
/// runs of 256. Tile n of level l holds the roots of leaves [(256n + i) * 256^l, (256n + i + 1) *
/// 256^l), i from 0. Any proof is made from a handful of tiles, without reading the history.

/// Hashes in a full tile.
inline constexpr std::size_t tile_width = 256;
/// Levels that a tree of 64-bit size can have.
inline constexpr unsigned tile_levels = 8;

/// Where a tile stands.
struct TileId {
  unsigned level = 0;  ///< less than `tile_levels`
  std::uint64_t index = 0;

  auto operator<=>(const TileId&) const = default;
};

/// How many hashes the tile has in a tree of `size` leaves: 256 where it is full, 0 where it is not
/// there.
std::size_t width_in(TileId tile, std::uint64_t size) noexcept;

/// Where tiles are kept, or fetched from.
class TileSource {
 public:
  virtual ~TileSource() = default;

  /// The first `width` hashes of a tile, 1 to 256 of them; it may hold more. Throws HistoryBroken
  /// where it holds fewer, and what the place it is kept in throws.
  [[nodiscard]] virtual std::vector<Digest> tile(TileId tile, std::size_t width) const = 0;
};

// What follows believes the tiles: whoever does not trust them checks what comes out, by
// `verify_inclusion` or `verify_consistency`, against a root that is signed. `size` is at most what
// the source covers. About log(size) / 8 tiles are asked for, each once.

/// The root over the first `size` leaves.
Digest root_at(const TileSource& tiles, std::uint64_t size);
/// As `inclusion_proof` of merkle.hpp. `index` is less than `size`.
MerkleProof inclusion_proof(const TileSource& tiles, std::uint64_t index, std::uint64_t size);
/// The same of many leaves of one tree, in their order: what several proofs name is hashed once, and
/// a tile asked for again only where others of its level came between.
std::vector<MerkleProof> inclusion_proofs(const TileSource& tiles,
                                          std::span<const std::uint64_t> indices,
                                          std::uint64_t size);
/// As `consistency_proof` of merkle.hpp. `old_size` is at most `new_size`.
MerkleProof consistency_proof(const TileSource& tiles, std::uint64_t old_size,
                              std::uint64_t new_size);

/// Makes the tiles of a growing tree. Keeps the right edge alone: the tile of each level that is
/// not full. A value of at most 64 KiB; a copy goes on by itself.
class TileBuilder {
 public:
  /// Sees a tile. The hashes are good during the call.
  using Sink = std::function<void(TileId tile, std::span<const Digest> hashes)>;

  TileBuilder() = default;
  /// Goes on from the tree of `size` leaves, whose edge is in `tiles`.
  TileBuilder(const TileSource& tiles, std::uint64_t size);

  /// Appends leaves in order. `full` sees each tile that they fill, a level's in order, and after
  /// those that it is made of.
  void add(std::span<const Digest> leaves, const Sink& full);
  /// Shows the tiles that are not full, from the lowest level up.
  void show_edge(const Sink& partial) const;

  [[nodiscard]] std::uint64_t size() const noexcept { return size_; }
  [[nodiscard]] Digest root() const;

 private:
  void add_to(unsigned level, std::span<const Digest> hashes, const Sink& full);

  std::uint64_t size_ = 0;
  std::array<std::vector<Digest>, tile_levels> edge_;
};

}  // namespace braid
