#pragma once
#include <memory>
#include <vector>

#include "adapters/lmdb/row_store.hpp"
#include "adapters/lmdb/view_directory.hpp"
#include "projections/reports/report.hpp"
#include "tools/braid/ledger.hpp"
#include "tools/braid/moment.hpp"
#include "tools/braid/output/sheet.hpp"
#include "tools/braid/scratch_folder.hpp"

namespace braid::cli {

/// One partition's views at one moment.
struct PartitionViews {
  std::uint32_t partition;
  /// Of the ledger's own views; declared before `rows`: held until they are closed.
  std::optional<lmdb::Generation> generation;
  lmdb::RowSnapshot rows;
  Position position;
};

/// The views of a ledger, each partition at one moment, while others write. Thread: one.
class LedgerViews {
 public:
  /// Throws UsageError where the views were never built.
  explicit LedgerViews(const Ledger& ledger);
  /// As they were at a moment: folded anew from the entries up to it, in a scratch folder that is
  /// removed with this object. Neither reads nor touches the ledger's own. Shows progress on a
  /// terminal.
  LedgerViews(const Ledger& ledger, const Moment& moment);

  /// The register first, then the places that have views.
  [[nodiscard]] const std::vector<std::unique_ptr<PartitionViews>>& partitions() const {
    return partitions_;
  }
  [[nodiscard]] const RowReader& registry() const { return partitions_.front()->rows; }
  [[nodiscard]] projections::ViewsSnapshot snapshot() const;
  [[nodiscard]] std::vector<Position> positions() const;

 private:
  std::optional<ScratchFolder> scratch_;  // declared before what lies in it
  std::vector<std::unique_ptr<PartitionViews>> partitions_;
};

/// The views once they show all that the log holds now: whoever writes the ledger flushes them soon
/// after. As they are where that takes ten seconds; their positions say how far behind. Throws as
/// LedgerViews does.
std::unique_ptr<LedgerViews> views_of_now(const Ledger& ledger);

}  // namespace braid::cli
