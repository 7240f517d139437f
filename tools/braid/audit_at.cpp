// `braid audit at`: a view or report as it was at a moment, from the entries that were there then.
#include <memory>

#include "tools/braid/commands.hpp"
#include "tools/braid/moment.hpp"
#include "tools/braid/reading_ledger.hpp"
#include "tools/braid/report.hpp"
#include "tools/braid/view.hpp"

namespace braid::cli {
namespace {

struct Options {
  std::string when;
  std::string partition;
  bool snapshots = false;
  ViewOptions view;
  ReportOptions report;
};

/// What a moment's rows are asked.
using Show = std::function<void(const Ledger& ledger, const LedgerViews& views)>;

Exit answer(const Options& options, const Common& common,
            const std::function<bool(Date today)>& without_rows, const Show& show) {
  check_partition_is_heeded(options.partition, {options.when});
  const ReadingLedger reading(common.place(), ReadingLedger::Views::not_needed);
  const auto& ledger = reading.ledger();
  const auto moment = moment_named(ledger, lmdb::EventLog(ledger.directory), options.when,
                                   options.partition);
  if (without_rows(date_of(moment.until))) return Exit::done;
  say("as recorded by " + moment.text);
  using Since = LedgerViews::Since;
  const LedgerViews views(ledger, moment,
                          options.snapshots ? Since::snapshot : Since::first_entry);
  for (const auto& sentence : views.believed()) say(sentence);
  show(ledger, views);
  return Exit::done;
}

Exit view(Options& options, const Common& common) {
  return answer(
      options, common,
      [&](Date today) { return answered_without_rows(options.view, today); },
      [&](const Ledger& ledger, const LedgerViews& views) {
        show_view(ledger, views, options.view);
      });
}

Exit report(const Options& options, const Common& common) {
  return answer(
      options, common, [&](Date) { return answered_without_rows(options.report); },
      [&](const Ledger& ledger, const LedgerViews& views) {
        show_report(ledger, views, options.report);
      });
}

Command::Run declare(CLI::App& app, const Common& common) {
  auto options = std::make_shared<Options>();
  app.add_option("WHEN", options->when, moment_help)->required();
  app.add_option("--partition", options->partition,
                 "where an entry's number counts: register, or a place's partition: 0, 1 ...");
  app.add_flag("--snapshots", options->snapshots,
               "begin from the last snapshots that were kept before then (`braid snapshot keep`): "
               "quick, and at their word; left out, all is folded anew from the entries");
  auto* viewing = app.add_subcommand("view", "the rows of a view, as they were");
  auto* reporting = app.add_subcommand("report", "a report, as it would have been");
  app.require_subcommand(1);
  add_view_options(*viewing, options->view);
  add_report_options(*reporting, options->report);
  for (auto* each : {viewing, reporting}) each->fallthrough();
  return [options, &common, viewing] {
    return viewing->parsed() ? view(*options, common) : report(*options, common);
  };
}

}  // namespace

const Command audit_at_command = {
    "audit at",
    "show a view or report as it was: what the ledger had recorded by then, whatever day it is about",
    "  braid audit at 2026-03-31 report allocation --on 2026-03-31\n"
    "  braid audit at 2026-03-31T16:00:00Z view pools --format csv\n"
    "  braid audit at 2026-03-31 --snapshots report allocation   # quick, at the operator's word\n"
    "  braid audit at 1204 --partition 3 view health --where organisation=99W",
    declare};

}  // namespace braid::cli
