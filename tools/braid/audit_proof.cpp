// `braid audit proof`: that one entry stands in the ledger, as a file that is checked anywhere.
#include <fmt/format.h>

#include "adapters/lmdb/durable_file.hpp"
#include "events/faults.hpp"
#include "ledger/tlog_proof.hpp"
#include "tools/braid/commands.hpp"
#include "tools/braid/published_log.hpp"
#include "tools/braid/reading_ledger.hpp"
#include "tools/braid/tree_keeper.hpp"

namespace braid::cli {
namespace {

struct Options {
  std::string partition;
  Sequence sequence = 0;
};

/// From the stored tree; it may be altered, so the proof is checked before it is given away.
ledger::TlogProof proof_of(const Ledger& ledger, std::uint32_t partition, Sequence sequence,
                           const ledger::Checkpoint& checkpoint, const std::string& note) {
  const auto folder = ledger.directory.tree(partition);
  if (tree_chain(folder).size() < checkpoint.size)
    throw UsageError("the stored tree of partition " + name_of_partition(partition) +
                     " is behind the checkpoint; bring it up with `braid project`");
  const lmdb::RowSnapshot rows(folder);
  return {{}, sequence, inclusion_proof(StoredTree(rows), sequence, checkpoint.size), note};
}

Exit run(const Options& options, const Common& common) try {
  const ReadingLedger reading(common.place(), ReadingLedger::Views::brought_up);
  const auto& ledger = reading.ledger();
  const auto partition = partition_named(ledger.founding, options.partition);
  const auto log = lmdb::EventLog(ledger.directory).reader(partition);
  Checkpoints checkpoints(ledger);
  const auto published = published_now(ledger, *log, checkpoints, partition);
  const bool covered = published.cosigned && options.sequence < published.cosigned->size;
  const auto& checkpoint = covered ? *published.cosigned : published.latest;
  if (options.sequence >= checkpoint.size)
    throw UsageError(fmt::format("partition {} has entries 0 to {}", options.partition,
                                 checkpoint.size - 1));
  const auto proof =
      proof_of(ledger, partition, options.sequence, checkpoint,
               covered ? published.cosigned_note : published.latest_note);
  EntryBatch batch;
  log->read(options.sequence, 1, std::chrono::milliseconds{0}, batch);
  const auto sound = ledger::verify_proof(proof, leaf_hash(batch.entries.at(0)),
                                          CheckpointBook(ledger, partition).keys());
  if (!sound)
    throw HistoryBroken("log, stored tree and checkpoint do not agree: " + sound.error() +
                        ". Look with `braid verify`");
  fmt::print("{}", proof.text());
  return Exit::done;
} catch (const HistoryBroken& broken) {
  throw Refused(broken.what());
}

Command::Run declare(CLI::App& app, const Common& common) {
  auto options = std::make_shared<Options>();
  app.add_option("SEQUENCE", options->sequence, "the entry's number, as `braid log` shows it")
      ->required();
  app.add_option("--partition", options->partition, "of: register, 0, 1 ...")->required();
  return [options, &common] { return run(*options, common); };
}

}  // namespace

const Command audit_proof_command = {
    "audit proof", "print the proof that an entry stands in the ledger (C2SP tlog-proof)",
    "  braid audit proof 82 --partition 0 --ledger ./northshire > entry-82.tlog-proof", declare};

}  // namespace braid::cli
