#include "adapters/lmdb/row_store.hpp"

#include <catch2/catch.hpp>
#include <map>
#include <random>

#include "tests/events/row_store_contract.hpp"
#include "tests/support/child_process.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace braid;
using braid::support::ChildProcess;
using braid::support::TemporaryFolder;

namespace {

using Rows = std::map<std::string, std::optional<std::string>>;

void commit(RowStore& store, const std::string& table, const Rows& rows,
            const std::string& position) {
  std::vector<RowChange> changes;
  for (const auto& [key, value] : rows)
    changes.push_back({as_bytes(key), value ? std::optional(as_bytes(*value)) : std::nullopt});
  const TableChanges tables[] = {{table, changes}};
  store.commit(tables, as_bytes(position));
}

std::string value_of(const RowReader& rows, const std::string& table, const std::string& key) {
  auto found = rows.get(table, as_bytes(key));
  return found ? std::string(as_text(*found)) : "nothing";
}

std::string position_of(const RowReader& rows) {
  auto position = rows.position();
  return position ? std::string(as_text(*position)) : "nothing";
}

std::string all_of(const RowReader& rows, const std::string& table, const std::string& from = "") {
  std::string text;
  rows.scan(table, as_bytes(from), [&](Bytes key, Bytes value) {
    text += std::string(as_text(key)) + "=" + std::string(as_text(value)) + " ";
    return true;
  });
  return text;
}

std::string numbered(unsigned number) {
  auto digits = std::to_string(number);
  return std::string(8 - digits.size(), '0') + digits;
}

class OnLmdb final : public test::RowStoreUnderTest {
 public:
  RowStore& store() override { return *store_; }
  void reopen() override {
    store_.reset();
    store_ = std::make_unique<lmdb::RowStore>(folder_ / "rows");
  }

 private:
  TemporaryFolder folder_;
  std::unique_ptr<lmdb::RowStore> store_ = std::make_unique<lmdb::RowStore>(folder_ / "rows");
};

}  // namespace

TEST_CASE("A store on LMDB keeps every promise of a store of rows") {
  test::row_store_contract([] { return std::make_unique<OnLmdb>(); });
}

TEST_CASE("A snapshot stays at its moment until it is renewed") {
  TemporaryFolder folder;
  lmdb::RowStore store(folder / "rows");
  commit(store, "pools", {{"a", "1"}}, "first");
  lmdb::RowSnapshot snapshot(folder / "rows");
  commit(store, "pools", {{"a", "2"}, {"b", "2"}}, "second");
  commit(store, "people", {{"maya", "8"}}, "third");
  CHECK(all_of(snapshot, "pools") == "a=1 ");
  CHECK(all_of(snapshot, "people") == "");
  CHECK(position_of(snapshot) == "first");
  snapshot.renew();
  CHECK(all_of(snapshot, "pools") == "a=2 b=2 ");
  CHECK(value_of(snapshot, "people", "maya") == "8");
  CHECK(position_of(snapshot) == "third");
}

TEST_CASE("A process that reads rows sees tables that another made since") {
  TemporaryFolder folder;
  {
    lmdb::RowStore made(folder / "rows");
  }
  ChildProcess reader([&](const ChildProcess::Say& say) {
    lmdb::RowSnapshot snapshot(folder / "rows");
    say(position_of(snapshot));
    while (position_of(snapshot) == "nothing") snapshot.renew();
    say(all_of(snapshot, "pools"));
    return 0;
  });
  REQUIRE(reader.hear() == "nothing");
  lmdb::RowStore store(folder / "rows");
  commit(store, "pools", {{"a", "1"}}, "first");
  CHECK(reader.hear() == "a=1 ");
  CHECK(reader.wait() == 0);
}

