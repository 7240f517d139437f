#pragma once
#include <functional>
#include <optional>
#include <span>
#include <string_view>

#include "events/bytes.hpp"

namespace braid {

/// One changed row: its key and its new bytes, or nothing where the row was erased.
struct RowChange {
  Bytes key;
  std::optional<Bytes> value;
};

/// The changed rows of one table, sorted by key (memcmp), each key once.
struct TableChanges {
  std::string_view table;
  std::span<const RowChange> rows;
};

/// Rows of named tables at one moment. Keys sort by memcmp and are at most `max_key_bytes`; values
/// are canonical Cap'n Proto words of the table's published struct. Borrowed bytes are good until
/// the next call on the same object.
class RowReader {
 public:
  static constexpr std::size_t max_key_bytes = 500;
  virtual ~RowReader() = default;

  /// The row's bytes, or nothing.
  [[nodiscard]] virtual std::optional<Bytes> get(std::string_view table, Bytes key) const = 0;
  /// Visits rows in key order from the first key >= `from`, until `visit` returns false or the
  /// table ends.
  virtual void scan(std::string_view table, Bytes from,
                    const std::function<bool(Bytes key, Bytes value)>& visit) const = 0;
  /// The greatest key of a table, or nothing where it is empty.
  [[nodiscard]] virtual std::optional<Bytes> last_key(std::string_view table) const = 0;
  /// What the last commit said of its position; nothing in a new store.
  [[nodiscard]] virtual std::optional<Bytes> position() const = 0;
};

/// Where the tables of the decider and of the views are kept. Thread: one writer.
class RowStore : public RowReader {
 public:
  /// Applies all changes and the position in one durable step, or none of it.
  /// Throws StorageFull (events/faults.hpp) with nothing applied; IoFault for anything else of the
  /// machine.
  virtual void commit(std::span<const TableChanges> changes, Bytes position) = 0;
};

}  // namespace braid
