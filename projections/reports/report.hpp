#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "events/date.hpp"
#include "events/table/row_store.hpp"

namespace braid::projections {

/// The views of one ledger at one moment: a snapshot of each partition's tables, the register's
/// among them.
struct ViewsSnapshot {
  std::vector<const RowReader*> places;  ///< by partition
  const RowReader* registry = nullptr;
};

/// What a report is asked. Each report says which it heeds.
struct ReportQuestion {
  std::string subject;     ///< a person token, budget, pool or fund; empty: all
  std::optional<Date> on;  ///< the day it is for; where a report needs one, it says so
};

/// One figure or word. `pence` cells are right-aligned pounds in tables and plain numbers in CSV
/// and JSON.
struct Cell {
  enum class Type { text, pence, number, date } type = Type::text;
  std::string text;         ///< for text
  std::int64_t number = 0;  ///< pence, a count, or days since 1970
};

struct Column {
  std::string name;
  Cell::Type type = Cell::Type::text;
};

/// A table with a title and sentences below it. How it is printed is the caller's (table, CSV,
/// JSON).
struct Report {
  std::string name;
  std::string title;
  std::vector<Column> columns;
  std::vector<std::vector<Cell>> rows;
  std::vector<std::string> remarks;  ///< e.g. "The shares add up to the cost."
};

struct ReportKind {
  std::string_view name;
  std::string_view question;  ///< what finance or audit asks
  std::string_view needs;     ///< which of ReportQuestion it heeds, for --help
  Report (*make)(const ViewsSnapshot& views, const ReportQuestion& question);
};

/// Every report, by name. Adding one is adding a row and a file.
std::span<const ReportKind> reports();

}  // namespace braid::projections
