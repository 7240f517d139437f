#include "tools/braid/log_export.hpp"

#include <catch2/catch.hpp>
#include <fstream>
#include <map>

#include "tests/support/entry_ledger.hpp"
#include "tools/braid/command.hpp"
#include "tools/braid/log_place.hpp"
#include "tools/braid/log_site.hpp"

using namespace braid;
using namespace braid::cli;
using braid::test::EntryHistory;
using braid::test::EntryLedger;
using Catch::Matchers::Contains;

namespace {

constexpr Sequence most = 66'100;  // level 1 has a full tile, and one that is begun

const EntryHistory& history() {
  static const EntryHistory one(most);
  return one;
}

LogExport::Published published(const EntryLedger& made, Sequence size) {
  const ledger::Checkpoint checkpoint{"northshire/0", size, history().root(size)};
  return {.latest = checkpoint, .latest_note = ledger::sign_checkpoint(checkpoint, made.key())};
}

Sequence export_to(const EntryLedger& made, Sequence size, const std::filesystem::path& folder) {
  const auto log = made.reader();
  return LogExport(folder, *log).run(published(made, size), [](Sequence, Sequence) {});
}

/// Every file below a folder but the export's own notes, by its name there.
std::map<std::string, std::string> files_of(const std::filesystem::path& folder) {
  std::map<std::string, std::string> files;
  for (const auto& each : std::filesystem::recursive_directory_iterator(folder)) {
    const auto name = each.path().lexically_relative(folder).string();
    if (!each.is_regular_file() || name.starts_with('.')) continue;
    std::ifstream in(each.path(), std::ios::binary);
    files[name] = {std::istreambuf_iterator<char>(in), {}};
  }
  return files;
}

/// Whether what lies at a place proves `size` entries, each by its bundle.
void check_place(const LogPlace& place, Sequence size) {
  const PublishedTiles tiles(place);
  CHECK(root_at(tiles, size) == history().root(size));
  for (Sequence first = 0; first < size; first += tile_width) {
    const auto width = std::min<Sequence>(tile_width, size - first);
    const auto bytes =
        place.fetch(ledger::TileName{true, {0, first / tile_width}, width}.text(), 1 << 20);
    REQUIRE(bytes);
    const auto entries = ledger::entries_of(as_bytes(*bytes));
    REQUIRE(entries);
    REQUIRE(entries->size() == width);
    for (Sequence i = 0; i < width; ++i)
      if (leaf_hash((*entries)[i]) != history().leaves()[first + i]) FAIL("another entry");
  }
}

}  // namespace

TEST_CASE("An export holds each tile and each entry of the checkpoint, as C2SP tlog-tiles has it") {
  const EntryLedger made;
  made.grow(history(), most);
  const auto folder = made.folder() / "export";
  CHECK(export_to(made, most, folder) == most);
  const auto place = open_log_place(folder);
  check_place(*place, most);
  const auto files = files_of(folder);
  CHECK(files.at("checkpoint") == published(made, most).latest_note);
  CHECK(files.size() == 1 + 2 * (258 + 1) + 2 + 1);
  for (const auto* name : {"tile/0/257", "tile/0/258.p/52", "tile/entries/258.p/52", "tile/1/000",
                           "tile/1/001.p/2", "tile/2/000.p/1"})
    CHECK(files.contains(name));
}

