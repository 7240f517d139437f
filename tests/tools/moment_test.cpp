#include "tools/braid/moment.hpp"

#include <catch2/catch.hpp>

#include "projections/projection.hpp"
#include "tests/support/disk_ledger.hpp"
#include "tools/braid/command.hpp"
#include "tools/braid/view_query.hpp"

using namespace braid;
using namespace braid::cli;
using braid::test::disk_ledger;
using Catch::Matchers::Contains;

namespace {

Moment moment(const std::string& text, const std::string& partition = "") {
  const auto ledger = disk_ledger().ledger();
  return moment_named(ledger, lmdb::EventLog(ledger.directory), text, partition);
}

EntryHead head_of(std::uint32_t partition, Sequence sequence) {
  EntryBatch batch;
  lmdb::EventLog(disk_ledger().directory())
      .reader(partition)
      ->read(sequence, 1, std::chrono::milliseconds{0}, batch);
  return EntryReader(batch.entries.at(0)).head();
}

/// What `braid view` prints of it.
std::string printed(const LedgerViews& views, std::string_view name) {
  const auto file = disk_ledger().folder() / "printed";
  auto* out = std::fopen(file.c_str(), "w+");
  REQUIRE(out != nullptr);
  print_view(views, {.name = std::string(name), .where = {}, .columns = {}, .title = "", .on = {}},
             {}, Format::json, out);
  std::string text(static_cast<std::size_t>(std::ftell(out)), '\0');
  REQUIRE(std::fseek(out, 0, SEEK_SET) == 0);
  REQUIRE(std::fread(text.data(), 1, text.size(), out) == text.size());
  std::fclose(out);
  return text;
}

}  // namespace

TEST_CASE("At the last entry the views are the live ones, to the byte") {
  const auto ledger = disk_ledger().ledger();
  const auto last = std::to_string(disk_ledger().size(0) - 1);
  const LedgerViews live(ledger), then(ledger, moment(last));
  REQUIRE(live.partitions().size() == 2);
  REQUIRE(then.partitions().size() == 2);
  for (std::size_t i = 0; i < 2; ++i) {
    CHECK(projections::views_digest(then.partitions()[i]->rows) ==
          projections::views_digest(live.partitions()[i]->rows));
    CHECK(then.positions()[i].root == live.positions()[i].root);
  }
  for (const auto* view : {"trial_balance", "joint_budget", "receipts", "deadlines"})
    CHECK(printed(then, view) == printed(live, view));
}

TEST_CASE("At an earlier entry nothing that came later is in the views") {
  const auto ledger = disk_ledger().ledger();
  for (const Sequence entry : {Sequence{0}, Sequence{17}, disk_ledger().size(0) / 2}) {
    const LedgerViews then(ledger, moment(std::to_string(entry), "0"));
    const auto& place = then.partitions().at(1);
    CHECK(place->position.size == entry + 1);
    std::size_t accepted = 0, rows = 0;
    const auto source = lmdb::EventLog(ledger.directory).reader(0);
    EntryBatch batch;
    for (Sequence each = 0; each <= entry; ++each) {
      source->read(each, 1, std::chrono::milliseconds{0}, batch);
      accepted += EntryReader(batch.entries.at(0)).get().isAccepted();
    }
    place->rows.scan("receipts", {}, [&](Bytes, Bytes) { return ++rows != 0; });
    CHECK(rows == accepted);
  }
}

TEST_CASE("An instant takes in what was recorded by it, and the register that this had seen") {
  for (Sequence entry : {Sequence{5}, disk_ledger().size(0) - 1}) {
    const auto head = head_of(0, entry);
    const auto at = moment(Instant{head.recorded_at_us}.text());
    REQUIRE(at.sizes.at(0) > entry);
    CHECK(head_of(0, at.sizes.at(0) - 1).recorded_at_us == head.recorded_at_us);
    CHECK(at.sizes.at(register_partition) >= head.register_size);
    const auto before = moment(Instant{head.recorded_at_us - 1}.text());
    CHECK(before.sizes.at(0) <= entry);
    if (at.sizes.at(0) < disk_ledger().size(0))
      CHECK(head_of(0, at.sizes.at(0)).recorded_at_us > head.recorded_at_us);
  }
}

TEST_CASE("A day is taken to its end in UTC, and now is everything") {
  const auto recorded = head_of(0, 0).recorded_at_us;
  const auto day = date_of(Instant{recorded});
  CHECK(moment(day.text()).sizes.at(0) == disk_ledger().size(0));
  CHECK(moment(day.text()).until.us == start_of(add_days(day, 1)).us - 1);
  CHECK(moment("now").sizes == moment(day.text()).sizes);
  CHECK(moment("now").until.us == head_of(0, disk_ledger().size(0) - 1).recorded_at_us);
  CHECK_THROWS_WITH(moment(add_days(day, -1).text()), Contains("was founded at"));
}

TEST_CASE("What is no moment is met with a sentence") {
  CHECK_THROWS_WITH(moment("yesterday"), Contains("is no moment"));
  CHECK_THROWS_WITH(moment("2026-02-30"), Contains("is no moment"));
  CHECK_THROWS_WITH(moment("123456789"), Contains("there is no entry 123456789"));
  CHECK_THROWS_WITH(moment("1", "7"), Contains("no partition \"7\""));
  CHECK_THROWS_WITH(check_partition_is_heeded("0", {"now", "2026-01-01"}),
                    Contains("no such number"));
  CHECK_NOTHROW(check_partition_is_heeded("0", {"now", "12"}));
}
