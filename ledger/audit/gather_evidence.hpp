#pragma once
#include <map>
#include <span>

#include "events/parsed.hpp"
#include "events/tile_tree.hpp"
#include "ledger/audit/evidence.hpp"
#include "ledger/checkpoint.hpp"

namespace braid::ledger {

/// One partition to take evidence from: its history, its tree, and a checkpoint that both reach.
/// Borrows.
struct EvidenceSource {
  const EntrySource* entries = nullptr;
  const TileSource* tiles = nullptr;
  std::string note;  ///< the signed checkpoint
  Checkpoint checkpoint;
};

/// What evidence is taken from: the register among the partitions.
struct EvidenceSources {
  std::string ledger;
  std::uint32_t partitions = 0;
  std::map<std::uint32_t, EvidenceSource> by_partition;
};

/// An entry somewhere.
struct EntryPlace {
  std::uint32_t partition = 0;
  Sequence sequence = 0;

  auto operator<=>(const EntryPlace&) const = default;
};

/// The evidence of these entries, which hold an event each: accepted or refused. Reads each
/// entry's submission once and the register's beginning; the proofs come from the trees. A sentence
/// where an entry cannot be given as evidence: recorded after the checkpoint, or without an event.
/// Throws HistoryBroken where the history cannot be read.
Parsed<Evidence> gather_evidence(const EvidenceSources& sources, std::string subject,
                                 std::span<const EntryPlace> entries);

}  // namespace braid::ledger
