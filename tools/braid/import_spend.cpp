// `braid import spend`: published lists of spending, as councils and NHS bodies publish them, into
// the history.
#include <fmt/format.h>

#include <chrono>

#include "adapters/files/load_file.hpp"
#include "events/pence.hpp"
#include "tools/braid/commands.hpp"
#include "tools/braid/event_spool.hpp"
#include "tools/braid/keys.hpp"
#include "tools/braid/output/sheet.hpp"
#include "tools/braid/progress.hpp"
#include "tools/braid/spend_events.hpp"
#include "tools/braid/spend_standing.hpp"
#include "tools/braid/submitting.hpp"

namespace braid::cli {
namespace {

using Clock = std::chrono::steady_clock;

struct Options {
  std::vector<std::string> files;
  std::string publisher;
  std::string place;
  std::string key;
  std::string layout;
  std::string date_order;
  std::string month;
  bool skip_bad = false;
  bool dry_run = false;
  Format format = Format::table;
};

/// What became of one file.
enum class Outcome { imported, imported_before, would_be_imported, refused, unreadable };

std::string_view name_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::imported:
      return "imported";
    case Outcome::imported_before:
      return "already imported";
    case Outcome::would_be_imported:
      return "would be imported";
    case Outcome::refused:
      return "refused";
    case Outcome::unreadable:
      return "nothing imported";
  }
  return "";
}

struct Imported {
  Outcome outcome = Outcome::unreadable;
  files::SpendList list;
  SpendTotals totals;
  std::uint64_t left_out = 0;
  std::uint64_t accepted = 0;
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

/// The first problems of a file, on standard error; the rest counted.
class RowProblems {
 public:
  static constexpr std::size_t most_shown = 20;

  void add(const files::Problem& problem) {
    if (++count_ <= most_shown) fmt::print(stderr, "{}\n", files::sentence(problem));
  }
  void end() const {
    if (count_ > most_shown) fmt::print(stderr, "... and {} more\n", count_ - most_shown);
  }
  [[nodiscard]] std::uint64_t count() const { return count_; }

 private:
  std::uint64_t count_ = 0;
};

/// Imports one file after the other through one outlet.
class SpendImport {
 public:
  SpendImport(const Options& options, const Ledger& ledger)
      : options_(options),
        ledger_(ledger),
        reading_(reading_options(options)),
        book_(files::LayoutBook::built_in()),
        key_(options.dry_run ? std::nullopt : std::optional(read_signing_key(options.key))) {}

  Imported import(const std::string& path) {
    Imported imported;
    const auto bytes = files::load_file(path, files::max_list_bytes);
    if (!bytes) return unreadable(imported, bytes.error());
    const files::SpendSource source{path, *bytes};
    SpendSuppliers suppliers(ledger_);
    if (!add_up(source, suppliers, imported)) return imported;
    const auto run = SpendRun::of(options_.publisher, options_.place, imported.list.digest,
                                  *imported.list.month);
    const auto partition = partition_of_event_at(options_.place);
    const auto standing = look_up_spend(ledger_, partition, run.publisher, run.from, run.to,
                                        run.run, run.announcement);
    imported.outcome = standing.is_complete() ? Outcome::imported_before
                       : options_.dry_run     ? Outcome::would_be_imported
                                              : Outcome::imported;
    if (imported.outcome != Outcome::imported) return imported;
    suppliers.seal_all();
    publish(source, run, suppliers, standing.replaces, imported);
    return imported;
  }

  /// Waits until views have followed, where this process writes them.
  void close() { outlet_.reset(); }

 private:
  Imported unreadable(Imported& imported, const files::Problem& problem) {
    fmt::print(stderr, "{}\n", files::sentence(problem));
    imported.outcome = Outcome::unreadable;
    return imported;
  }

  /// The first reading: whether the list is sound, what it adds up to, and who was paid.
  bool add_up(const files::SpendSource& source, SpendSuppliers& suppliers, Imported& imported) {
    RowProblems problems;
    const auto on_row = [&](const files::SpendRow& row) {
      if (const auto column = too_long(row)) return problems.add(problem_of(source, row, *column));
      suppliers.note(row.supplier, row.redacted);
      ++imported.totals.rows;
      (row.direction == files::Direction::paid ? imported.totals.paid : imported.totals.credited) +=
          row.pence;
    };
    auto list = files::read_spend_list(source, book_, reading_, on_row,
                                       [&](const auto& problem) { problems.add(problem); });
    problems.end();
    if (!list) {
      unreadable(imported, list.error());
      return false;
    }
    imported.list = std::move(*list);
    imported.left_out = problems.count();
    for (const auto& warning : files::warnings(imported.list)) say(warning);
    if (problems.count() != 0 && !options_.skip_bad) {
      say(
          fmt::format("{}: {} of {} rows cannot be read, and nothing of the file is imported; mend "
                      "them, or give --skip-bad to "
                      "leave them out",
                      source.name, problems.count(), problems.count() + imported.totals.rows));
      return false;
    }
    return is_about_something(source, imported);
  }

  static bool is_about_something(const files::SpendSource& source, const Imported& imported) {
    if (imported.totals.rows == 0) {
      say(fmt::format("{}: no payment can be read in it", source.name));
      return false;
    }
    if (imported.list.month) return true;
    say(fmt::format(
        "{}: nothing in it tells for which month it was published; give --month, as 2022-04",
        source.name));
    return false;
  }

  static files::Problem problem_of(const files::SpendSource& source, const files::SpendRow& row,
                                   std::string_view column) {
    return {.file = std::string(source.name),
            .line = row.line,
            .column_name = std::string(column),
            .reason = fmt::format("the {} is longer than the ledger records", column),
            .remedy = "shorten it"};
  }

