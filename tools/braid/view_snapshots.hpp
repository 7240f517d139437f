#pragma once
#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

#include "adapters/lmdb/durable_file.hpp"
#include "adapters/lmdb/ledger_directory.hpp"
#include "events/entry_source.hpp"
#include "events/parsed.hpp"
#include "events/table/row_store.hpp"
#include "projections/worker.hpp"

namespace braid::cli {

/// One partition's views as they stood when they had seen so many entries.
struct ViewSnapshot {
  std::uint32_t partition = 0;
  Sequence size = 0;
  std::filesystem::path folder;  ///< of a RowStore that nobody changes

  /// How far its rows go, and what made them. A sentence where that cannot be read.
  [[nodiscard]] Parsed<projections::ViewPosition> position() const;
};

/// The copies of one partition's views that its operator keeps, so that what was known then need not
/// be folded from the first entry. They are as good as whoever keeps them: `check`.
class ViewSnapshots {
 public:
  ViewSnapshots(const lmdb::LedgerDirectory& directory, std::uint32_t partition);

  /// Those that are kept, the earliest first.
  [[nodiscard]] std::vector<ViewSnapshot> all() const;
  /// The last that has seen at most `size` entries, of those that can be read and that these
  /// projections made.
  [[nodiscard]] std::optional<ViewSnapshot> before(Sequence size) const;
  /// Copies the live views, while others read and write them. Nothing where there are none. One that
  /// is there already is kept. Throws Refused where another process is at it.
  std::optional<ViewSnapshot> keep();
  /// Removes all but the last `count`; how many went.
  std::size_t keep_last(std::size_t count);

 private:
  [[nodiscard]] lmdb::Descriptor lock() const;
  void remove(const ViewSnapshot& snapshot) const;

  std::filesystem::path folder_;
  std::filesystem::path views_;
  std::uint32_t partition_;
};

/// Rows as they were when `size` entries had been seen: a snapshot's, and what came since, folded from
/// `source` into `scratch`. Throws HistoryBroken where the snapshot is not of this history.
std::shared_ptr<const RowReader> rows_since(const ViewSnapshot& snapshot, const EntrySource& source,
                                            Sequence size, const std::filesystem::path& scratch);

}  // namespace braid::cli
