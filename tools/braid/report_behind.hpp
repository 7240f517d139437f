#pragma once
#include <set>
#include <vector>

#include "ledger/audit/gather_evidence.hpp"
#include "projections/selected_fold.hpp"
#include "tools/braid/views.hpp"

namespace braid::cli {

/// The entries that the rows of a report may rest on: about the budgets, pools or runs that they
/// name, the events, or the strands. `rows` are some or all of the report's; `views` are those that
/// it was made of. May read the whole history, with progress on a terminal. Throws UsageError where
/// it is not known what the report's rows are about.
std::set<ledger::EntryPlace> entries_behind(const projections::Report& report,
                                            std::span<const std::vector<projections::Cell>> rows,
                                            const LedgerViews& views, const lmdb::EventLog& log);

/// Views over some entries of a ledger as if there were no others, partition by partition.
class SelectedViews {
 public:
  explicit SelectedViews(const Founding& founding);

  /// Takes the next chosen entry of a partition, in the order of the history. Throws HistoryBroken
  /// where the bytes are no entry.
  void add(std::uint32_t partition, Bytes entry);
  /// Good until the next `add`.
  [[nodiscard]] projections::ViewsSnapshot snapshot();

 private:
  std::map<std::uint32_t, projections::SelectedFold> folds_;
};

}  // namespace braid::cli
