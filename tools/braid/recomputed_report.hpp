#pragma once
#include <memory>
#include <string>
#include <vector>

#include "tools/braid/report_file.hpp"
#include "tools/braid/views.hpp"

namespace braid::cli {

/// A report file held against the history that it says it was made of.
struct RecomputedReport {
  /// Why the report is of another history, or of no history at all; then nothing was recomputed.
  std::vector<std::string> wrong_history;
  std::vector<ReportDifference> cells;
  /// Cells apart, the file is not what `braid report` writes: its title, its sentences, its layout.
  /// Asked of JSON alone: spreadsheets lay CSV out anew.
  bool other_text = false;
  /// Partitions that hold entries now, and of which it was read before their first.
  std::vector<std::string> unread;
  std::shared_ptr<const LedgerViews> views;  ///< those that it was made of; null: not recomputed
  std::vector<Position> positions;  ///< of the history, as far as the report was read

  [[nodiscard]] bool is_equal() const {
    return wrong_history.empty() && cells.empty() && !other_text;
  }
};

/// Makes the report again from the entries that it says it was made of, and compares. `text` is
/// what `file` was read from. Throws UsageError where it asks for no report that there is, or was
/// made by other versions of the views.
RecomputedReport recompute(const Ledger& ledger, const ReportFile& file, std::string_view text);

/// The part of it that needs rows only: the report that the file's statement asks of them.
void compare_with_rows(const projections::ViewsSnapshot& views, const ReportFile& file,
                       std::string_view text, RecomputedReport& found);

/// Reads a report file from the disk. Throws UsageError where there is none, or it is no report
/// that can be made again.
std::pair<ReportFile, std::string> report_file_at(const std::string& path);

}  // namespace braid::cli
