#include "adapters/lmdb/event_log.hpp"

#include <catch2/catch.hpp>
#include <random>

#include "tests/contract/event_log_contract.hpp"
#include "tests/support/child_process.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace braid;
using braid::support::append_numbered;
using braid::support::ChildProcess;
using braid::support::count_numbered;
using braid::support::TemporaryFolder;

namespace {

constexpr std::uint32_t place = 0;

std::unique_ptr<lmdb::EventLog> open_log(const TemporaryFolder& folder,
                                         lmdb::EnvironmentOptions options = {}) {
  auto directory = lmdb::LedgerDirectory::open(folder / "ledger");
  if (!directory) directory = lmdb::LedgerDirectory::create(folder / "ledger");
  return std::make_unique<lmdb::EventLog>(directory.value(), options);
}

}  // namespace

TEST_CASE("A log on LMDB keeps every promise of a log") {
  TemporaryFolder folder;
  support::check_event_log_contract([&] { return open_log(folder); });
}

TEST_CASE("A log on LMDB keeps every promise of a log while its map grows from 64 kB") {
  TemporaryFolder folder;
  support::check_event_log_contract([&] { return open_log(folder, {.map_bytes = 64 << 10}); });
}

TEST_CASE("A log on LMDB keeps bytes of any length") {
  TemporaryFolder folder;
  support::check_any_bytes(*open_log(folder));
}

TEST_CASE("A second writer is told which process holds the ledger, and gets it when that ends") {
  TemporaryFolder folder;
  open_log(folder);
  ChildProcess holder([&](const ChildProcess::Say& say) {
    auto log = open_log(folder);
    auto writer = log->take_over(place);
    append_numbered(*writer, 0, 3);
    say("holding");
    ::pause();
    return 0;
  });
  REQUIRE(holder.hear() == "holding");
  auto log = open_log(folder);
  CHECK_THROWS_WITH(log->take_over(1), Catch::StartsWith("process " + std::to_string(holder.pid()) +
                                                         " (braid_adapters_lmdb") &&
                                           Catch::EndsWith("; submit through it or stop it"));
  CHECK(log->reader(place)->size() == 3);
  holder.kill();
  holder.wait();
  append_numbered(*log->take_over(place), 3, 5);
  CHECK(count_numbered(*log->reader(place)) == 5);
}

TEST_CASE(
    "A reader in another process follows a log from before it is there, and while its map grows") {
  TemporaryFolder folder;
  constexpr Sequence end = 3000;
  open_log(folder);
  ChildProcess follower([&](const ChildProcess::Say& say) {
    auto log = open_log(folder, {.map_bytes = 64 << 10});
    auto reader = log->reader(place);
    say("following");
    EntryBatch batch;
    Sequence met = 0;
    while (met < end) {
      reader->read(met, 50'000, std::chrono::seconds(60), batch);
      if (batch.entries.empty()) return 1;
      for (auto entry : batch.entries)
        if (std::memcmp(entry.data(), support::numbered_entry(met++).data(), entry.size()) != 0)
          return 2;
    }
    return 0;
  });
  REQUIRE(follower.hear() == "following");
  auto log = open_log(folder, {.map_bytes = 64 << 10});
  append_numbered(*log->take_over(place), 0, end, 37);
  CHECK(follower.wait() == 0);
}

TEST_CASE("After kill -9 at any moment every append that returned is there, without a gap") {
  TemporaryFolder folder;
  open_log(folder);
  auto seed = std::random_device()();
  INFO("seed " << seed);
  std::mt19937 random(seed);
  Sequence known = 0;
  for (int round = 0; round < 30; ++round) {
    ChildProcess writing([&](const ChildProcess::Say& say) {
      auto log = open_log(folder, {.map_bytes = 256 << 10});
      auto writer = log->take_over(place);
      std::mt19937 own_random(seed + static_cast<unsigned>(round));
      for (Sequence at = log->reader(place)->size();;) {
        Sequence to = at + 1 + own_random() % 50;
        append_numbered(*writer, at, to, 50);
        say(std::to_string(at = to));
      }
      return 0;
    });
    for (auto appends = random() % 20; appends > 0; --appends) known = std::stoull(writing.hear());
    writing.kill();
    writing.wait();
    for (auto line = writing.hear(); !line.empty(); line = writing.hear())
      known = std::stoull(line);
    auto log = open_log(folder);
    auto there = log->reader(place)->size();
    REQUIRE(there >= known);
    REQUIRE(count_numbered(*log->reader(place)) == there);
  }
  CHECK(known > 0);
}
