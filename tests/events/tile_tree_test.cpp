#include "events/tile_tree.hpp"

#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include "tests/support/memory_tiles.hpp"

using namespace braid;
using braid::test::MemoryTiles;

namespace {

constexpr std::size_t most = 70'000;  // three levels: 273 full tiles, one, none

const std::vector<Digest>& leaves() {
  static const auto all = [] {
    std::vector<Digest> made;
    for (std::size_t i = 0; i < most; ++i) made.push_back(leaf_hash(as_bytes(std::to_string(i))));
    return made;
  }();
  return all;
}

std::span<const Digest> first(std::size_t count) { return std::span(leaves()).first(count); }

/// The tiles of all leaves; those of any smaller tree are their beginnings.
const MemoryTiles& tiles() {
  static const MemoryTiles all(leaves());
  return all;
}

/// Sizes at whose neighbours tiles fill, begin, and rise a level.
const std::vector<std::uint64_t> edges = {1,    2,    3,      255,    256,    257,    511,   512,
                                          513,  1023, 65'279, 65'280, 65'535, 65'536, 65'537, 65'792,
                                          most};

}  // namespace

TEST_CASE("A tile is full, begun or not there, as the size of the tree says") {
  CHECK(width_in({0, 273}, most) == 112);  // the example of C2SP tlog-tiles
  CHECK(width_in({0, 272}, most) == 256);
  CHECK(width_in({0, 274}, most) == 0);
  CHECK(width_in({1, 0}, most) == 256);
  CHECK(width_in({1, 1}, most) == 17);
  CHECK(width_in({2, 0}, most) == 1);
  CHECK(width_in({2, 1}, most) == 0);
  CHECK(width_in({0, 0}, 256) == 256);
  CHECK(width_in({1, 0}, 256) == 1);
  CHECK(width_in({0, 0}, 0) == 0);
  CHECK(width_in({7, 0}, ~std::uint64_t{0}) == 255);
  CHECK(width_in({0, ~std::uint64_t{0}}, ~std::uint64_t{0}) == 0);
}

TEST_CASE("The root over any first leaves is that of the tree that was given them one by one") {
  for (const auto size : edges) CHECK(root_at(tiles(), size) == root_of(first(size)));
  CHECK(root_at(tiles(), 0) == sha256({}));
}

TEST_CASE("Proofs from tiles are those that are made from all leaves") {
  for (const auto size : edges)
    for (const auto index : edges) {
      if (index < size)
        CHECK(inclusion_proof(tiles(), index, size) == inclusion_proof(first(size), index));
      if (index <= size)
        CHECK(consistency_proof(tiles(), index, size) == consistency_proof(first(size), index));
    }
}

TEST_CASE("Proofs of many leaves at once are those of each by itself, in their order") {
  for (const auto size : edges) {
    if (size == 0) continue;
    std::vector<std::uint64_t> indices;
    for (const auto index : edges)
      if (index < size) indices.insert(indices.end(), {index, size - 1 - index, index});
    const auto proofs = inclusion_proofs(tiles(), indices, size);
    REQUIRE(proofs.size() == indices.size());
    for (std::size_t i = 0; i < indices.size(); ++i)
      CHECK(proofs[i] == inclusion_proof(first(size), indices[i]));
  }
  CHECK(inclusion_proofs(tiles(), {}, most).empty());
}

TEST_CASE("A proof of any leaf of any tree verifies, and asks for each of its few tiles once") {
  CHECK(rc::check([] {
    const auto size = *rc::gen::inRange<std::uint64_t>(1, most + 1);
    const auto index = *rc::gen::inRange<std::uint64_t>(0, size);
    const auto root = root_at(tiles(), size);
    tiles().asked_for = 0;
    RC_ASSERT(verify_inclusion(leaves()[index], index, size, inclusion_proof(tiles(), index, size),
                               root));
    RC_ASSERT(tiles().asked_for <= 5);
    tiles().asked_for = 0;
    RC_ASSERT(verify_consistency(index, root_at(tiles(), index), size, root,
                                 consistency_proof(tiles(), index, size)));
    RC_ASSERT(tiles().asked_for <= 8);
  }));
}

TEST_CASE("A proof from altered tiles does not verify") {
  auto altered = tiles();
  const auto root = root_at(tiles(), most);
  for (auto& [id, hashes] : altered.tiles) hashes.front().bytes[0] ^= std::byte{1};
  CHECK_FALSE(
      verify_inclusion(leaves()[1], 1, most, inclusion_proof(altered, 1, most), root));
}

TEST_CASE("Leaves added in any pieces make the same tiles, and each full one is shown once") {
  for (const std::size_t piece : {1, 7, 255, 256, 257, 5000}) {
    MemoryTiles made;
    std::size_t full = 0;
    TileBuilder builder;
    for (std::size_t at = 0; at < most; at += piece)
      builder.add(std::span(leaves()).subspan(at, std::min(piece, most - at)),
                  [&](TileId id, std::span<const Digest> hashes) {
                    CHECK(hashes.size() == tile_width);
                    CHECK_FALSE(made.tiles.contains(id));
                    made.keeper()(id, hashes);
                    ++full;
                  });
    CHECK(full == 274);
    builder.show_edge(made.keeper());
    CHECK(made.tiles == tiles().tiles);
    CHECK(builder.root() == root_of(leaves()));
  }
}

TEST_CASE("A builder goes on from the tiles of any size as if it had never stopped") {
  for (const auto size : edges) {
    TileBuilder builder(tiles(), size);
    CHECK(builder.size() == size);
    CHECK(builder.root() == root_of(first(size)));
    MemoryTiles made;
    builder.add(std::span(leaves()).subspan(size), made.keeper());
    builder.show_edge(made.keeper());
    CHECK(builder.root() == root_of(leaves()));
    for (const auto& [id, hashes] : made.tiles) CHECK(hashes == tiles().tiles.at(id));
  }
}
