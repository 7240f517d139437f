#include "tools/braid/spend_import.hpp"

#include <fmt/format.h>

#include "adapters/files/load_file.hpp"
#include "events/check.hpp"
#include "tools/braid/command.hpp"
#include "tools/braid/progress.hpp"

namespace braid::cli {
namespace {

constexpr std::size_t most_shown = 20;

/// The first problems of a file, on standard error; the rest counted.
class RowProblems {
 public:
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

files::Problem problem_of(const files::SpendSource& source, const files::SpendRow& row,
                          std::string_view column) {
  return {.file = std::string(source.name),
          .line = row.line,
          .column_name = std::string(column),
          .reason = fmt::format("the {} is longer than the ledger records", column),
          .remedy = "shorten it"};
}

bool is_about_something(const files::SpendSource& source, const ImportedSpend& imported) {
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

}  // namespace

std::string_view name_of(SpendOutcome outcome) {
  switch (outcome) {
    case SpendOutcome::imported:
      return "imported";
    case SpendOutcome::imported_before:
      return "already imported";
    case SpendOutcome::would_be_imported:
      return "would be imported";
    case SpendOutcome::refused:
      return "refused";
    case SpendOutcome::unreadable:
      return "nothing imported";
  }
  return "";
}

SpendImport::SpendImport(ReadingLedger& reading, const files::LayoutBook& book, const SecretKey* key,
                         Options options)
    : reading_(reading), ledger_(reading.ledger()), book_(book), key_(key), options_(std::move(options)) {}

ImportedSpend SpendImport::import(const std::string& path) {
  ImportedSpend imported;
  const auto bytes = files::load_file(path, files::max_list_bytes);
  if (!bytes) {
    fmt::print(stderr, "{}\n", files::sentence(bytes.error()));
    return imported;
  }
  const files::SpendSource source{path, *bytes};
  SpendSuppliers suppliers(ledger_);
  if (!add_up(source, suppliers, imported)) return imported;
  const auto run =
      SpendRun::of(options_.publisher, options_.place, imported.list.digest, *imported.list.month);
  reading_.catch_up(partition());
  if (!standings_) standings_ = std::make_unique<SpendStandings>(ledger_, partition());
  const auto standing =
      standings_->look_up(run.publisher, run.from, run.to, run.run, run.announcement);
  imported.outcome = standing.is_complete() ? SpendOutcome::imported_before
                     : key_ == nullptr      ? SpendOutcome::would_be_imported
                                            : SpendOutcome::imported;
  if (imported.outcome != SpendOutcome::imported) return imported;
  suppliers.seal_all();
  publish(source, run, suppliers, standing.replaces, imported);
  return imported;
}

/// The first reading: whether the list is sound, what it adds up to, and who was paid.
bool SpendImport::add_up(const files::SpendSource& source, SpendSuppliers& suppliers,
                         ImportedSpend& imported) {
  RowProblems problems;
  auto& totals = imported.totals;
  const auto on_row = [&](const files::SpendRow& row) {
    if (const auto column = too_long(row)) return problems.add(problem_of(source, row, *column));
    suppliers.note(row.supplier, row.redacted);
    ++totals.rows;
    (row.direction == files::Direction::paid ? totals.paid : totals.credited) += row.pence;
  };
  auto list = files::read_spend_list(source, book_, options_.reading, on_row,
                                     [&](const auto& problem) { problems.add(problem); });
  problems.end();
  if (!list) {
    fmt::print(stderr, "{}\n", files::sentence(list.error()));
    return false;
  }
  imported.list = std::move(*list);
  imported.left_out = problems.count();
  for (const auto& warning : files::warnings(imported.list)) say(warning);
  if (problems.count() == 0 || options_.skip_bad) return is_about_something(source, imported);
  say(fmt::format(
      "{}: {} of {} rows cannot be read, and nothing of the file is imported; mend them, or give "
      "--skip-bad to leave them out",
      source.name, problems.count(), problems.count() + totals.rows));
  return false;
}

std::uint32_t SpendImport::partition() const {
  capnp::MallocMessageBuilder message;
  auto event = message.initRoot<schema::Event>();
  event.setPlace(options_.place.c_str());
  event.initBody().initSpendPublished();
  return partition_of_event(event.asReader(), ledger_.founding.partitions);
}

void SpendImport::publish(const files::SpendSource& source, const SpendRun& run,
                          const SpendSuppliers& suppliers, const std::optional<Uuid>& replaces,
                          ImportedSpend& imported) {
  EventSpool lines;
  const auto on_row = [&](const files::SpendRow& row) {
    if (!too_long(row)) lines.add(line_event(run, row, suppliers.of(row.supplier)));
  };
  const auto again = files::read_spend_list(source, book_, options_.reading, on_row, {});
  check(again && lines.size() == imported.totals.rows, "the same bytes read the same twice");
  if (!outlet_) outlet_ = open_outlet(reading_.place(), ledger_);
  announce(list_event(run, imported.list, imported.totals, lines.root(), replaces), imported);
  if (imported.outcome == SpendOutcome::imported) send_lines(source, lines, imported);
}

/// The list itself: where it is refused, its lines need not be tried.
void SpendImport::announce(OwnedBytes event, ImportedSpend& imported) {
  if (const auto formed = check_form(event); !formed)
    throw UsageError(fmt::format("{}: {}", formed.error().field, formed.error().sentence));
  Submitting submitting(
      *outlet_, [&](const auto& events, const auto& answer) { take(events, answer, imported); });
  Batcher batcher(ledger_.founding, *key_, 1,
                  [&](SignedBatch batch) { submitting.send(std::move(batch)); });
  batcher.add(std::move(event));
  batcher.finish();
  submitting.finish();
}

void SpendImport::send_lines(const files::SpendSource& source, EventSpool& lines,
                             ImportedSpend& imported) {
  Progress progress(std::string(source.name), "rows");
  std::uint64_t answered = 0;
  Submitting submitting(*outlet_, [&](const auto& events, const auto& answer) {
    take(events, answer, imported);
    progress.show(answered += events.size(), imported.totals.rows);
  });
  Batcher batcher(ledger_.founding, *key_, Submission::max_events,
                  [&](SignedBatch batch) { submitting.send(std::move(batch)); });
  lines.for_each([&](OwnedBytes event) { batcher.add(std::move(event)); });
  batcher.finish();
  submitting.finish();
}

void SpendImport::take(const std::vector<SentEvent>& events, const ledger::Answer& answer,
                       ImportedSpend& imported) {
  ReceiptPrinter counter(Format::table, true);
  counter.print(events, answer);
  if (counter.counts().refused == 0) return;
  imported.outcome = SpendOutcome::refused;
  for (const auto& receipt : std::get<std::vector<ledger::Receipt>>(answer)) {
    if (receipt.outcome != ledger::Receipt::Outcome::refused) continue;
    if (++refusals_shown_ > most_shown) return;
    for (const auto& finding : receipt.findings)
      fmt::print(stderr, "refused  {}  {}  {}\n", finding.rule, finding.field, finding.sentence);
  }
}

}  // namespace braid::cli
