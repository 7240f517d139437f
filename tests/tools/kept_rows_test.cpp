#include "tools/braid/kept_rows.hpp"

#include <catch2/catch.hpp>
#include <fstream>
#include <set>

#include "tests/events/row_store_contract.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tools/synth/event_writer.hpp"

using namespace braid;
using namespace braid::cli;
using namespace braid::test;

namespace {

/// `count` rows from `first` on, all of one long value, which is the position too.
void put(RowStore& store, int first, int count, std::string value,
         std::string_view table = "people") {
  value.resize(400);
  std::vector<std::string> keys;
  for (int i = 0; i < count; ++i) keys.push_back(std::to_string(1'000'000 + first + i));
  std::vector<RowChange> rows;
  for (const auto& key : keys) rows.push_back({as_bytes(key), as_bytes(value)});
  const TableChanges all{table, rows};
  store.commit(std::span(&all, 1), as_bytes(value));
}

std::map<std::string, std::string> all(const RowStore& store) {
  std::map<std::string, std::string> rows;
  store.scan("people", {}, [&](Bytes key, Bytes value) {
    rows.emplace(as_text(key), as_text(value));
    return true;
  });
  return rows;
}

/// Rows kept from run to run: opened again, it is another run.
class FromRunToRun final : public RowStoreUnderTest {
 public:
  FromRunToRun() { rows_->begin({}); }
  RowStore& store() override { return rows_->rows(); }
  void reopen() override {
    const auto kept = rows_->keep();
    rows_->remove_all_but(kept);
    rows_ = std::make_unique<KeptRows>(folder_.path(), "rows");
    CHECK(rows_->go_on(kept));
    base_ = kept.base;
  }
  [[nodiscard]] const std::filesystem::path& folder() const { return folder_.path(); }
  [[nodiscard]] std::uint64_t base() const { return base_; }

 private:
  support::TemporaryFolder folder_;
  std::unique_ptr<KeptRows> rows_ = std::make_unique<KeptRows>(folder_.path(), "rows");
  std::uint64_t base_ = 1;
};

std::set<std::string> folders_in(const std::filesystem::path& folder) {
  std::set<std::string> names;
  for (const auto& found : std::filesystem::directory_iterator(folder))
    names.insert(found.path().filename().string());
  return names;
}

}  // namespace

TEST_CASE("Rows that are kept from run to run keep the contract of row stores") {
  row_store_contract([] { return std::make_unique<FromRunToRun>(); });
}

TEST_CASE("Changes that stay above a base for many runs, erased rows too, are what was committed") {
  FromRunToRun runs;
  put(runs.store(), 0, 50'000, "ballast", "ballast");
  put(runs.store(), 0, 20, "first");
  runs.reopen();
  std::map<std::string, std::string> expected = all(runs.store());
  synth::Dice dice(3);
  for (int run = 0; run < 20; ++run) {
    std::map<std::string, std::optional<std::string>> changes;
    for (int i = 0; i < 10; ++i) {
      const auto key = std::to_string(1'000'000 + dice.below(40));
      changes[key] = dice.below(2) == 0 ? std::nullopt : std::optional(std::to_string(run));
      expected.erase(key);
      if (changes[key]) expected[key] = *changes[key];
    }
    std::vector<RowChange> rows;
    for (const auto& [key, value] : changes)
      rows.push_back({as_bytes(key), value ? std::optional(as_bytes(*value)) : std::nullopt});
    const TableChanges table{"people", rows};
    runs.store().commit(std::span(&table, 1), {});
    runs.reopen();
    CHECK(all(runs.store()) == expected);
    const auto last = runs.store().last_key("people");
    CHECK((last ? std::string(as_text(*last)) : "") == (expected.empty() ? "" : expected.rbegin()->first));
  }
  CHECK(runs.base() == 1);
}

TEST_CASE("What changes little lies above a base that is not written again, and what changes much becomes one") {
  FromRunToRun runs;
  put(runs.store(), 0, 5'000, "first");
  runs.reopen();
  CHECK(folders_in(runs.folder()) == std::set<std::string>{"rows.1", "rows.1.1"});
  const auto written = std::filesystem::last_write_time(runs.folder() / "rows.1" / "data.mdb");
  for (int run = 2; run < 5; ++run) {
    put(runs.store(), run, 1, "later");
    runs.reopen();
    CHECK(folders_in(runs.folder()) ==
          std::set<std::string>{"rows.1", "rows.1." + std::to_string(run - 1),
                                "rows.1." + std::to_string(run)});
  }
  CHECK(std::filesystem::last_write_time(runs.folder() / "rows.1" / "data.mdb") == written);
  put(runs.store(), 4'000, 3'000, "many");
  const auto before = all(runs.store());
  runs.reopen();
  CHECK(folders_in(runs.folder()) == std::set<std::string>{"rows.2", "rows.2.1"});
  CHECK(before.size() == 7'000);
  CHECK(all(runs.store()) == before);
  CHECK(as_text(*runs.store().position()).starts_with("many"));
}

TEST_CASE("A run that is not kept leaves what was kept, and the next one clears up behind it") {
  support::TemporaryFolder folder;
  KeptRows::Kept kept;
  {
    KeptRows first(folder.path(), "rows");
    first.begin({});
    put(first.rows(), 0, 5'000, "first");
    kept = first.keep();
  }
  for (int run = 0; run < 2; ++run) {
    KeptRows killed(folder.path(), "rows");
    CHECK(killed.go_on(kept));
    put(killed.rows(), 0, 10, "never kept");
  }
  {
    KeptRows forgetful(folder.path(), "rows");
    forgetful.begin(kept);
    CHECK(all(forgetful.rows()).empty());
  }
  KeptRows next(folder.path(), "rows");
  next.remove_all_but(kept);
  CHECK(folders_in(folder.path()) == std::set<std::string>{"rows.1"});
  CHECK(next.go_on(kept));
  CHECK(all(next.rows()).size() == 5'000);
  CHECK(as_text(*next.rows().position()).starts_with("first"));
}

TEST_CASE("What is kept and was altered, in any part of any file, is not gone on from") {
  support::TemporaryFolder folder;
  KeptRows::Kept kept;
  {
    KeptRows rows(folder.path(), "rows");
    rows.begin({});
    put(rows.rows(), 0, 5'000, "first");
    kept = rows.keep();
    REQUIRE(rows.go_on(kept));
    put(rows.rows(), 0, 10, "second");
    kept = rows.keep();
  }
  REQUIRE(kept.since == 1);
  const auto file = folder / GENERATE(std::string("rows.1"), std::string("rows.1.1")) / "data.mdb";
  const auto size = std::filesystem::file_size(file);
  const auto flip = [&](std::streamoff at) {
    std::fstream out(file, std::ios::in | std::ios::out | std::ios::binary);
    out.seekg(at);
    const auto byte = static_cast<char>(out.get() ^ 1);
    out.seekp(at);
    out.put(byte);
  };
  SECTION("its last bytes") { flip(static_cast<std::streamoff>(size) - 10); }
  SECTION("its first page") { flip(16); }
  SECTION("its second page") { flip(4096 + 40); }
  SECTION("cut") { std::filesystem::resize_file(file, size / 2); }
  SECTION("empty") { std::filesystem::resize_file(file, 0); }
  KeptRows rows(folder.path(), "rows");
  CHECK(rows.is_there(kept));
  CHECK_FALSE(rows.go_on(kept));
  std::filesystem::remove(file);
  CHECK_FALSE(rows.is_there(kept));
}
