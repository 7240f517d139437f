// `braid audit export`: the history and its tree as files that other people's tools read.
#include <fmt/format.h>

#include <chrono>

#include "events/faults.hpp"
#include "tools/braid/commands.hpp"
#include "tools/braid/output/cell.hpp"
#include "tools/braid/progress.hpp"
#include "tools/braid/published_log.hpp"
#include "tools/braid/reading_ledger.hpp"

namespace braid::cli {
namespace {

using Clock = std::chrono::steady_clock;

struct Options {
  std::string folder;
  std::string partition;
};

void export_partition(const Ledger& ledger, const EntrySource& log, Checkpoints& checkpoints,
                      std::uint32_t partition, const std::filesystem::path& folder) {
  const auto begun = Clock::now();
  const auto name = name_of_partition(partition);
  Progress shown("exporting partition " + name, "entries");
  const auto published = published_now(ledger, log, checkpoints, partition);
  const auto written = LogExport(folder / name, log).run(published, [&](Sequence done, Sequence size) {
    shown.show(done, size);
  });
  const std::chrono::duration<double> time = Clock::now() - begun;
  fmt::print("partition {:<8}  {:>12} entries, {} new, {:.2f} s{}\n", name,
             grouped(published.latest.size), grouped(written), time.count(),
             written == 0 ? "" : ", " + rate(written, time));
}

Exit run(const Options& options, const Common& common) try {
  const ReadingLedger reading(common.place(), ReadingLedger::Views::brought_up);
  const auto& ledger = reading.ledger();
  const lmdb::EventLog log(ledger.directory);
  Checkpoints checkpoints(ledger);
  for (const auto partition : partitions_named(ledger.founding, options.partition)) {
    const auto source = log.reader(partition);
    if (source->size() != 0)
      export_partition(ledger, *source, checkpoints, partition, options.folder);
  }
  return Exit::done;
} catch (const HistoryBroken& broken) {
  throw Refused(broken.what());
}

Command::Run declare(CLI::App& app, const Common& common) {
  auto options = std::make_shared<Options>();
  app.add_option("DIR", options->folder, "where to; what is there already is left as it is")
      ->required();
  app.add_option("--partition", options->partition, "only this one: register, 0, 1 ...");
  return [options, &common] { return run(*options, common); };
}

}  // namespace

const Command audit_export_command = {
    "audit export",
    "write history, tree and checkpoints as files that other programs verify (C2SP tlog-tiles)",
    "  braid audit export ./northshire-log --ledger ./northshire", declare};

}  // namespace braid::cli
