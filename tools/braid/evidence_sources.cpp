#include "tools/braid/evidence_sources.hpp"

#include <optional>

#include "tools/braid/checkpoint_book.hpp"
#include "tools/braid/command.hpp"

namespace braid::cli {
namespace {

/// What readers are shown; before a witness has cosigned anything, the last that was signed.
std::optional<std::string> shown_note(const Ledger& ledger, std::uint32_t partition) {
  const CheckpointBook book(ledger, partition);
  auto published = book.published();
  return published ? published : book.latest();
}

ShownCheckpoint checked(const Ledger& ledger, std::uint32_t partition, std::string note) {
  auto checkpoint = log_keys(ledger, partition).verify(note);
  if (!checkpoint)
    throw Refused("the last checkpoint kept of partition " + name_of_partition(partition) +
                  " cannot be trusted: " + checkpoint.error());
  return {std::move(note), std::move(*checkpoint)};
}

}  // namespace

std::optional<ShownCheckpoint> shown_checkpoint(const Ledger& ledger, std::uint32_t partition) {
  auto note = shown_note(ledger, partition);
  if (!note) return std::nullopt;
  return checked(ledger, partition, std::move(*note));
}

std::optional<ShownCheckpoint> live_checkpoint(const Ledger& ledger, std::uint32_t partition) {
  auto note = shown_note(ledger, partition);
  if (!note) return std::nullopt;
  const auto by = log_keys(ledger, partition).verify_kept(*note);
  if (by && by->revoked_at) return std::nullopt;
  return checked(ledger, partition, std::move(*note));
}

LedgerEvidence::LedgerEvidence(const Ledger& ledger) : log_(ledger.directory) {
  sources_.ledger = ledger.founding.name;
  sources_.partitions = ledger.founding.partitions;
  for (const auto partition : ledger.founding.all_partitions()) add(ledger, partition);
  if (!sources_.by_partition.contains(register_partition))
    throw Refused(
        "there is no checkpoint of the register, so nothing can be proved: the operator signs one "
        "with `braid checkpoint`");
}

void LedgerEvidence::add(const Ledger& ledger, std::uint32_t partition) {
  auto shown = shown_checkpoint(ledger, partition);
  if (!shown) return;
  readers_.push_back(log_.reader(partition));
  tiles_.push_back(std::make_unique<HistoryTiles>(ledger.directory.tree(partition),
                                                  *readers_.back(), shown->checkpoint.size));
  sources_.by_partition[partition] = {readers_.back().get(), tiles_.back().get(),
                                      std::move(shown->note), std::move(shown->checkpoint)};
}

}  // namespace braid::cli
