#pragma once
#include <capnp/dynamic.h>

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "events/sealed.hpp"
#include "events/table/table_schema.hpp"
#include "tools/braid/output/cell.hpp"

namespace braid::cli {

/// The clear text of a box, where whoever asks may read it.
using Unsealer = std::function<std::optional<std::string>(const SealedBox& sealed)>;

/// A column of a table as it is shown: a field, or a field of a struct in the row
/// ("progress.agreed" is "agreed").
struct ViewColumn {
  std::string name;
  std::string meaning;
  Unit unit = Unit::plain;
  std::vector<capnp::StructSchema::Field> path;  ///< from the row to the value
  std::optional<std::uint16_t> key_order;
};

/// Reads any row of a published table by its schema alone: a new table or column needs nothing
/// here.
class ViewReader {
 public:
  /// With an empty `unsealer`, sealed values show as "(sealed)".
  explicit ViewReader(const TableSchema& table, Unsealer unsealer = {});

  [[nodiscard]] const std::vector<ViewColumn>& columns() const { return columns_; }
  /// Whether a column's numbers stand to the right.
  [[nodiscard]] static bool is_number(const ViewColumn& column);
  /// A row's cells, one a column. Throws HistoryBroken where the bytes are no row.
  [[nodiscard]] std::vector<Cell> read(Bytes row) const;

 private:
  TableSchema table_;
  Unsealer unsealer_;
  std::vector<ViewColumn> columns_;
};

/// What a column holds, in a word for people: "pounds", "day", "list".
std::string kind_of(const ViewColumn& column);

}  // namespace braid::cli
