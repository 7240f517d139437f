#pragma once
#include <string>
#include <vector>

#include "events/date.hpp"
#include "tools/braid/output/sheet.hpp"
#include "tools/braid/view_columns.hpp"
#include "tools/braid/views.hpp"

namespace braid::cli {

/// What is asked of one view.
struct ViewQuery {
  std::string name;                  ///< "social_care", or "social-care"
  std::vector<std::string> where;    ///< "column=value", all of them
  std::vector<std::string> columns;  ///< those to show; empty: all
  std::string title;
  Date on;                ///< the day by which deadlines are judged
  std::size_t limit = 0;  ///< rows at most; 0: all
};

/// Throws UsageError, naming those there are.
const TableSchema& view_named(std::string_view name);

/// Prints the rows of every partition that a query asks for, then where the views stand. Throws
/// UsageError.
void print_view(const LedgerViews& views, const ViewQuery& query, const Unsealer& unsealer,
                Format format, std::FILE* out);

}  // namespace braid::cli
