#include "ledger/tlog_tiles.hpp"

#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include "events/entry_source.hpp"

using namespace braid;
using namespace braid::ledger;
using Catch::Matchers::Contains;

TEST_CASE("Tiles and bundles have the names that C2SP tlog-tiles gives them") {
  struct Row {
    const char* text;
    TileName name;
  };
  for (const auto& [text, name] : {
           Row{"tile/0/000", {false, {0, 0}, 256}},
           Row{"tile/0/x001/x234/067", {false, {0, 1234067}, 256}},
           Row{"tile/1/273.p/112", {false, {1, 273}, 112}},
           Row{"tile/entries/x001/000", {true, {0, 1000}, 256}},
           Row{"tile/entries/000.p/1", {true, {0, 0}, 1}},
           Row{"tile/7/x018/x446/x744/x073/x709/x551/615.p/255", {false, {7, ~std::uint64_t{0}}, 255}},
       }) {
    CHECK(name.text() == text);
    CHECK(TileName::from_text(text) == name);
  }
}

TEST_CASE("A tile has one name: any other spelling is none") {
  for (const auto* text :
       {"", "tile", "tile/", "tile/0", "tile/0/", "tile/0/0", "tile/0/00", "tile/0/0000", "tile/00/000",
        "tile/8/000", "tile/64/000", "tile/-1/000", "tile/0/x000/001", "tile/0/001/002", "tile/0/x001",
        "tile/0/x001/", "tile/0/x01/001", "tile/0/X001/002", "tile/0/ 01", "tile/0/+01", "tile/0/000/",
        "tile/0/000.p", "tile/0/000.p/", "tile/0/000.p/0", "tile/0/000.p/256", "tile/0/000.p/01",
        "tile/0/000.p/1/2", "tile/0/000.p/1.p/1", "tile/entries", "tile/entries/0", "tile//000",
        "Tile/0/000", "/tile/0/000", "tile/0/../000", "tile/0/%30%30%30", "tile/entries/000 ",
        "tile/0/x018/x446/x744/x073/x709/x551/616", "tile/0/x999/x999/x999/x999/x999/x999/x999/999"}) {
    INFO(text);
    CHECK_FALSE(TileName::from_text(text));
  }
}

TEST_CASE("Any tile's name is read back, and any text that is a name is written back") {
  CHECK(rc::check([](bool entries, std::uint64_t index) {
    const auto level = entries ? 0u : *rc::gen::inRange(0u, tile_levels);
    const auto width = *rc::gen::inRange<std::size_t>(1, 257);
    const TileName name{entries, {level, index}, width};
    RC_ASSERT(TileName::from_text(name.text()) == name);
  }));
  CHECK(rc::check([](const std::string& bytes) {
    for (const auto& text : {bytes, "tile/" + bytes, "tile/0/" + bytes, "tile/0/x123/" + bytes})
      if (const auto name = TileName::from_text(text)) RC_ASSERT(name->text() == text);
  }));
}

TEST_CASE("A bundle is each entry behind its length, and is read back") {
  const OwnedBytes one(1, std::byte{7});
  const OwnedBytes most(max_entry_bytes, std::byte{9});
  OwnedBytes bundle;
  add_to_bundle(bundle, one);
  add_to_bundle(bundle, most);
  CHECK(bundle.size() == 2 + 1 + 2 + 65'535);
  CHECK((bundle[0] == std::byte{0} && bundle[1] == std::byte{1} && bundle[2] == std::byte{7}));
  CHECK((bundle[3] == std::byte{0xff} && bundle[4] == std::byte{0xff}));
  const auto entries = entries_of(bundle);
  REQUIRE(entries);
  REQUIRE(entries->size() == 2);
  CHECK(OwnedBytes((*entries)[1].begin(), (*entries)[1].end()) == most);
}

TEST_CASE("Bytes that are no bundle, and no tile, are refused with what belongs there") {
  OwnedBytes bundle;
  add_to_bundle(bundle, as_bytes("entry"));
  const auto why = [](Bytes bytes) {
    const auto entries = entries_of(bytes);
    return entries ? std::string("a bundle") : entries.error();
  };
  CHECK_THAT(why({}), Contains("at least one"));
  CHECK_THAT(why(Bytes(bundle).first(1)), Contains("within the length"));
  CHECK_THAT(why(Bytes(bundle).first(6)), Contains("ends beyond it"));
  CHECK_THAT(why(as_bytes(std::string_view("\0\0", 2))), Contains("is empty"));
  OwnedBytes many;
  for (int i = 0; i < 257; ++i) add_to_bundle(many, as_bytes("x"));
  CHECK_THAT(why(many), Contains("at most 256"));
  CHECK(entries_of(Bytes(many).first(256 * 3))->size() == 256);
  for (const std::size_t size : {0, 1, 31, 33, 8193, 8224})
    CHECK_THAT(hashes_of(OwnedBytes(size)).error(), Contains("1 to 256 hashes"));
  CHECK(hashes_of(OwnedBytes(64))->size() == 2);
  CHECK(hashes_of(OwnedBytes(8192))->size() == 256);
}
