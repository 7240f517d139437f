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
  /// Of the ledger's own views; declared before `held`: held until they are closed.
  std::optional<lmdb::Generation> generation;
  std::shared_ptr<const RowReader> held;
  Position position;
  const RowReader& rows = *held;
};

/// The views of a ledger, each partition at one moment, while others write. Thread: one.
class LedgerViews {
 public:
  /// Throws UsageError where the views were never built.
  explicit LedgerViews(const Ledger& ledger);
  /// Where rows of the past come from.
  enum class Since {
    first_entry,  ///< folded anew: neither reads nor touches the ledger's own
    snapshot,     ///< folded on from the last snapshot that the operator kept before, which is
                  ///< believed; where there is none, from the first entry
  };
  /// As they were at a moment, in a scratch folder that is removed with this object. Shows progress
  /// on a terminal.
  LedgerViews(const Ledger& ledger, const Moment& moment, Since since = Since::first_entry);

  /// The register first, then the places that have views.
  [[nodiscard]] const std::vector<std::unique_ptr<PartitionViews>>& partitions() const {
    return partitions_;
  }
  [[nodiscard]] const RowReader& registry() const { return partitions_.front()->rows; }
  [[nodiscard]] projections::ViewsSnapshot snapshot() const;
  [[nodiscard]] std::vector<Position> positions() const;
  /// A sentence for each snapshot that was believed.
  [[nodiscard]] const std::vector<std::string>& believed() const { return believed_; }

 private:
  std::optional<ScratchFolder> scratch_;  // declared before what lies in it
  std::vector<std::unique_ptr<PartitionViews>> partitions_;
  std::vector<std::string> believed_;
};

/// The views once they show all that the log holds now: whoever writes the ledger flushes them soon
/// after. As they are where that takes ten seconds; their positions say how far behind. Throws as
/// LedgerViews does.
std::unique_ptr<LedgerViews> views_of_now(const Ledger& ledger);

}  // namespace braid::cli
