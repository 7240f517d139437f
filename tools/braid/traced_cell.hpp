#pragma once
#include <string>
#include <vector>

#include "ledger/audit/gather_evidence.hpp"
#include "tools/braid/report.hpp"

namespace braid::cli {

/// One cell of a report: the row by its other cells, the column by its name.
struct CellQuestion {
  ReportOptions report;
  std::string column;
  std::vector<std::string> where;  ///< "column=value", all of them; of identifiers the beginning
};

/// How a cell came to its figure.
struct TracedCell {
  /// An entry at which the figure became another, as spreadsheets show figures.
  struct Step {
    ledger::EntryPlace place;
    std::string before;
    std::string after;
  };
  std::string figure;      ///< as the report has it
  std::string alone;       ///< as the entries behind it give it by themselves
  std::size_t looked_at = 0;  ///< entries that the row may rest on
  std::vector<Step> steps;
};

/// Looks for the entries that the row may rest on, folds them by themselves one after another, and
/// keeps those at which the cell changes. Throws UsageError where not exactly one row is such, or
/// where too many entries are behind it.
TracedCell trace_cell(const Ledger& ledger, const LedgerViews& views, const CellQuestion& question);

}  // namespace braid::cli
