#pragma once
#include <cstddef>
#include <string_view>

#include "events/table/change_arena.hpp"
#include "events/table/row_store.hpp"

namespace braid {

/// A table that keeps its changed rows in memory until they are flushed: what TableSet knows of
/// Table and AppendTable.
class FlushedTable {
 public:
  virtual ~FlushedTable() = default;

  [[nodiscard]] virtual std::string_view name() const = 0;
  /// Rows changed since the last flush.
  [[nodiscard]] virtual std::size_t dirty() const = 0;
  /// About how many bytes a flush would write.
  [[nodiscard]] virtual std::size_t dirty_bytes() const = 0;
  /// About how many bytes of memory the table takes.
  [[nodiscard]] virtual std::size_t memory_bytes() const = 0;

  /// The changed rows, sorted by key. They live in `arena` and in the table until `clean`. The
  /// table stays dirty.
  virtual TableChanges collect(ChangeArena& arena) = 0;
  /// What `collect` gave is stored: no row is dirty any more. Nothing may have changed since.
  virtual void clean() = 0;
  /// Drops rows from memory until at most `max_rows` are left, those unused for longest first. Only
  /// right after a flush; ends the life of every pointer and reference to a row.
  virtual void trim(std::size_t max_rows) = 0;
};

}  // namespace braid
