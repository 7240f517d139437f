#pragma once
#include <map>

#include "events/faults.hpp"
#include "events/tile_tree.hpp"

namespace braid::test {

/// Tiles in memory, as a log would serve them, and how many were asked for.
class MemoryTiles final : public TileSource {
 public:
  MemoryTiles() = default;
  explicit MemoryTiles(std::span<const Digest> leaves) {
    TileBuilder builder;
    builder.add(leaves, keeper());
    builder.show_edge(keeper());
  }

  [[nodiscard]] TileBuilder::Sink keeper() {
    return [this](TileId id, std::span<const Digest> hashes) {
      tiles[id].assign(hashes.begin(), hashes.end());
    };
  }

  [[nodiscard]] std::vector<Digest> tile(TileId id, std::size_t width) const override {
    ++asked_for;
    const auto found = tiles.find(id);
    if (found == tiles.end() || found->second.size() < width) throw HistoryBroken("no such tile");
    return found->second;
  }

  std::map<TileId, std::vector<Digest>> tiles;
  mutable std::size_t asked_for = 0;
};

}  // namespace braid::test