TEST_CASE("Rows are put, replaced and erased in any mixture of old and new keys") {
  TemporaryFolder folder;
  lmdb::RowStore store(folder / "rows", lmdb::RowStore::Sync::each_commit, {.map_bytes = 64 << 10});
  auto seed = std::random_device()();
  INFO("seed " << seed);
  std::mt19937 random(seed);
  std::map<std::string, std::string> meant;
  for (int round = 0; round < 50; ++round) {
    Rows changes;
    for (auto n = random() % 60; n > 0; --n) {
      auto key = numbered(random() % 100 + random() % 2 * static_cast<unsigned>(round) * 10);
      auto value = std::string(random() % 700, static_cast<char>('a' + random() % 26));
      changes[key] = random() % 4 == 0 ? std::nullopt : std::optional(value);
    }
    for (const auto& [key, value] : changes) {
      if (value)
        meant[key] = *value;
      else
        meant.erase(key);
    }
    commit(store, "table", changes, std::to_string(round));
    std::string expected;
    for (const auto& [key, value] : meant) expected += key + "=" + value + " ";
    REQUIRE(all_of(store, "table") == expected);
    auto last = store.last_key("table");
    REQUIRE((last ? as_text(*last) : "") == (meant.empty() ? "" : meant.rbegin()->first));
  }
}

TEST_CASE("A store's map grows while its own reader and a released snapshot are about") {
  TemporaryFolder folder;
  lmdb::RowStore store(folder / "rows", lmdb::RowStore::Sync::each_commit, {.map_bytes = 64 << 10});
  lmdb::RowSnapshot snapshot(store.environment());
  snapshot.release();
  for (unsigned i = 0; i < 40; ++i) {
    commit(store, "table", {{numbered(i), std::string(20'000, 'x')}}, numbered(i));
    CHECK(position_of(snapshot) == numbered(i));
    snapshot.release();
    CHECK(value_of(store, "table", numbered(i)).size() == 20'000);
  }
}

TEST_CASE("Rows and position are one: kill -9 leaves both of a commit, or neither") {
  TemporaryFolder folder;
  {
    lmdb::RowStore made(folder / "rows");
  }
  unsigned known = 0;
  for (int round = 0; round < 15; ++round) {
    ChildProcess writing([&](const ChildProcess::Say& say) {
      lmdb::RowStore store(folder / "rows");
      auto position = store.position();
      for (unsigned at = position ? static_cast<unsigned>(std::stoul(position_of(store))) : 0;;
           ++at) {
        commit(store, "counts", {{"count", numbered(at + 1)}, {numbered(at), "x"}},
               numbered(at + 1));
        say(numbered(at + 1));
      }
      return 0;
    });
    for (int heard = 0; heard <= round; ++heard)
      known = static_cast<unsigned>(std::stoul(writing.hear()));
    writing.kill();
    writing.wait();
    lmdb::RowSnapshot rows(folder / "rows");
    auto position = position_of(rows);
    REQUIRE(std::stoul(position) >= known);
    REQUIRE(value_of(rows, "counts", "count") == position);
    REQUIRE(value_of(rows, "counts", numbered(static_cast<unsigned>(std::stoul(position)) - 1)) ==
            "x");
    REQUIRE(value_of(rows, "counts", position) == "nothing");
  }
}

TEST_CASE("A rebuilt store is durable from the moment it says so") {
  TemporaryFolder folder;
  {
    lmdb::RowStore store(folder / "rows", lmdb::RowStore::Sync::at_the_end);
    for (unsigned i = 0; i < 20; ++i) commit(store, "table", {{numbered(i), "x"}}, numbered(i));
    store.make_durable();
    commit(store, "table", {{"live", "y"}}, "live");
  }
  lmdb::RowStore store(folder / "rows");
  CHECK(position_of(store) == "live");
  CHECK(value_of(store, "table", numbered(19)) == "x");
}

TEST_CASE("Rows of a folder without a store are not invented") {
  TemporaryFolder folder;
  CHECK_THROWS_AS(lmdb::RowSnapshot(folder / "rows"), IoFault);
  CHECK_FALSE(std::filesystem::exists(folder / "rows"));
}
