#include "tools/braid/published_log.hpp"

#include "events/faults.hpp"
#include "tools/braid/chain_to_end.hpp"
#include "tools/braid/command.hpp"

namespace braid::cli {
namespace {

ledger::Checkpoint checked(const std::string& note, const ledger::LogKeys& keys) {
  auto checkpoint = keys.verify(note);
  if (!checkpoint)
    throw HistoryBroken("the last checkpoint of " + keys.name + " cannot be shown: " +
                        checkpoint.error());
  return std::move(*checkpoint);
}

bool is_shown_still(const std::string& note, const ledger::LogKeys& keys) {
  const auto by = keys.verify_kept(note);
  return !by || !by->revoked_at;
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
  const auto keys = book.keys();
  LogExport::Published published;
  published.latest_note = *latest;
  published.latest = checked(*latest, keys);
  published.has_witnesses = !book.witnesses().empty();
  if (!published.has_witnesses) return published;
  // What was cosigned under a key that is revoked since waits for its cosignatures anew.
  if (auto shown = book.published(); shown && is_shown_still(*shown, keys)) {
    published.cosigned = checked(*shown, keys);
    published.cosigned_note = std::move(*shown);
  }
  return published;
}

}  // namespace braid::cli
