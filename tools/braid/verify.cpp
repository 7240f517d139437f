// `braid verify`, and `braid audit verify`: an auditor's four questions of the whole history. Is it
// whole, who said it, was it lawful, does it balance?
#include <fmt/format.h>

#include <chrono>
#include <cstdlib>

#include "adapters/lmdb/event_log.hpp"
#include "events/faults.hpp"
#include "tools/braid/checkpoint_book.hpp"
#include "tools/braid/commands.hpp"
#include "tools/braid/history_root.hpp"
#include "tools/braid/output/sheet.hpp"
#include "tools/braid/partition_check.hpp"
#include "tools/braid/progress.hpp"
#include "tools/braid/reading_ledger.hpp"

namespace braid::cli {
namespace {

using Clock = std::chrono::steady_clock;
using ledger::Question;

struct Options {
  bool no_redecide = false;
  std::string partition;
  Format format = Format::table;
  std::vector<std::string> witnesses;
  std::size_t required = 0;
};

struct Checked {
  PartitionReport report;
  std::chrono::duration<double> time{};
};

/// What the directory says of itself, asked in a child like everything else.
std::vector<std::uint32_t> partitions_of(const Options& options,
                                         const std::filesystem::path& path) try {
  const auto end = run_in_child(
      [&](ChildProgress&) {
        const auto ledger = open_ledger(path);
        std::string all;
        const auto wanted = options.partition.empty()
                                ? ledger.founding.all_partitions()
                                : std::vector{partition_named(ledger.founding, options.partition)};
        for (const auto partition : wanted) all += std::to_string(partition) + " ";
        return all;
      },
      [](const ChildProgress&) {});
  if (!end.said)
    throw Refused(
        "partition register: its file cannot be read; keep it as it is, and restore the ledger "
        "from a copy");
  std::vector<std::uint32_t> partitions;
  for (const char* at = end.said->c_str(); *at != '\0';) {
    char* after = nullptr;
    partitions.push_back(static_cast<std::uint32_t>(std::strtoul(at, &after, 10)));
    at = after + 1;
  }
  return partitions;
} catch (const HistoryBroken& broken) {
  throw Refused(fmt::format("partition register, entry 0: not whole: {}", broken.what()));
}

ChildEnd check_in_child(const std::filesystem::path& path, std::uint32_t partition, bool redecide) {
  Progress shown("verifying partition " + name_of_partition(partition), "entries");
  return run_in_child(
      [&](ChildProgress& progress) {
        return check_partition(open_ledger(path), partition, redecide, progress).bytes();
      },
      [&](const ChildProgress& progress) { shown.show(progress.done, progress.whole); });
}

Checked check(const std::filesystem::path& path, std::uint32_t partition, bool redecide) {
  const auto begun = Clock::now();
  Checked checked;
  const auto broken_at = [&](Sequence entries, std::string found) {
    checked.report.entries = entries;
    checked.report.bad =
        ledger::BadEntry{Question::whole, partition, entries, std::move(found), "a readable file"};
  };
  try {
    const auto end = check_in_child(path, partition, redecide);
    if (end.said)
      checked.report = PartitionReport::from_bytes(*end.said);
    else
      broken_at(end.done, fmt::format("the file cannot be read after entry {} (signal {})",
                                      end.done, end.signal));
  } catch (const HistoryBroken& broken) {
    broken_at(0, broken.what());
  }
  checked.time = Clock::now() - begun;
  return checked;
}

/// "yes", "no", or how far it was asked.
Cell answer(const Checked& checked, Question question, bool redecide) {
  const auto& report = checked.report;
  if (question == Question::lawful && !redecide) return Cell::of_text("not asked");
  if (!report.bad) return Cell::of_text("yes");
  if (report.bad->question == question) return Cell::of_text("NO");
  return Cell::of_text(fmt::format("to entry {}", report.entries));
}

void print_row(SheetPrinter& printer, std::uint32_t partition, const Checked& checked,
               bool redecide) {
  const auto& report = checked.report;
  const auto number = [](std::uint64_t value) {
    return Cell::of_number(static_cast<std::int64_t>(value));
  };
  printer.row(std::vector{
      Cell::of_text(name_of_partition(partition)), number(report.entries),
      answer(checked, Question::whole, redecide), answer(checked, Question::who, redecide),
      answer(checked, Question::lawful, redecide), answer(checked, Question::balanced, redecide),
      number(report.accepted), number(report.refused), number(report.signatures),
      number(report.postings), number(report.checkpoints), Cell::of_text(report.views),
      Cell::of_text(fmt::format("{:.2f}", checked.time.count()))});
}

std::string sentence(const ledger::BadEntry& bad) {
  return fmt::format("partition {}, entry {}: not {}: {}; expected {}",
                     name_of_partition(bad.partition), bad.sequence, name_of(bad.question),
                     bad.found, bad.expected);
}

ledger::WitnessPolicy policy_of(const Options& options) {
  ledger::WitnessPolicy policy{{}, options.required};
  for (const auto& text : options.witnesses) {
    auto key = ledger::witness_key(text);
    if (!key) throw UsageError("--witness: " + key.error());
    policy.witnesses.push_back(std::move(*key));
  }
  if (policy.required > policy.witnesses.size())
    throw UsageError(fmt::format("--require {} of {} witnesses: name as many with --witness",
                                 policy.required, policy.witnesses.size()));
  return policy;
}

/// A sentence for each partition whose published checkpoint is not cosigned as the reader asks, or
/// is not of this history.
std::vector<std::string> not_cosigned(const Options& options, const std::filesystem::path& path,
                                      const std::vector<std::uint32_t>& partitions) {
  const auto policy = policy_of(options);
  if (policy.witnesses.empty()) return {};
  const auto ledger = open_ledger(path);
  const lmdb::EventLog log(ledger.directory);
  std::vector<std::string> sentences;
  for (const auto partition : partitions) {
    const auto source = log.reader(partition);
    if (source->size() == 0) continue;
    const CheckpointBook book(ledger, partition);
    const auto note = book.published();
    const auto found = note ? ledger::verify_cosigned(*note, book.signer(), policy)
                            : Parsed<ledger::Checkpoint>(unreadable("no checkpoint is published"));
    if (!found)
      sentences.push_back(fmt::format("partition {}: {}", name_of_partition(partition), found.error()));
    else if (HistoryRoot(ledger.directory.tree(partition), *source).at(found->size) != found->root)
      sentences.push_back(fmt::format(
          "partition {}: the history is not the one that its witnesses cosigned at {} entries",
          name_of_partition(partition), found->size));
  }
  return sentences;
}

Exit verify(const Options& options, const Common& common) {
  const auto place = common.place();
  if (place.kafka) ReadingLedger(place, ReadingLedger::Views::not_needed);  // closed again: see child
  const auto& path = place.directory;
  const bool redecide = !options.no_redecide;
  const auto printer = make_printer(options.format,
                                    {"check",
                                     "verify",
                                     "",
                                     {{"partition", false},
                                      {"entries", true},
                                      {"whole", false},
                                      {"who", false},
                                      {"lawful", false},
                                      {"balanced", false},
                                      {"accepted", true},
                                      {"refused", true},
                                      {"signatures", true},
                                      {"postings", true},
                                      {"checkpoints", true},
                                      {"views", false},
                                      {"seconds", true}}},
                                    stdout, line_width(stdout));
  std::vector<std::string> remarks;
  std::vector<Position> positions;
  const auto partitions = partitions_of(options, path);
  for (const auto partition : partitions) {
    const auto checked = check(path, partition, redecide);
    print_row(*printer, partition, checked, redecide);
    if (checked.report.bad)
      remarks.push_back(sentence(*checked.report.bad));
    else
      positions.push_back(
          {name_of_partition(partition), checked.report.entries, checked.report.root, 0});
  }
  for (auto& missing : not_cosigned(options, path, partitions)) remarks.push_back(std::move(missing));
  const bool sound = remarks.empty();
  if (sound)
    remarks.push_back(
        "The history is sound: every entry is in its place, signed, lawful and balanced.");
  if (sound && !redecide)
    remarks.back() =
        "The history is whole, signed and balanced. Whether it was lawful was not asked.";
  printer->end(remarks, positions);
  return sound ? Exit::done : Exit::refused;
}

Command::Run declare(CLI::App& app, const Common& common) {
  auto options = std::make_shared<Options>();
  app.add_flag("--no-redecide", options->no_redecide,
               "do not judge every event again by the rules of its day: faster");
  app.add_option("--partition", options->partition, "only this one: register, 0, 1 ...");
  app.add_option("--witness", options->witnesses,
                 "the key of a witness you trust; its cosignature of what is published is checked");
  app.add_option("--require", options->required,
                 "so many of the witnesses named must have cosigned");
  add_format_option(app, options->format);
  return [options, &common] { return verify(*options, common); };
}

}  // namespace

const Command verify_command = {"verify",
                                "check the whole history: is it whole, signed, lawful, balanced",
                                "  braid verify --ledger ./northshire", declare};

const Command audit_verify_command = {
    "audit verify", "check the whole history; as `braid verify`",
    "  braid audit verify --ledger ./northshire\n"
    "  braid audit verify --ledger ./northshire --witness KEY --witness KEY --require 2",
    declare};

}  // namespace braid::cli
