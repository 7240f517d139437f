#pragma once
#include <CLI/CLI.hpp>
#include <string>

#include "tools/braid/views.hpp"

namespace braid::cli {

/// What is asked of `braid report`, also of an earlier moment.
struct ReportOptions {
  std::string name;
  std::string subject;
  std::string on;
  Format format = Format::table;
  bool list = false;
  bool digest = false;  ///< state the digest of the views' rows as well
  bool bare = false;    ///< no statement
};

void add_report_options(CLI::App& app, ReportOptions& options);

/// Answers what needs no rows, the list of reports; then true. Else sees that the question can be
/// asked. Throws UsageError.
bool answered_without_rows(const ReportOptions& options);

/// Makes the report. Throws UsageError.
projections::Report make_report(const projections::ViewsSnapshot& views,
                                const ReportOptions& options);

/// Makes the report and prints it, with a statement by which `braid audit report` makes it again.
/// Throws UsageError; Refused where a checkpoint is not the operator's.
void show_report(const Ledger& ledger, const LedgerViews& views, const ReportOptions& options);

/// A report's value as a sheet's: identifiers are known by their form.
Cell cell_of(const projections::Cell& cell);

/// SHA-256 of the names and versions of the projections that make the rows which reports read.
std::string views_version();

/// As `show_report`, with this statement and these positions instead of the views' own.
void print_report(const projections::Report& report, const std::optional<Statement>& statement,
                  std::span<const Position> positions, Format format, std::FILE* out,
                  std::FILE* beside = stderr);

}  // namespace braid::cli