TEST_CASE("An export that is repeated writes what is new, and comes to the same files") {
  const EntryLedger made;
  made.grow(history(), most);
  const auto grown = made.folder() / "grown";
  for (const Sequence size : {0, 1, 255, 256, 300, 65'536, 65'537}) export_to(made, size, grown);
  const auto before = std::filesystem::last_write_time(grown / "tile/0/000");
  CHECK(export_to(made, most, grown) == most - 65'537);
  CHECK(export_to(made, most, grown) == 0);
  CHECK(std::filesystem::last_write_time(grown / "tile/0/000") == before);
  check_place(*open_log_place(grown), most);
  const auto at_once = made.folder() / "at-once";
  export_to(made, most, at_once);
  const auto all = files_of(grown);
  for (const auto& [name, bytes] : files_of(at_once)) CHECK(all.at(name) == bytes);
}

TEST_CASE("An export is not written over another history's, nor over one that was altered") {
  const EntryLedger made;
  made.grow(history(), 600);
  const auto folder = made.folder() / "export";
  export_to(made, 500, folder);
  const EntryLedger other;
  const EntryHistory others(600, 1);
  other.grow(others, 600);
  const auto log = other.reader();
  const ledger::Checkpoint theirs{"northshire/0", 600, others.root(600)};
  const LogExport::Published shown{theirs, ledger::sign_checkpoint(theirs, other.key()), {}, {}, false};
  CHECK_THROWS_AS(LogExport(folder, *log).run(shown, [](Sequence, Sequence) {}), HistoryBroken);
  CHECK_THROWS_WITH(export_to(made, 400, folder), Contains("holds 500 entries already"));
  std::filesystem::resize_file(folder / "tile/1/000.p/1", 31);
  CHECK_THROWS(export_to(made, 600, folder));
}

TEST_CASE("What an export holds of a smaller checkpoint that was cosigned can be proved as well") {
  const EntryLedger made;
  made.grow(history(), most);
  const auto folder = made.folder() / "export";
  export_to(made, 66'000, folder);
  auto shown = published(made, most);
  const auto smaller = published(made, 65'900);
  shown.cosigned = smaller.latest;
  shown.cosigned_note = smaller.latest_note;
  shown.has_witnesses = true;
  const auto log = made.reader();
  LogExport(folder, *log).run(shown, [](Sequence, Sequence) {});
  const auto place = open_log_place(folder);
  check_place(*place, 65'900);
  check_place(*place, most);
  CHECK(place->fetch("checkpoint", 10'000) == smaller.latest_note);
  CHECK(place->fetch(std::string(to_cosign_name), 10'000) == shown.latest_note);
}

TEST_CASE("An entry that the log no longer gives as it was signed is not exported with a checkpoint") {
  const EntryLedger made;
  const EntryHistory others(600, 1);
  made.grow(others, 600);
  CHECK_THROWS_WITH(export_to(made, 600, made.folder() / "export"), Contains("it was altered"));
  CHECK_FALSE(std::filesystem::exists(made.folder() / "export" / "checkpoint"));
}

TEST_CASE("Over HTTP there is what an export holds, byte for byte, and nothing that is not yet there") {
  const EntryLedger made;
  made.grow(history(), 700);
  made.keep_tree();
  const auto folder = made.folder() / "export";
  export_to(made, 700, folder);
  const auto ledger = made.ledger();
  const LogSite site(ledger);
  for (const auto& [name, bytes] : files_of(folder)) {
    if (name == "checkpoint") continue;
    const auto shown = site.at("/log/0/" + name);
    INFO(name);
    CHECK((shown.status == 200 && shown.immutable && shown.body == bytes));
  }
  for (const auto* missing :
       {"/", "/log", "/log/", "/log/0", "/log/0/", "/log/1/checkpoint", "/log/00/checkpoint",
        "/log/0/checkpoint", "/log/0/tile/0/002", "/log/0/tile/0/003.p/1", "/log/0/tile/0/002.p/189",
        "/log/0/tile/entries/003", "/log/0/tile/1/001", "/log/0/tile/7/000", "/log/0/tile/8/000",
        "/log/0/../../keys/operator.pem", "/log/register/checkpoint",
        "/log/0/tile/0/x018/x446/x744/x073/x709/x551/615"}) {
    INFO(missing);
    CHECK(site.at(missing).status == 404);
    CHECK_FALSE(site.at(missing).immutable);
  }
}

TEST_CASE("A log that is served is signed as it grows, and what is served proves it") {
  const EntryLedger made;
  made.grow(history(), 700);
  made.keep_tree();
  const auto ledger = made.ledger();
  const LogService service(ledger, {});
  const auto place = open_log_place("http://127.0.0.1:" + std::to_string(service.port()) + "/log/0");
  std::optional<std::string> note;
  for (int attempt = 0; attempt < 1'000 && !note; ++attempt) {
    note = place->fetch("checkpoint", 10'000);
    if (!note) std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  REQUIRE(note);
  CHECK(*note == published(made, 700).latest_note);
  check_place(*place, 700);
}

TEST_CASE("A place that is neither a folder nor an address is said to be so") {
  CHECK_THROWS_WITH(open_log_place("no/such/folder"), Contains("is no folder"));
  CHECK_THROWS_WITH(open_log_place("https://ledger.example/log/0"), Contains("proxy"));
}
