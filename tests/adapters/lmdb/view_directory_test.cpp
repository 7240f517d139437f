#include "adapters/lmdb/view_directory.hpp"

#include <catch2/catch.hpp>
#include <fstream>
#include <random>

#include "adapters/lmdb/row_store.hpp"
#include "tests/support/child_process.hpp"
#include "tests/support/temporary_folder.hpp"

namespace lmdb = braid::lmdb;
using braid::as_bytes;
using braid::as_text;
using braid::lmdb::RowSnapshot;
using braid::lmdb::RowStore;
using braid::lmdb::ViewDirectory;
using braid::support::ChildProcess;
using braid::support::TemporaryFolder;

namespace {

/// Builds a generation whose position is `position`, and makes it current.
lmdb::Generation build(ViewDirectory& views, const std::string& position) {
  auto fresh = views.begin();
  RowStore store(fresh.folder(), RowStore::Sync::at_the_end);
  store.commit({}, as_bytes(position));
  store.make_durable();
  views.make_current(fresh);
  return fresh;
}

std::string position_in(const lmdb::Generation& generation) {
  RowSnapshot rows(generation.folder());
  auto position = rows.position();
  return position ? std::string(as_text(*position)) : "nothing";
}

std::size_t generations(const std::filesystem::path& folder) {
  std::size_t count = 0;
  for (const auto& found : std::filesystem::directory_iterator(folder))
    count += found.is_directory();
  return count;
}

}  // namespace

TEST_CASE("Readers get the views that were made current, never those under way") {
  TemporaryFolder folder;
  ViewDirectory views(folder / "views/0");
  CHECK_FALSE(views.current());
  auto under_way = views.begin();
  CHECK_FALSE(views.current());
  build(views, "old");
  auto reader = views.current();
  build(views, "new");
  CHECK(position_in(*reader) == "old");
  CHECK(position_in(*views.current()) == "new");
  CHECK(under_way.number() != views.current()->number());
}

TEST_CASE("Replaced views go when their last reader does") {
  TemporaryFolder folder;
  ViewDirectory views(folder / "views");
  build(views, "old");
  auto reader = views.current();
  build(views, "new");
  CHECK(views.remove_unused() == 0);
  CHECK(position_in(*reader) == "old");
  reader.reset();
  CHECK(views.remove_unused() == 1);
  CHECK(position_in(*views.current()) == "new");
  CHECK(generations(folder / "views") == 1);
}

TEST_CASE("A reader in another process keeps its views") {
  TemporaryFolder folder;
  ViewDirectory views(folder / "views");
  {
    build(views, "old");
  }
  ChildProcess reader([&](const ChildProcess::Say& say) {
    auto held = ViewDirectory(folder / "views").current();
    say(position_in(*held));
    ::pause();
    return 0;
  });
  REQUIRE(reader.hear() == "old");
  build(views, "new");
  CHECK(views.remove_unused() == 0);
  reader.kill();
  reader.wait();
  CHECK(views.remove_unused() == 1);
}

TEST_CASE("What a killed builder left is removed at the next start, and readers notice nothing") {
  TemporaryFolder folder;
  ViewDirectory views(folder / "views");
  build(views, "whole");
  auto seed = std::random_device()();
  INFO("seed " << seed);
  std::mt19937 random(seed);
  for (int round = 0; round < 15; ++round) {
    ChildProcess builder([&](const ChildProcess::Say& say) {
      ViewDirectory own(folder / "views");
      own.remove_unused();
      for (;;) {
        auto fresh = own.begin();
        RowStore store(fresh.folder(), RowStore::Sync::at_the_end);
        store.commit({}, as_bytes("half"));
        say("half");
        store.commit({}, as_bytes("whole"));
        store.make_durable();
        own.make_current(fresh);
        own.remove_unused();
      }
      return 0;
    });
    for (auto heard = random() % 4 + 1; heard > 0; --heard) builder.hear();
    REQUIRE(position_in(*views.current()) == "whole");
    builder.kill();
    builder.wait();
    REQUIRE(position_in(*views.current()) == "whole");
  }
  views.remove_unused();
  CHECK(generations(folder / "views") == 1);
}

TEST_CASE("A pointer to views that are not there says what to do") {
  TemporaryFolder folder;
  ViewDirectory views(folder / "views");
  build(views, "whole");
  auto current = views.current()->folder();
  std::filesystem::remove_all(current);
  CHECK_THROWS_WITH(views.current(), Catch::Contains("project again"));
  std::ofstream(folder / "views/current") << "nonsense";
  CHECK_THROWS_WITH(views.current(), Catch::Contains("names no generation of views"));
}
