// `braid audit diff`: what was recorded between two moments, and what of it reaches back.
#include <fmt/format.h>

#include <memory>

#include "events/native_rows.hpp"
#include "events/read_entries.hpp"
#include "projections/changes.hpp"
#include "projections/reports/rows.hpp"
#include "tools/braid/commands.hpp"
#include "tools/braid/history_root.hpp"
#include "tools/braid/moment.hpp"
#include "tools/braid/output/sheet.hpp"
#include "tools/braid/progress.hpp"
#include "tools/braid/reading_ledger.hpp"

namespace braid::cli {
namespace {

using projections::Change;
using projections::ChangeLine;
using projections::ChangeQuestion;
using projections::Changes;

struct Options {
  std::string from;
  std::string to;
  std::string partition;
  std::string body;
  std::string strand;
  bool entries = false;
  bool back_dated = false;
  bool json = false;
  Format format = Format::table;
};

schema::Sector sector_named(std::string_view name) {
  const auto words = capnp::Schema::from<schema::Sector>().getEnumerants();
  std::string known;
  for (const auto each : words) {
    const std::string_view word = each.getProto().getName().cStr();
    if (word == name) return static_cast<schema::Sector>(each.getOrdinal());
    if (each.getOrdinal() != 0) known += (known.empty() ? "" : ", ") + std::string(word);
  }
  throw UsageError("--strand: there is no sector \"" + std::string(name) + "\". There are " + known);
}

/// "WMC/socialCare/adult-care", or its beginning.
void read_strand(const std::string& text, ChangeQuestion& question) {
  const auto first = text.find('/');
  const auto second = first == text.npos ? text.npos : text.find('/', first + 1);
  question.organisation = text.substr(0, first);
  if (first == text.npos) return;
  const auto sector = text.substr(first + 1, second == text.npos ? second : second - first - 1);
  question.sector = sector_named(sector);
  if (second != text.npos) question.fund = text.substr(second + 1);
}

ChangeQuestion question_of(const Options& options, const Moment& from) {
  ChangeQuestion question;
  question.open_day = date_of(Instant{from.until.us + 1});
  question.back_dated = options.back_dated;
  if (!options.strand.empty()) read_strand(options.strand, question);
  if (options.body.empty()) return question;
  if (!question.organisation.empty() && question.organisation != options.body)
    throw UsageError("--body " + options.body + " and --strand " + options.strand +
                     " ask about two bodies; give one of them");
  question.organisation = options.body;
  return question;
}

Cell text(std::string_view text) { return text.empty() ? Cell::none() : Cell::of_text(text); }

/// The drill-down: a row a posting, or an entry that moves none of the money asked about.
class Lines {
 public:
  Lines(Format format)
      : printer_(make_printer(format,
                              {"diff",
                               "entries",
                               "",
                               {{"partition", false},   {"sequence", true}, {"recorded", false},
                                {"change", false},      {"kind", false},    {"event", false},
                                {"publisher", false},   {"officer", false}, {"effective", false},
                                {"daysBackDated", true}, {"rules", false},  {"organisation", false},
                                {"sector", false},      {"fund", false},    {"account", false},
                                {"year", true},         {"subject", false}, {"amount", true}}},
                              stdout, line_width(stdout))) {}

  void row(const std::string& partition, const ChangeLine& line) {
    std::vector<Cell> cells = {Cell::of_text(partition), Cell::of_count(line.record.sequence()),
                               {Cell::Kind::instant, {}, line.record.head.recorded_at_us}};
    add_entry(line, cells);
    add_money(line.posting, cells);
    printer_->row(cells);
  }
  SheetPrinter& printer() { return *printer_; }

 private:
  static std::string rules_of(const projections::Record& record) {
    if (record.entry.isRefused()) return record.entry.getRefused().getFinding().getRule().cStr();
    std::string rules;
    if (record.is_accepted())
      for (const auto flag : record.entry.getAccepted().getFlags())
        rules += (rules.empty() ? "" : " ") + std::string(flag.getRule().cStr());
    return rules;
  }

