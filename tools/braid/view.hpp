#pragma once
#include <CLI/CLI.hpp>
#include <string>

#include "tools/braid/view_query.hpp"

namespace braid::cli {

/// What is asked of `braid view`, also of an earlier moment.
struct ViewOptions {
  ViewQuery query;
  std::string on;
  Format format = Format::table;
  bool list = false;
  bool describe = false;
  bool unseal = false;
};

void add_view_options(CLI::App& app, ViewOptions& options);

/// Answers what needs no rows, lists of views and columns; then true. Else sees that the question
/// can be asked; `today`: the day by which deadlines are judged where none is given. Throws
/// UsageError.
bool answered_without_rows(ViewOptions& options, Date today);

/// Prints the rows. Throws UsageError.
void show_view(const Ledger& ledger, const LedgerViews& views, const ViewOptions& options);

}  // namespace braid::cli
