#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/json/printed_report.hpp"
#include "tools/braid/output/format.hpp"

namespace braid::cli {

/// A report that was written to a file, maybe saved again by a spreadsheet. Nothing of it is
/// believed.
struct ReportFile {
  Format format = Format::json;  ///< or CSV
  json::PrintedReport printed;   ///< of CSV too: columns and rows are texts
};

/// Reads a report's JSON or CSV (also with a byte order mark, and lines that end in LF). A sentence
/// where it is neither, or does not state what it was made of.
Parsed<ReportFile> read_report(std::string_view text);

/// One cell, or a whole row where `column` is empty, that is stated otherwise than recomputed.
struct ReportDifference {
  std::size_t row = 0;     ///< from 1: of the stated rows, or where there is no such one, of the others
  std::string of;          ///< what the row is about: its first words
  std::string column;
  std::optional<std::string> stated;      ///< nothing: the row is not in the file
  std::optional<std::string> recomputed;  ///< nothing: the row is only in the file
};

/// Where two reports differ, by rows. Rows that are only in one of them are told once, as far as the
/// rows before and behind them agree.
std::vector<ReportDifference> differences(const json::PrintedReport& stated,
                                          const json::PrintedReport& recomputed);

}  // namespace braid::cli
