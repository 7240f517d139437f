// `braid audit hledger`: the postings as a journal that accountants' own programs read.
#include <fmt/format.h>

#include <memory>

#include "adapters/lmdb/event_log.hpp"
#include "projections/journal.hpp"
#include "tools/braid/commands.hpp"
#include "tools/braid/history_walk.hpp"
#include "tools/braid/output/sheet.hpp"
#include "tools/braid/output/text_output.hpp"
#include "tools/braid/progress.hpp"
#include "tools/braid/reading_ledger.hpp"

namespace braid::cli {
namespace {

using projections::Journal;

struct Options {
  std::string to;
  std::string partition;
};

/// Adds what a partition has recorded; where it stood.
Position add_partition(const EntrySource& source, std::uint32_t partition, Journal& journal) {
  const auto name = name_of_partition(partition);
  HistoryWalk walk(source, source.size());
  Progress progress("partition " + name, "entries");
  while (const auto* entry = walk.next()) {
    if (entry->is_accepted()) journal.add(name, *entry);
    progress.show(walk.chain().size(), walk.size());
  }
  return {name, walk.size(), walk.chain().root().hex(), 0};
}

Exit run(const Options& options, const Common& common) try {
  const ReadingLedger reading(common.place(), ReadingLedger::Views::not_needed);
  const auto& founding = reading.ledger().founding;
  const auto partitions = partitions_named(founding, options.partition);
  const lmdb::EventLog log(reading.ledger().directory);
  TextOutput output(options.to);
  Journal journal(founding.name, [&](std::string_view text) { output.write(text); });
  for (const auto partition : partitions) {
    if (partition == register_partition) continue;  // it moves no money
    const auto at = add_partition(*log.reader(partition), partition, journal);
    journal.remark(fmt::format("partition {} to entry {}, root {}", at.partition, at.size, at.root));
  }
  output.finish();
  if (!options.to.empty())
    fmt::print("{}: {} transactions, one for each strand that an entry moves; {} postings\n",
               options.to, grouped(journal.transactions()), grouped(journal.postings()));
  return Exit::done;
} catch (const HistoryBroken& broken) {
  throw Refused(std::string(broken.what()) + ". No journal was made; look with `braid verify`");
}

Command::Run declare(CLI::App& app, const Common& common) {
  auto options = std::make_shared<Options>();
  app.add_option("--to", options->to, "the file to write; without, standard output");
  app.add_option("--partition", options->partition, "only this place's: 0, 1 ...");
  return [options, &common] { return run(*options, common); };
}

}  // namespace

const Command audit_hledger_command = {
    "audit hledger",
    "write the postings as a journal for hledger: its check and its balances, by none of our code",
    "  braid audit hledger --to northshire.journal --ledger ./northshire\n"
    "  hledger -f northshire.journal check --strict\n"
    "  hledger -f northshire.journal balance --depth 4",
    declare};

}  // namespace braid::cli
