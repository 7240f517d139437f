#pragma once
#include <map>
#include <memory>
#include <optional>

#include "adapters/lmdb/event_log.hpp"
#include "ledger/audit/gather_evidence.hpp"
#include "tools/braid/history_tiles.hpp"
#include "tools/braid/ledger.hpp"

namespace braid::cli {

/// The last checkpoint of a partition that readers are shown.
struct ShownCheckpoint {
  std::string note;
  ledger::Checkpoint checkpoint;
};

/// Nothing where none was signed. Throws Refused where no live key of the operator signed it.
std::optional<ShownCheckpoint> shown_checkpoint(const Ledger& ledger, std::uint32_t partition);
/// The same for what goes on without: nothing, too, where a key signed it that was revoked since,
/// and none has signed it anew.
std::optional<ShownCheckpoint> live_checkpoint(const Ledger& ledger, std::uint32_t partition);

/// A ledger on this disk, or a mirror of one, as a place to take evidence from: every partition
/// that a checkpoint was signed for. Thread: one.
class LedgerEvidence {
 public:
  /// Borrows `ledger`. Throws Refused where no live key of the operator signed what is shown, or where
  /// nothing of the register is.
  explicit LedgerEvidence(const Ledger& ledger);

  [[nodiscard]] const ledger::EvidenceSources& sources() const { return sources_; }

 private:
  void add(const Ledger& ledger, std::uint32_t partition);

  lmdb::EventLog log_;
  std::vector<std::unique_ptr<EntrySource>> readers_;
  std::vector<std::unique_ptr<HistoryTiles>> tiles_;
  ledger::EvidenceSources sources_;
};

}  // namespace braid::cli
