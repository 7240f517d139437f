// `braid audit sample`: a monetary-unit sample of payments that anybody with a copy draws again.
#include <fmt/format.h>

#include <map>
#include <memory>

#include "adapters/json/evidence_file.hpp"
#include "adapters/lmdb/durable_file.hpp"
#include "adapters/lmdb/event_log.hpp"
#include "events/native_rows.hpp"
#include "events/pence.hpp"
#include "projections/payments.hpp"
#include "projections/subject.hpp"
#include "projections/unit_sample.hpp"
#include "tools/braid/commands.hpp"
#include "tools/braid/evidence_sources.hpp"
#include "tools/braid/history_walk.hpp"
#include "tools/braid/output/sheet.hpp"
#include "tools/braid/progress.hpp"
#include "tools/braid/reading_ledger.hpp"

namespace braid::cli {
namespace {

using projections::Payment;
using projections::UnitSample;

struct Options {
  std::string seed;
  std::uint64_t size = 0;
  std::vector<std::string> up_to;
  bool returned = false;
  std::string evidence;
  Format format = Format::table;
};

constexpr std::size_t max_seed_bytes = 200;

void check_options(const Options& options) {
  if (options.seed.empty() || options.seed.size() > max_seed_bytes ||
      std::ranges::any_of(options.seed, [](unsigned char c) { return c < 0x20 || c == 0x7f; }))
    throw UsageError(fmt::format(
        "--seed takes 1 to {} characters on one line, chosen by the auditor", max_seed_bytes));
  if (options.size < 1 || options.size > UnitSample::max_size)
    throw UsageError(fmt::format("--size takes a number from 1 to {}", UnitSample::max_size));
  std::error_code missing;
  if (!options.evidence.empty() && std::filesystem::exists(options.evidence) &&
      !std::filesystem::is_empty(options.evidence, missing))
    throw UsageError(options.evidence + " holds something already: name an empty folder, or none");
}

/// "0=183": the first 183 entries of partition 0.
std::map<std::uint32_t, Sequence> sizes_asked(const Options& options, const Founding& founding) {
  std::map<std::uint32_t, Sequence> sizes;
  for (const auto& text : options.up_to) {
    const auto equals = text.find('=');
    Sequence size = 0;
    if (equals == text.npos || !CLI::detail::lexical_cast(text.substr(equals + 1), size))
      throw UsageError("--up-to takes a partition and how many of its entries, such as 0=183");
    sizes[partition_named(founding, text.substr(0, equals))] = size;
  }
  return sizes;
}

/// The histories that a sample is drawn from, and the payments in them.
class Population {
 public:
  Population(const Ledger& ledger, const Options& options)
      : ledger_(ledger), log_(ledger.directory), asked_(sizes_asked(options, ledger.founding)) {
    for (const auto partition : ledger.founding.all_partitions())
      if (partition != register_partition) add(partition);
    payments_ = std::move(list_).finish();
    std::erase_if(payments_, [&](const Payment& payment) {
      const auto pence = payment.pence;
      ++(pence < 0 ? came_back_ : pence == 0 ? nothing_ : went_out_);
      return pence != 0 && (pence < 0) != options.returned;
    });
    for (const auto& payment : payments_)
      amounts_.push_back(options.returned ? -payment.pence : payment.pence);
  }

  [[nodiscard]] const std::vector<std::int64_t>& amounts() const { return amounts_; }
  [[nodiscard]] const Payment& payment(std::size_t index) const { return payments_[index]; }
  [[nodiscard]] const std::vector<ledger::Checkpoint>& histories() const { return histories_; }
  [[nodiscard]] std::uint64_t went_out() const { return went_out_; }
  [[nodiscard]] std::uint64_t came_back() const { return came_back_; }
  [[nodiscard]] std::uint64_t nothing() const { return nothing_; }

  /// What the operator has signed. Throws Refused where that is nothing.
  const LedgerEvidence& evidence() {
    if (!evidence_) evidence_ = std::make_unique<LedgerEvidence>(ledger_);
    return *evidence_;
  }

 private:
  void add(std::uint32_t partition) {
    const auto source = log_.reader(partition);
    if (source->size() == 0) return;
    const auto name = name_of_partition(partition);
    const auto size = size_of(partition);
    if (size > source->size())
      throw UsageError(fmt::format("this copy holds {} entries of partition {}, not {}: bring it up "
                                   "first",
                                   source->size(), name, size));
    HistoryWalk walk(*source, size);
    Progress progress("partition " + name, "entries");
    while (const auto* entry = walk.next()) {
      list_.add(partition, *entry);
      progress.show(walk.chain().size(), size);
    }
    histories_.push_back(
        {ledger::origin_of(ledger_.founding.name, partition), size, walk.chain().root()});
    check_root(partition, histories_.back());
  }

