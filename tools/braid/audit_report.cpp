// `braid audit report`: a report that somebody wrote to a file, made again from the entries.
#include <memory>

#include "tools/braid/commands.hpp"
#include "tools/braid/output/sheet.hpp"
#include "tools/braid/reading_ledger.hpp"
#include "tools/braid/recomputed_report.hpp"

namespace braid::cli {
namespace {

struct Options {
  std::string file;
  Format format = Format::table;
  bool json = false;
};

Cell cell_of(const std::optional<std::string>& text) {
  return text ? Cell::of_text(*text) : Cell::none();
}

void print(const RecomputedReport& found, const Options& options) {
  const auto printer = make_printer(options.json ? Format::json : options.format,
                                    {"check",
                                     "audit report",
                                     "",
                                     {{"row", true},
                                      {"of", false},
                                      {"column", false},
                                      {"stated", false},
                                      {"recomputed", false}}},
                                    stdout, line_width(stdout));
  for (const auto& each : found.cells)
    printer->row(std::vector{Cell::of_count(each.row),
                             Cell::of_text(each.of),
                             each.column.empty() ? Cell::of_text("(the whole row)")
                                                 : Cell::of_text(each.column),
                             cell_of(each.stated), cell_of(each.recomputed)});
  auto remarks = found.wrong_history;
  if (found.other_text)
    remarks.emplace_back(
        "Its cells are equal, but its title, sentences or layout are not what `braid report` "
        "writes: it was altered outside its cells.");
  for (const auto& partition : found.unread)
    remarks.push_back("Of partition " + partition + " nothing was read: the report was made before "
                      "its first entry, or leaves it out.");
  if (found.is_equal())
    remarks.emplace_back("EQUAL: recomputed from the entries, the report says the same.");
  else
    remarks.emplace_back("NOT EQUAL: what the file says does not follow from the entries.");
  printer->end(remarks, found.positions);
}

Exit run(const Options& options, const Common& common) {
  const auto [file, text] = report_file_at(options.file);
  const ReadingLedger reading(common.place(), ReadingLedger::Views::not_needed);
  const auto found = recompute(reading.ledger(), file, text);
  print(found, options);
  return found.is_equal() ? Exit::done : Exit::refused;
}

Command::Run declare(CLI::App& app, const Common& common) {
  auto options = std::make_shared<Options>();
  app.add_option("FILE", options->file, "a report in JSON or CSV, as `braid report` wrote it")
      ->required();
  add_format_option(app, options->format);
  app.add_flag("--json", options->json, "the same as --format json");
  return [options, &common] { return run(*options, common); };
}

}  // namespace

const Command audit_report_command = {
    "audit report",
    "make a report again from the entries that it says it was made of, and say where it differs",
    "  braid report allocation --format csv > allocation.csv\n"
    "  braid audit report allocation.csv --ledger ./my-mirror",
    declare};

}  // namespace braid::cli