  static Uuid id_of(const projections::Record& record) {
    if (record.has_event()) return schema::read(record.event.getId());
    return record.entry.isRefused() ? schema::read(record.entry.getRefused().getId())
                                    : schema::read(record.entry.getRepeated().getId());
  }

  static void add_entry(const ChangeLine& line, std::vector<Cell>& cells) {
    const auto& record = line.record;
    const auto rules = rules_of(record);
    const auto change = record.is_accepted()          ? rules.empty() ? "accepted" : "flagged"
                        : record.entry.isRefused() ? "refused"
                                                   : "repeated";
    cells.push_back(Cell::of_text(change));
    cells.push_back(record.has_event() ? text(info_of(record.kind).name) : Cell::none());
    cells.push_back(Cell::of_code(id_of(record).text()));
    cells.push_back(text(line.publisher));
    cells.push_back(record.has_event() ? text(record.event.getOfficer().cStr()) : Cell::none());
    cells.push_back(record.has_event() ? Cell::of_day(record.event.getEffective()) : Cell::none());
    cells.push_back(line.days_back_dated ? Cell::of_number(*line.days_back_dated) : Cell::none());
    cells.push_back(text(rules));
  }

  static void add_money(const Posting* posting, std::vector<Cell>& cells) {
    if (posting == nullptr) return cells.resize(cells.size() + 7);
    cells.push_back(text(posting->strand.organisation));
    cells.push_back(text(projections::word(posting->strand.sector)));
    cells.push_back(text(posting->strand.fund));
    cells.push_back(text(projections::word(posting->account)));
    cells.push_back(Cell::of_number(posting->year));
    cells.push_back(posting->subject.is_nil() ? Cell::none()
                                              : Cell::of_code(posting->subject.text()));
    cells.push_back(Cell::of_pence(posting->pence));
  }