  Sequence size_of(std::uint32_t partition) {
    if (const auto asked = asked_.find(partition); asked != asked_.end()) return asked->second;
    const auto& signed_ = evidence().sources().by_partition;
    const auto found = signed_.find(partition);
    if (found == signed_.end())
      throw Refused("there is no checkpoint of partition " + name_of_partition(partition) +
                    ", so nobody else could draw the same: the operator signs one with `braid "
                    "checkpoint`");
    return found->second.checkpoint.size;
  }

  void check_root(std::uint32_t partition, const ledger::Checkpoint& read) const {
    if (!evidence_) return;
    const auto found = evidence_->sources().by_partition.find(partition);
    if (found == evidence_->sources().by_partition.end()) return;
    const auto& checkpoint = found->second.checkpoint;
    if (checkpoint.size == read.size && checkpoint.root != read.root)
      throw Refused("the first " + std::to_string(read.size) + " entries of partition " +
                    name_of_partition(partition) +
                    " are not those that the operator signed. Nothing is drawn from them; look with "
                    "`braid verify`");
  }

  const Ledger& ledger_;
  lmdb::EventLog log_;
  std::map<std::uint32_t, Sequence> asked_;
  std::unique_ptr<LedgerEvidence> evidence_;
  projections::PaymentList list_;
  std::vector<Payment> payments_;
  std::vector<std::int64_t> amounts_;
  std::vector<ledger::Checkpoint> histories_;
  std::uint64_t went_out_ = 0, came_back_ = 0, nothing_ = 0;
};

UnitSample draw(const Population& population, const Options& options) {
  auto statement = options.seed + "\n";
  for (const auto& history : population.histories()) statement += history.text();
  return projections::draw_units(population.amounts(), options.size,
                                 projections::sample_number(statement));
}

/// "GBP 1,234.56" of any number of pence.
std::string pounds(Wide pence) {
  if (pence <= INT64_MAX) return format_pounds(static_cast<std::int64_t>(pence));
  return "more than " + format_pounds(INT64_MAX);
}

/// One word for a shell.
std::string quoted(const std::string& text) {
  std::string word = "'";
  for (const char c : text) c == '\'' ? word += "'\\''" : word += c;
  return word + "'";
}

std::string evidence_name(std::size_t number, const Payment& payment) {
  return fmt::format("{:04}-{}.evidence", number, payment.event.text());
}

void print_rows(SheetPrinter& printer, const lmdb::EventLog& log, const Population& population,
                const UnitSample& sample, bool with_evidence) {
  EntryBatch batch;
  std::size_t number = 0;
  for (const auto& chosen : sample.chosen) {
    const auto& payment = population.payment(chosen.index);
    const auto source = log.reader(payment.partition);
    source->read(payment.sequence, 1, std::chrono::milliseconds{0}, batch);
    if (batch.entries.empty()) throw HistoryBroken("the log was cut while it was read");
    const auto event = *EntryReader(batch.entries.front()).event();
    const auto subject = projections::subject_of(event);
    ++number;
    printer.row(std::vector{
        Cell::of_count(number),
        Cell::of_text(name_of_partition(payment.partition)),
        Cell::of_count(payment.sequence),
        Cell::of_code(payment.event.text()), Cell::of_text(info_of(payment.kind).name),
        Cell::of_text(event.getPublisher().cStr()),
        subject.is_nil() ? Cell::none() : Cell::of_code(subject.text()), Cell::of_day(event.getEffective()),
        Cell::of_pence(payment.pence), Cell::of_count(chosen.times),
        Cell::of_text(chosen.certain ? "certain" : "drawn"),
        with_evidence ? Cell::of_text(evidence_name(number, payment)) : Cell::none()});
  }
}

/// How it was drawn, so that somebody else can do it again or by other means.
std::vector<std::string> remarks_of(const Population& population, const UnitSample& sample,
                                    const Options& options) {
  std::vector<std::string> remarks;
  const std::string_view what = options.returned ? "amounts that came back" : "payments";
  if (sample.counted == 0)
    remarks.push_back(fmt::format("There are no {} to draw from.", what));
  else if (sample.all)
    remarks.push_back(fmt::format("There are {} {}, {} in all, no more than the {} asked for: all "
                                  "of them are chosen.",
                                  grouped(sample.counted), what, pounds(sample.total),
                                  grouped(options.size)));
  else
    remarks.push_back(fmt::format(
        "Monetary-unit sample, systematic with a random start (AICPA Audit Guide, Audit Sampling; "
        "ISA (UK) 530, appendices 1 and 4): {} selections, one in each {} of {} {}, {} in all, in "
        "the order of the ledger; they fell on {} of them.",
        grouped(options.size), pounds(sample.total / static_cast<Wide>(options.size)),
        grouped(sample.counted), what, pounds(sample.total), grouped(sample.chosen.size())));
  if (sample.counted != 0 && !sample.all)
    remarks.push_back(fmt::format("Seed \"{}\" and the roots below start it at penny {} of {}: "
                                  "SHA-256 of \"braid sample 1\", the seed and each history's "
                                  "checkpoint text, a line each.",
                                  options.seed, sample.start, sample.total));
  std::string again = "Whoever has a copy draws the same: braid audit sample --seed " +
                      quoted(options.seed) + " --size " + std::to_string(options.size);
  if (options.returned) again += " --returned";
  for (const auto& history : population.histories())
    again += fmt::format(" --up-to {}={}", history.origin.substr(history.origin.rfind('/') + 1),
                         history.size);
  remarks.push_back(std::move(again));
  if (!options.returned && population.came_back() != 0)
    remarks.push_back(fmt::format("Not among them, for what is negative has no chance here: {} that "
                                  "came back, reversals included. Draw from those with --returned.",
                                  grouped(population.came_back())));
  if (population.nothing() != 0)
    remarks.push_back(
        fmt::format("Nor {} of no amount at all.", grouped(population.nothing())));
  return remarks;
}

void write_evidence(Population& population, const UnitSample& sample, const std::string& folder) {
  const auto& sources = population.evidence().sources();
  lmdb::make_folder(std::filesystem::absolute(folder));
  Progress progress("evidence", "payments");
  std::size_t number = 0;
  for (const auto& chosen : sample.chosen) {
    const auto& payment = population.payment(chosen.index);
    const std::array place = {ledger::EntryPlace{payment.partition, payment.sequence}};
    if (!sources.by_partition.contains(payment.partition))
      throw Refused("there is no checkpoint of partition " + name_of_partition(payment.partition) +
                    ", so nothing of it can be proved");
    const auto evidence =
        ledger::gather_evidence(sources, "event " + payment.event.text(), place);
    if (!evidence) throw Refused(evidence.error());
    ++number;
    lmdb::replace_file(std::filesystem::absolute(folder) / evidence_name(number, payment),
                       json::EvidenceFile::write(*evidence));
    progress.show(number, sample.chosen.size());
  }
}

Exit run(const Options& options, const Common& common) try {
  check_options(options);
  const ReadingLedger reading(common.place(), ReadingLedger::Views::not_needed);
  const lmdb::EventLog log(reading.ledger().directory);
  Population population(reading.ledger(), options);
  const auto sample = draw(population, options);
  if (!options.evidence.empty()) write_evidence(population, sample, options.evidence);
  const auto printer = make_printer(options.format,
                                    {"sample",
                                     "payments",
                                     "",
                                     {{"number", true},
                                      {"partition", false},
                                      {"entry", true},
                                      {"event", false},
                                      {"kind", false},
                                      {"publisher", false},
                                      {"subject", false},
                                      {"effective", false},
                                      {"amount", true},
                                      {"selections", true},
                                      {"chosen", false},
                                      {"evidence", false}}},
                                    stdout, line_width(stdout));
  print_rows(*printer, log, population, sample, !options.evidence.empty());
  std::vector<Position> positions;
  for (const auto& history : population.histories())
    positions.push_back({history.origin.substr(history.origin.rfind('/') + 1), history.size,
                         history.root.hex(), 0});
  printer->end(remarks_of(population, sample, options), positions);
  return Exit::done;
} catch (const HistoryBroken& broken) {
  throw Refused(std::string(broken.what()) + ". Nothing is drawn from it; look with `braid verify`");
}

Command::Run declare(CLI::App& app, const Common& common) {
  auto options = std::make_shared<Options>();
  app.add_option("--seed", options->seed,
                 "any words of the auditor's own, said after the checkpoint was signed")
      ->required();
  app.add_option("--size", options->size, "so many selections")->required();
  app.add_option("--up-to", options->up_to,
                 "PARTITION=ENTRIES: draw from the first so many, as another auditor did; without, "
                 "from what the operator's last checkpoint covers");
  app.add_flag("--returned", options->returned,
               "draw from what came back, and from reversals, by their amounts");
  app.add_option("--evidence", options->evidence,
                 "a new folder for an evidence file of each payment chosen");
  add_format_option(app, options->format);
  return [options, &common] { return run(*options, common); };
}

}  // namespace

const Command audit_sample_command = {
    "audit sample",
    "draw a monetary-unit sample of payments that another auditor with a copy draws again",
    "  braid audit sample --seed 'Riverside audit 7' --size 60 --evidence chosen --ledger "
    "./northshire\n"
    "  braid audit sample --seed 'Riverside audit 7' --size 60 --up-to 0=183 --format csv",
    declare};

}  // namespace braid::cli
