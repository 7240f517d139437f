// `braid project`: brings the views up to the end of the history.
#include <fmt/format.h>

#include <chrono>
#include <thread>

#include "adapters/lmdb/writer_lock.hpp"
#include "adapters/socket/client.hpp"
#include "events/faults.hpp"
#include "tools/braid/commands.hpp"
#include "tools/braid/ledger.hpp"
#include "tools/braid/progress.hpp"
#include "tools/braid/views_keeper.hpp"

namespace braid::cli {
namespace {

using Clock = std::chrono::steady_clock;

struct Options {
  bool rebuild = false;
};

void project(std::uint32_t partition, const Ledger& ledger, const lmdb::EventLog& log,
             bool rebuild) {
  const auto begun = Clock::now();
  const auto known = rebuild ? std::nullopt : view_position(ledger.directory, partition);
  const auto name = name_of_partition(partition);
  Sequence folded = 0;
  {
    Progress progress("partition " + name, "entries");
    const auto show = [&](Sequence done, Sequence size) { progress.show(done, size); };
    ViewsKeeper keeper(partition, ledger.directory, log,
                       {.threads = 2, .rebuild = rebuild, .progress = show});
    keeper.catch_up(show);
    folded = keeper.folded();
  }
  const bool went_on = known && known->stamp == projections::views_stamp();
  const auto fresh = folded - (went_on ? known->chain.size() : 0);
  const std::chrono::duration<double> time = Clock::now() - begun;
  fmt::print("partition {:<8}  {:>12} entries, {} new, {:.2f} s{}\n", name, grouped(folded),
             grouped(fresh), time.count(), fresh == 0 ? "" : ", " + rate(fresh, time));
}

/// A running `serve` keeps the views itself: all there is to do is to wait for it.
bool follows_by_itself(const Ledger& ledger, const lmdb::EventLog& log) {
  if (!socket::Client::connect(ledger.directory.socket())) return false;
  for (const auto partition : ledger.founding.all_partitions()) {
    const auto size = log.reader(partition)->size();
    const auto seen = [&] {
      const auto position = view_position(ledger.directory, partition);
      return position ? position->chain.size() : 0;
    };
    while (seen() < size) {
      if (!socket::Client::connect(ledger.directory.socket())) return false;
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
  }
  fmt::print("a running `serve` keeps the views live; they are up to date\n");
  return true;
}

Exit run(const Options& options, const Common& common) {
  const auto ledger = open_ledger(common.ledger_path());
  const lmdb::EventLog log(ledger.directory);
  if (!options.rebuild && follows_by_itself(ledger, log)) return Exit::done;
  const lmdb::WriterLock lock(ledger.directory);  // only one process writes the views
  for (const auto partition : ledger.founding.all_partitions())
    if (log.reader(partition)->size() != 0) project(partition, ledger, log, options.rebuild);
  return Exit::done;
}

Command::Run declare(CLI::App& app, const Common& common) {
  auto options = std::make_shared<Options>();
  app.add_flag(
      "--rebuild", options->rebuild,
      "build all views anew beside those that readers see, and swap them in when they are done");
  return [options, &common] { return run(*options, common); };
}

}  // namespace

const Command project_command = {
    "project", "bring the views up to the end of the history, or build them anew",
    "  braid project --ledger ./northshire\n  braid project --rebuild --ledger ./northshire",
    declare};

}  // namespace braid::cli
