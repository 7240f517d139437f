// `braid import spend`: published lists of spending, as councils and NHS bodies publish them, into
// the history.
#include <fmt/format.h>

#include <chrono>

#include "tools/braid/commands.hpp"
#include "tools/braid/keys.hpp"
#include "tools/braid/output/sheet.hpp"
#include "tools/braid/progress.hpp"
#include "tools/braid/reading_ledger.hpp"
#include "tools/braid/spend_import.hpp"

namespace braid::cli {
namespace {

using Clock = std::chrono::steady_clock;

struct Options {
  std::vector<std::string> files;
  std::string publisher;
  std::string place;
  std::string key;
  std::string layouts;
  std::string layout;
  std::string date_order;
  std::string month;
  bool skip_bad = false;
  bool dry_run = false;
  Format format = Format::table;
};

files::SpendOptions reading_options(const Options& options) {
  files::SpendOptions reading{.layout = options.layout};
  if (options.date_order == "day-first") reading.date_order = files::DateOrder::day_first;
  if (options.date_order == "month-first") reading.date_order = files::DateOrder::month_first;
  if (options.month.empty()) return reading;
  const auto month = Month::from_text(options.month);
  if (!month) throw UsageError("--month: " + month.error());
  reading.month = *month;
  return reading;
}

files::LayoutBook layouts(const Options& options) {
  auto book = files::LayoutBook::built_in();
  if (options.layouts.empty()) return book;
  if (const auto added = book.add_directory(options.layouts); !added)
    throw UsageError(files::sentence(added.error()));
  return book;
}

std::optional<SecretKey> signing_key(const Options& options) {
  if (options.dry_run) return std::nullopt;
  if (options.key.empty())
    throw UsageError(
        "who signs? Give the publisher's key with --key FILE, as `braid key new FILE` makes one");
  return read_signing_key(options.key);
}

const std::vector<Heading>& headings() {
  static const std::vector<Heading> all = {
      {"file", false},    {"outcome", false}, {"month", false}, {"rows", true},
      {"paid", true},     {"credited", true}, {"net", true},    {"undated", true},
      {"redacted", true}, {"left_out", true}};
  return all;
}

void print_row(SheetPrinter& printer, const std::string& file, const ImportedSpend& imported) {
  const auto& totals = imported.totals;
  const auto& list = imported.list;
  printer.row(std::vector{Cell::of_text(file), Cell::of_text(name_of(imported.outcome)),
                          list.month ? Cell::of_text(list.month->text()) : Cell::none(),
                          Cell::of_count(totals.rows), Cell::of_pence(totals.paid),
                          Cell::of_pence(totals.credited),
                          Cell::of_pence(totals.paid - totals.credited),
                          Cell::of_count(list.undated), Cell::of_count(list.redacted),
                          Cell::of_count(imported.left_out)});
}

/// The worse of two ends.
Exit with(Exit exit, SpendOutcome outcome) {
  if (outcome == SpendOutcome::unreadable) return Exit::usage;
  return outcome == SpendOutcome::refused && exit == Exit::done ? Exit::refused : exit;
}

Exit import_spend(const Options& options, const Common& common) {
  ReadingLedger reading(common.place(), ReadingLedger::Views::not_needed);
  const auto key = signing_key(options);
  const auto book = layouts(options);
  const auto begun = Clock::now();
  const auto printer =
      make_printer(options.format, {"import", "spend", "", headings()}, stdout, line_width(stdout));
  SpendImport importing(
      reading, book, key ? &*key : nullptr,
      {options.publisher, options.place, reading_options(options), options.skip_bad});
  std::uint64_t rows = 0;
  Exit exit = Exit::done;
  for (const auto& file : options.files) {
    const auto imported = importing.import(file);
    const std::filesystem::path path(file);  // people know the folder
    print_row(*printer, options.format == Format::table ? path.filename().string() : file,
              imported);
    if (imported.outcome == SpendOutcome::imported) rows += imported.totals.rows;
    exit = with(exit, imported.outcome);
  }
  importing.close();
  const std::chrono::duration<double> time = Clock::now() - begun;
  std::vector<std::string> remarks;
  if (rows != 0)
    remarks.push_back(fmt::format("{} rows imported in {:.2f} s, {}", grouped(rows), time.count(),
                                  rate(rows, time)));
  printer->end(remarks, {});
  return exit;
}

Command::Run declare(CLI::App& app, const Common& common) {
  auto options = std::make_shared<Options>();
  app.add_option("FILE", options->files, "spend lists, CSV as published")->required();
  app.add_option("--publisher", options->publisher, "whose spending it is (ODS code)")->required();
  app.add_option("--place", options->place, "the place whose partners share money, as northshire")
      ->required();
  app.add_option("--key", options->key, "the publisher's signing key, a PEM file");
  app.add_option("--layouts", options->layouts, "a folder of layouts beside those built in");
  app.add_option("--layout", options->layout, "read by this layout; else the header tells");
  app.add_option("--date-order", options->date_order,
                 "whether 05/06/2020 is in June or in May; else the file tells")
      ->check(CLI::IsMember({"day-first", "month-first"}));
  app.add_option("--month", options->month,
                 "the month that the list is for, as 2022-04; else the file tells");
  app.add_flag("--skip-bad", options->skip_bad,
               "import the rest where rows cannot be read, and list what was left out");
  app.add_flag("--dry-run", options->dry_run, "read and add up, and import nothing");
  add_format_option(app, options->format);
  return [options, &common] { return import_spend(*options, common); };
}

}  // namespace

const Command import_spend_command = {
    "import spend", "import published lists of spending; the same list twice changes nothing",
    "  braid import spend 2022-04.csv --ledger ./northshire --publisher E60 --place northshire "
    "--key council.pem",
    declare};

}  // namespace braid::cli