  [[nodiscard]] std::uint32_t partition_of_event_at(const std::string& place) const {
    capnp::MallocMessageBuilder message;
    auto event = message.initRoot<schema::Event>();
    event.setPlace(place.c_str());
    event.initBody().initSpendPublished();
    return partition_of_event(event.asReader(), ledger_.founding.partitions);
  }

  void publish(const files::SpendSource& source, const SpendRun& run,
               const SpendSuppliers& suppliers, const std::optional<Uuid>& replaces,
               Imported& imported) {
    EventSpool lines;
    const auto on_row = [&](const files::SpendRow& row) {
      if (!too_long(row)) lines.add(line_event(run, row, suppliers.of(row.supplier)));
    };
    const auto again = files::read_spend_list(source, book_, reading_, on_row, {});
    braid::check(again && lines.size() == imported.totals.rows,
                 "the same bytes read the same twice");
    if (!outlet_) outlet_ = open_outlet(ledger_);
    if (!announce(list_event(run, imported.list, imported.totals, lines.root(), replaces),
                  imported))
      return;
    send_lines(source, lines, imported);
  }

  /// The list itself: where it is refused, its lines need not be tried.
  bool announce(OwnedBytes event, Imported& imported) {
    Submitting submitting(
        *outlet_, [&](const auto& events, const auto& answer) { take(events, answer, imported); });
    Batcher batcher(ledger_.founding, *key_, 1,
                    [&](SignedBatch batch) { submitting.send(std::move(batch)); });
    if (const auto formed = check_form(event); !formed)
      throw UsageError(fmt::format("{}: {}", formed.error().field, formed.error().sentence));
    batcher.add(std::move(event));
    batcher.finish();
    submitting.finish();
    return imported.outcome == Outcome::imported;
  }

  void send_lines(const files::SpendSource& source, EventSpool& lines, Imported& imported) {
    Progress progress(std::string(source.name), "rows");
    Submitting submitting(*outlet_, [&](const auto& events, const auto& answer) {
      take(events, answer, imported);
      imported.accepted += events.size();
      progress.show(imported.accepted, imported.totals.rows);
    });
    Batcher batcher(ledger_.founding, *key_, Submission::max_events,
                    [&](SignedBatch batch) { submitting.send(std::move(batch)); });
    lines.for_each([&](OwnedBytes event) { batcher.add(std::move(event)); });
    batcher.finish();
    submitting.finish();
  }

  void take(const std::vector<SentEvent>& events, const ledger::Answer& answer,
            Imported& imported) {
    ReceiptPrinter counter(Format::table, true);
    counter.print(events, answer);
    if (counter.counts().refused == 0) return;
    imported.outcome = Outcome::refused;
    if (refusals_shown_ >= RowProblems::most_shown) return;
    for (const auto& receipt : std::get<std::vector<ledger::Receipt>>(answer)) {
      if (receipt.outcome != ledger::Receipt::Outcome::refused) continue;
      if (++refusals_shown_ > RowProblems::most_shown) break;
      for (const auto& finding : receipt.findings)
        fmt::print(stderr, "refused  {}  {}  {}\n", finding.rule, finding.field, finding.sentence);
    }
  }

  const Options& options_;
  const Ledger& ledger_;
  files::SpendOptions reading_;
  files::LayoutBook book_;
  std::optional<SecretKey> key_;
  std::unique_ptr<Outlet> outlet_;
  std::size_t refusals_shown_ = 0;
};

void print_row(SheetPrinter& printer, const std::string& file, const Imported& imported) {
  const auto& totals = imported.totals;
  const auto count = [](std::uint64_t value) {
    return Cell::of_number(static_cast<std::int64_t>(value));
  };
  printer.row(
      std::vector{Cell::of_text(file), Cell::of_text(name_of(imported.outcome)),
                  imported.list.month ? Cell::of_text(imported.list.month->text()) : Cell::none(),
                  count(totals.rows), Cell::of_pence(totals.paid), Cell::of_pence(totals.credited),
                  Cell::of_pence(totals.paid - totals.credited), count(imported.list.undated),
                  count(imported.list.redacted), count(imported.left_out)});
}

Exit import_spend(const Options& options, const Common& common) {
  const auto ledger = open_ledger(common.ledger_path());
  if (options.key.empty() && !options.dry_run)
    throw UsageError(
        "who signs? Give the publisher's key with --key FILE, as `braid key new FILE` makes one");
  const auto begun = Clock::now();
  const auto printer = make_printer(options.format,
                                    {"import",
                                     "spend",
                                     "",
                                     {{"file", false},
                                      {"outcome", false},
                                      {"month", false},
                                      {"rows", true},
                                      {"paid", true},
                                      {"credited", true},
                                      {"net", true},
                                      {"undated", true},
                                      {"redacted", true},
                                      {"left_out", true}}},
                                    stdout, line_width(stdout));
  std::uint64_t rows = 0;
  Exit exit = Exit::done;
  SpendImport importing(options, ledger);
  for (const auto& file : options.files) {
    const auto imported = importing.import(file);
    print_row(
        *printer,
        options.format == Format::table ? std::filesystem::path(file).filename().string() : file,
        imported);
    if (imported.outcome == Outcome::imported) rows += imported.totals.rows;
    if (imported.outcome == Outcome::refused && exit == Exit::done) exit = Exit::refused;
    if (imported.outcome == Outcome::unreadable) exit = Exit::usage;
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
  app.add_option("--layout", options->layout,
                 "read the file by this layout; else its header tells");
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
