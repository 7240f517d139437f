#include <catch2/catch.hpp>

#include <unistd.h>

#include "adapters/lmdb/row_store.hpp"
#include "projections/projection.hpp"
#include "tests/support/child_process.hpp"
#include "tests/support/disk_ledger.hpp"
#include "tools/braid/partition_check.hpp"
#include "tools/braid/view_snapshots.hpp"
#include "tools/synth/event_writer.hpp"

// `kill -9` of `audit verify --resume` and of `snapshot keep`, again and again.

namespace braid::cli {
namespace {

using support::ChildProcess;

constexpr int kills = 60;
constexpr std::uint64_t longest_life_us = 40'000;

PartitionReport verify(const std::filesystem::path& ledger, const std::filesystem::path& kept) {
  ChildProgress progress;
  return check_partition(open_ledger(ledger), 0, {.threads = 2, .resume = kept}, progress);
}

/// What an auditor and an operator do by the clock, until it is killed.
int work(const std::filesystem::path& ledger, const std::filesystem::path& kept,
         const ChildProcess::Say& say) {
  say("begun");
  for (;;) {
    verify(ledger, kept);
    const auto opened = open_ledger(ledger);
    ViewSnapshots snapshots(opened.directory, 0);
    snapshots.keep();
    snapshots.keep_last(0);
  }
}

/// 0 where all that is kept can be gone on from.
int look(const std::filesystem::path& ledger, const std::filesystem::path& kept) {
  const auto report = verify(ledger, kept);
  if (report.bad || report.kept.starts_with("nothing") || report.views != "equal") return 1;
  const auto again = verify(ledger, kept);
  if (again.read_before != report.entries) return 2;
  const auto opened = open_ledger(ledger);
  for (const auto& snapshot : ViewSnapshots(opened.directory, 0).all())
    if (const auto position = snapshot.position(); !position || position->chain.root().hex() != report.root)
      return 3;
  return 0;
}

}  // namespace

TEST_CASE("Verifications and snapshots that are killed anywhere leave what can be gone on from") {
  const test::DiskLedger county(13, 30, 12);
  const support::TemporaryFolder folder;
  const auto ledger = county.directory().root();
  synth::Dice dice(13);
  for (int i = 0; i < kills; ++i) {
    const auto kept = folder / std::to_string(i / 10);  // a first run is killed too
    {
      ChildProcess working([&](const auto& say) { return work(ledger, kept, say); });
      REQUIRE(working.hear() == "begun");
      ::usleep(static_cast<useconds_t>(dice.below(longest_life_us)));
      working.kill();
      CHECK(working.wait() == -9);
    }
    if (i % 3 != 2) continue;
    ChildProcess looking([&](const auto&) { return look(ledger, kept); });
    INFO("after kill " << i);
    CHECK(looking.wait() == 0);
  }
}

}  // namespace braid::cli