  std::unique_ptr<SheetPrinter> printer_;
};

/// Reads a partition's entries between two positions, each of which must continue the one before.
void read_between(const EntrySource& source, Sequence from, Sequence to, Progress& progress,
                  const std::function<void(const ReadEntry&)>& take) {
  ReadEntries batch;
  std::optional<Digest> last_leaf;
  for (auto next = from; next < to;) {
    batch.read(source, next, ReadEntries::batch_bytes, std::chrono::milliseconds{0});
    if (batch.empty()) throw HistoryBroken("the log ends before entry " + std::to_string(next));
    for (const auto& entry : batch.entries()) {
      if (next == to) break;
      if (entry.sequence() != next || (last_leaf && entry.head.previous != *last_leaf))
        throw HistoryBroken("entry " + std::to_string(next) +
                            " does not continue the one before: run `braid audit verify`");
      last_leaf = entry.leaf;
      take(entry);
      ++next;
    }
    if (next < to && !batch.unreadable().empty()) throw HistoryBroken(batch.unreadable());
    progress.show(next - from, to - from);
  }
}

/// Where a partition stood, for others to compare.
Position position_at(const Ledger& ledger, const EntrySource& source, std::uint32_t partition,
                     Sequence size) {
  const auto root = HistoryRoot(ledger.directory.tree(partition), source).at(size);
  if (!root) throw HistoryBroken("the log holds fewer entries than it did");
  return {name_of_partition(partition), size, root->hex(), 0};
}

void print_sums(const Changes& changes, Format format, std::span<const std::string> remarks,
                std::span<const Position> positions) {
  const auto printer = make_printer(format,
                                    {"diff",
                                     "changes",
                                     "",
                                     {{"change", false},
                                      {"organisation", false},
                                      {"sector", false},
                                      {"fund", false},
                                      {"account", false},
                                      {"entries", true},
                                      {"amount", true},
                                      {"backDated", true},
                                      {"backDatedAmount", true},
                                      {"longestDays", true}}},
                                    stdout, line_width(stdout));
  for (const auto& [key, sum] : changes.sums()) {
    const bool is_money = key.change == Change::money;
    printer->row(std::vector{
        Cell::of_text(name_of(key.change)), text(key.organisation),
        is_money ? text(projections::word(key.sector)) : Cell::none(), text(key.fund),
        is_money ? text(projections::word(key.account)) : Cell::none(), Cell::of_count(sum.entries),
        is_money ? Cell::of_pence(sum.pence) : Cell::none(), Cell::of_count(sum.back_dated),
        is_money ? Cell::of_pence(sum.back_dated_pence) : Cell::none(),
        sum.back_dated != 0 ? Cell::of_number(sum.longest_days) : Cell::none()});
  }
  printer->end(remarks, positions);
}

/// What the table rests on, in sentences.
std::vector<std::string> remarks_of(const Moment& from, const Moment& to,
                                    const ChangeQuestion& question,
                                    std::span<const Position> before) {
  std::vector<std::string> remarks = {
      "From " + from.text + " to " + to.text + ". Back-dated: what takes effect before " +
      question.open_day.text() + "; days are from the effective day to the day of recording (UTC)."};
  for (const auto& position : before)
    remarks.push_back(fmt::format("Partition {} stood at {} entries, root {}.", position.partition,
                                  position.size, position.root));
  return remarks;
}

void check_order(const Moment& from, const Moment& to) {
  for (const auto& [partition, size] : from.sizes)
    if (size > to.sizes.at(partition))
      throw UsageError(from.text + " is later than " + to.text + " in partition " +
                       name_of_partition(partition) + ": give the earlier moment first");
}

Exit diff(const Options& options, const Common& common) {
  const auto format = options.json ? Format::json : options.format;
  check_partition_is_heeded(options.partition, {options.from, options.to});
  const ReadingLedger reading(common.place(), ReadingLedger::Views::not_needed);
  const auto& ledger = reading.ledger();
  const lmdb::EventLog log(ledger.directory);
  const auto from = moment_named(ledger, log, options.from, options.partition);
  const auto to = moment_named(ledger, log, options.to, options.partition);
  check_order(from, to);
  const auto question = question_of(options, from);
  Changes changes(question);
  std::optional<Lines> lines;
  if (options.entries) lines.emplace(format);
  std::vector<Position> before, after;
  for (const auto partition : ledger.founding.all_partitions()) {
    const auto size = to.sizes.at(partition);
    const auto source = log.reader(partition);
    const auto name = name_of_partition(partition);
    Progress progress("partition " + name, "entries");
    changes.begin_partition();
    read_between(*source, from.sizes.at(partition), size, progress, [&](const ReadEntry& entry) {
      changes.add(entry, lines ? [&](const ChangeLine& line) { lines->row(name, line); }
                               : std::function<void(const ChangeLine&)>{});
    });
    before.push_back(position_at(ledger, *source, partition, from.sizes.at(partition)));
    after.push_back(position_at(ledger, *source, partition, size));
  }
  const auto remarks = remarks_of(from, to, question, before);
  lines ? lines->printer().end(remarks, after) : print_sums(changes, format, remarks, after);
  return Exit::done;
}

Command::Run declare(CLI::App& app, const Common& common) {
  auto options = std::make_shared<Options>();
  app.add_option("A", options->from, moment_help)->required();
  app.add_option("B", options->to, "the later moment, named the same way")->required();
  app.add_option("--partition", options->partition,
                 "where an entry's number counts: register, or a place's partition: 0, 1 ...");
  app.add_option("--body", options->body,
                 "only what this body published, and money of its strands (ODS code)");
  app.add_option("--strand", options->strand,
                 "only money of these strands: WMC, WMC/socialCare or WMC/socialCare/adult-care");
  app.add_flag("--entries", options->entries, "each entry and posting instead of their sums");
  app.add_flag("--back-dated", options->back_dated, "only what takes effect before A's day");
  add_format_option(app, options->format);
  app.add_flag("--json", options->json, "the same as --format json");
  return [options, &common] { return diff(*options, common); };
}

}  // namespace

const Command audit_diff_command = {
    "audit diff",
    "say what was recorded between two moments: accepted, flagged, refused, money by strand, and "
    "what of it was back-dated, by how long",
    "  braid audit diff 2026-03-31 now\n"
    "  braid audit diff 2026-03-31 2026-04-30 --strand WMC/socialCare --back-dated --entries",
    declare};

}  // namespace braid::cli
