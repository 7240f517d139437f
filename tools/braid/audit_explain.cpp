// `braid audit explain`: the entries behind a thing or a figure, down to the bytes that were signed.
#include <fmt/format.h>

#include <memory>

#include "tools/braid/commands.hpp"
#include "tools/braid/explained_entry.hpp"
#include "tools/braid/output/cell.hpp"
#include "tools/braid/reading_ledger.hpp"
#include "tools/braid/subjects.hpp"
#include "tools/braid/traced_cell.hpp"

namespace braid::cli {
namespace {

struct Options {
  std::string what;
  std::string id;
  CellQuestion cell;
  bool json = false;
};

/// Prints a heading, then entry after entry.
class Printer {
 public:
  Printer(std::string ledger, bool json)
      : ledger_(std::move(ledger)), json_(json), encoder_(capnp::Schema::from<schema::Event>()) {}

  void begin(const std::string& subject, const std::string& heading) {
    if (json_)
      fmt::print("{{\"explain\":{},\"heading\":{},\"entries\":[", json_text(subject),
                 json_text(heading));
    else
      fmt::print("{}\n", heading);
  }
  void entry(const ExplainedEntry& entry) {
    if (json_)
      fmt::print("{}\n{}", is_first_ ? "" : ",", json_of(entry, ledger_, encoder_));
    else
      fmt::print("\n{}", text_of(entry, ledger_));
    is_first_ = false;
  }
  void end() const {
    if (json_) fmt::print("\n]}}\n");
  }

 private:
  std::string ledger_;
  bool json_;
  bool is_first_ = true;
  json::EntryJson encoder_;
};

Exit explain_thing(const Options& options, const Ledger& ledger) {
  const Subject subject{subject_kind(options.what), options.id};
  const lmdb::EventLog log(ledger.directory);
  const LedgerViews views(ledger);
  const auto places = entries_about(views, log, subject);
  Printer printer(ledger.founding.name, options.json);
  printer.begin(subject.text(), fmt::format("{} {} about {}, in the order of the history.",
                                            places.size(),
                                            places.size() == 1 ? "entry is" : "entries are",
                                            subject.text()));
  for (const auto& place : places)
    printer.entry(explain(*log.reader(place.partition), place));
  printer.end();
  return Exit::done;
}

std::string heading_of(const TracedCell& traced, const CellQuestion& question) {
  auto heading = fmt::format("{} of the report {}", question.column, question.report.name);
  for (const auto& each : question.where) heading += ", " + each;
  heading += fmt::format(": {}.\n{} of {} entries about its row changed it. ",
                         traced.figure.empty() ? "(empty)" : traced.figure, traced.steps.size(),
                         traced.looked_at);
  if (traced.alone == traced.figure)
    return heading + "Folded by themselves, these entries give the same.";
  return heading + "NOT EQUAL: folded by themselves they give " +
         (traced.alone.empty() ? "nothing" : traced.alone) +
         ", so other entries are behind it too, or the views are not what the history gives "
         "(`braid audit verify`).";
}

Exit explain_cell(Options options, const Ledger& ledger) {
  options.cell.report.name = options.id;
  if (options.cell.column.empty())
    throw UsageError("which cell? Give --cell COLUMN, and the row by --where COLUMN=VALUE");
  answered_without_rows(options.cell.report);
  const LedgerViews views(ledger);
  const auto traced = trace_cell(ledger, views, options.cell);
  const lmdb::EventLog log(ledger.directory);
  Printer printer(ledger.founding.name, options.json);
  printer.begin("report " + options.id, heading_of(traced, options.cell));
  for (const auto& step : traced.steps) {
    auto entry = explain(*log.reader(step.place.partition), step.place);
    entry.moved = (step.before.empty() ? "nothing" : step.before) + " -> " +
                  (step.after.empty() ? "nothing" : step.after);
    printer.entry(entry);
  }
  printer.end();
  return traced.alone == traced.figure ? Exit::done : Exit::refused;
}

Exit run(const Options& options, const Common& common) {
  const ReadingLedger reading(common.place(), ReadingLedger::Views::brought_up);
  return options.what == "report" ? explain_cell(options, reading.ledger())
                                  : explain_thing(options, reading.ledger());
}

Command::Run declare(CLI::App& app, const Common& common) {
  auto options = std::make_shared<Options>();
  app.add_option("WHAT", options->what, "event, budget, person or pool; or report")->required();
  app.add_option("ID", options->id, "which one; of a report its name")->required();
  app.add_option("--cell", options->cell.column, "of a report: the column of the cell");
  app.add_option("--where", options->cell.where,
                 "of a report: the row, by other cells of it: column=value")
      ->take_all()
      ->expected(1);
  app.add_option("--subject", options->cell.report.subject, "as `braid report` was asked");
  app.add_option("--on", options->cell.report.on, "as `braid report` was asked");
  app.add_flag("--json", options->json, "for programs, each event whole");
  return [options, &common] { return run(*options, common); };
}

}  // namespace

const Command audit_explain_command = {
    "audit explain",
    "show the entries and postings behind a thing or a figure, down to the bytes that were signed",
    "  braid audit explain budget 0192f3c1-0000-7000-8000-000000000001\n"
    "  braid audit explain report allocation --cell spent --where fund=chc --where year=2025-26",
    declare};

}  // namespace braid::cli
