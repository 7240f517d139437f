#pragma once
#include <vector>

#include "events/table/flushed_table.hpp"

namespace braid {

/// Tables that are flushed together, so that their rows and the position they stand at never part.
/// Thread: one, the store's.
class TableSet {
 public:
  TableSet() = default;
  TableSet(const TableSet&) = delete;
  TableSet& operator=(const TableSet&) = delete;

  /// Borrows `table`, which must outlive it. Each name once.
  void add(FlushedTable& table);

  /// Totals of all tables, by which a caller decides when to flush and when to trim.
  [[nodiscard]] std::size_t dirty() const;
  [[nodiscard]] std::size_t dirty_bytes() const;
  [[nodiscard]] std::size_t memory_bytes() const;

  /// Stores all changed rows and the position in one commit, also when no row has changed. Throws
  /// what `commit` throws; all rows are then still dirty, and flushing can be tried again.
  void flush(RowStore& store, Bytes position);
  /// Leaves at most so many rows of each table in memory. Only right after a flush; ends the life
  /// of all rows' pointers.
  void trim(std::size_t max_rows_per_table);

 private:
  std::vector<FlushedTable*> tables_;  // sorted by name
  ChangeArena arena_;
};

}  // namespace braid
