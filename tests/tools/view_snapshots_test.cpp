#include "tools/braid/view_snapshots.hpp"

#include <catch2/catch.hpp>

#include "adapters/lmdb/row_store.hpp"
#include "projections/projection.hpp"
#include "tests/support/disk_ledger.hpp"
#include "tools/braid/first_entries.hpp"
#include "tools/braid/views.hpp"

using namespace braid;
using namespace braid::cli;
using Catch::Matchers::Contains;

namespace {

const test::DiskLedger& county() {
  static const test::DiskLedger ledger(11, 30, 12);
  return ledger;
}

/// A snapshot as it would have been kept when the views had seen so many entries.
std::filesystem::path kept_at(std::uint32_t partition, Sequence size) {
  auto folder = county().directory().snapshots(partition) / std::to_string(size);
  const support::TemporaryFolder scratch;
  lmdb::RowStore store(scratch.path());
  const lmdb::EventLog log(county().directory());
  fold_first_entries(*log.reader(partition), size, store, 1);
  lmdb::copy_rows(scratch.path(), folder);
  return folder;
}

struct NoneKept {
  NoneKept() { std::filesystem::remove_all(county().directory().root() / "snapshots"); }
};

Moment at_entry(Sequence entry) {
  const auto ledger = county().ledger();
  return moment_named(ledger, lmdb::EventLog(ledger.directory), std::to_string(entry), "0");
}

void change_a_row(const std::filesystem::path& folder) {
  lmdb::RowStore store(folder);
  OwnedBytes key, value;
  store.scan("receipts", {}, [&](Bytes found, Bytes bytes) {
    key.assign(found.begin(), found.end());
    value.assign(bytes.begin(), bytes.end());
    return false;
  });
  REQUIRE_FALSE(value.empty());
  value.back() ^= std::byte{1};
  const RowChange row{key, value};
  const TableChanges table{"receipts", std::span(&row, 1)};
  const auto position = *store.position();
  store.commit(std::span(&table, 1), OwnedBytes(position.begin(), position.end()));
}

}  // namespace

TEST_CASE("From a snapshot the views are those that are folded from the first entry") {
  const NoneKept none;
  const auto size = county().size(0);
  for (const Sequence kept : {Sequence{1}, size / 3, size / 2, size - 1, size}) kept_at(0, kept);
  const auto ledger = county().ledger();
  for (const auto entry : {Sequence{0}, Sequence{5}, size / 3 - 1, size / 3, size / 2 + 7, size - 1}) {
    const auto moment = at_entry(entry);
    const LedgerViews anew(ledger, moment);
    const LedgerViews since(ledger, moment, LedgerViews::Since::snapshot);
    CHECK(anew.believed().empty());
    REQUIRE(since.believed().size() == 1);
    CHECK_THAT(since.believed().front(), Contains("partition 0") && Contains("at its word"));
    REQUIRE(since.partitions().size() == anew.partitions().size());
    for (std::size_t i = 0; i < anew.partitions().size(); ++i)
      CHECK(projections::views_digest(since.partitions()[i]->rows) ==
            projections::views_digest(anew.partitions()[i]->rows));
    CHECK(since.positions() == anew.positions());
  }
}

TEST_CASE("The live views are kept as they stand, once, and the last of them stay") {
  const NoneKept none;
  ViewSnapshots snapshots(county().directory(), 0);
  CHECK(snapshots.all().empty());
  kept_at(0, 10);
  kept_at(0, 9);
  for (int times = 0; times < 2; ++times) {
    const auto kept = snapshots.keep();
    REQUIRE(kept);
    CHECK(kept->size == county().size(0));
    const LedgerViews live(county().ledger());
    CHECK(projections::views_digest(lmdb::RowSnapshot(kept->folder)) ==
          projections::views_digest(live.partitions().at(1)->rows));
  }
  REQUIRE(snapshots.all().size() == 3);
  CHECK(snapshots.before(county().size(0))->size == county().size(0));
  CHECK(snapshots.before(county().size(0) - 1)->size == 10);
  CHECK(snapshots.before(9)->size == 9);
  CHECK_FALSE(snapshots.before(8));
  CHECK(snapshots.keep_last(2) == 1);
  REQUIRE(snapshots.all().size() == 2);
  CHECK(snapshots.all().front().size == 10);
}

TEST_CASE("What a killed `snapshot keep` left is not taken for a snapshot, and does no harm") {
  const NoneKept none;
  ViewSnapshots snapshots(county().directory(), 0);
  const auto folder = county().directory().snapshots(0);
  lmdb::make_folder(folder / "part");
  lmdb::replace_file(folder / "part" / "data.mdb", "half a file");
  CHECK(snapshots.all().empty());
  CHECK(snapshots.keep()->size == county().size(0));
}

TEST_CASE("A snapshot that was cut short is passed over, wherever it was cut") {
  const NoneKept none;
  kept_at(0, 9);
  const auto file = kept_at(0, 30) / "data.mdb";
  const auto size = std::filesystem::file_size(file);
  const ViewSnapshots snapshots(county().directory(), 0);
  REQUIRE(snapshots.before(40)->size == 30);
  std::filesystem::resize_file(file, GENERATE_COPY(size - 1, size / 2, std::uintmax_t{8192},
                                                   std::uintmax_t{5000}, std::uintmax_t{0}));
  CHECK(snapshots.before(40)->size == 9);
  CHECK_FALSE(snapshots.all().back().position());
}

TEST_CASE("A snapshot of another history, or one that says other than its name, is refused") {
  const NoneKept none;
  const auto ledger = county().ledger();
  const auto folder = county().directory().snapshots(0);
  SECTION("another history's") {
    static const test::DiskLedger other(12, 30, 12);
    lmdb::RowStore store(folder / "20");
    fold_first_entries(*lmdb::EventLog(other.directory()).reader(0), 20, store, 1);
  }
  SECTION("renamed") { std::filesystem::rename(kept_at(0, 20), folder / "19"); }
  CHECK_THROWS_WITH(LedgerViews(ledger, at_entry(40), LedgerViews::Since::snapshot),
                    Contains("is not of this history"));
}

TEST_CASE("Views of another version of the projections are not begun from") {
  const NoneKept none;
  const auto folder = kept_at(0, 20);
  {
    lmdb::RowStore store(folder);
    auto position = *projections::decode_position(*store.position());
    position.stamp = "others";
    store.commit({}, encode(position));
  }
  CHECK_FALSE(ViewSnapshots(county().directory(), 0).before(20));
  CHECK(ViewSnapshots(county().directory(), 0).keep());
}

TEST_CASE("A snapshot that was altered is believed by who begins from it: `check` is for that") {
  const NoneKept none;
  change_a_row(kept_at(0, 30));
  const auto ledger = county().ledger();
  const LedgerViews anew(ledger, at_entry(29));
  const LedgerViews since(ledger, at_entry(29), LedgerViews::Since::snapshot);
  CHECK(projections::views_digest(since.partitions().at(1)->rows) !=
        projections::views_digest(anew.partitions().at(1)->rows));
}
