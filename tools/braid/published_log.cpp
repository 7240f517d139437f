#include "tools/braid/published_log.hpp"

#include "events/faults.hpp"
#include "tools/braid/chain_to_end.hpp"
#include "tools/braid/command.hpp"

namespace braid::cli {
namespace {

ledger::Checkpoint checked(const std::string& note, const ledger::NoteKey& signer) {
  auto checkpoint = ledger::verify_checkpoint(note, signer);
  if (!checkpoint)
    throw HistoryBroken("a checkpoint of " + signer.name + " was altered: " + checkpoint.error());
  return std::move(*checkpoint);
}

}  // namespace

LogExport::Published published_now(const Ledger& ledger, const EntrySource& log,
                                   Checkpoints& checkpoints, std::uint32_t partition) {
  const CheckpointBook book(ledger, partition);
  if (checkpoints.has_key()) {
    const auto chain = chain_to_end(ledger.directory.tree(partition), log);
    static_cast<void>(checkpoints.sign(partition, chain));
    checkpoints.keep(partition, chain, true);
  }
  const auto latest = book.latest();
  if (!latest)
    throw UsageError("partition " + name_of_partition(partition) +
                     " has no signed checkpoint, and the operator's key is not here to sign one: "
                     "copy the ledger's folder checkpoints/ with its log");
  LogExport::Published published;
  published.latest_note = *latest;
  published.latest = checked(*latest, book.signer());
  published.has_witnesses = !book.witnesses().empty();
  if (!published.has_witnesses) return published;
  if (auto shown = book.published()) {
    published.cosigned = checked(*shown, book.signer());
    published.cosigned_note = std::move(*shown);
  }
  return published;
}

}  // namespace braid::cli
