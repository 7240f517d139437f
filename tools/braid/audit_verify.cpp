// `braid audit verify`: the four questions of a history, each answered by itself.
#include <fmt/format.h>

#include "tools/braid/commands.hpp"
#include "tools/braid/output/sheet.hpp"
#include "tools/braid/verification.hpp"

namespace braid::cli {
namespace {

using ledger::Question;

struct Options {
  VerifyOptions verify;
  Format format = Format::table;
  bool json = false;
};

constexpr std::array questions = {Question::whole, Question::who, Question::lawful,
                                  Question::balanced};

/// What was counted to answer it.
std::string counted(const PartitionReport& report, Question question) {
  const auto some = [](std::uint64_t count, std::string_view one) {
    return fmt::format("{} {}{}", count, one, count == 1 ? "" : "s");
  };
  switch (question) {
    case Question::whole:
      return some(report.checkpoints, "checkpoint") + " passed";
    case Question::who:
      return some(report.signatures, "signature");
    case Question::lawful:
      return some(report.accepted, "acceptance") + ", " + some(report.refused, "refusal");
    case Question::balanced:
      return some(report.postings, "posting") + ", views: " + report.views;
  }
  return "";
}

void print_rows(SheetPrinter& printer, const Checked& checked, bool redecide) {
  const auto& report = checked.report;
  for (const auto question : questions) {
    const auto& answer = report.answers[static_cast<std::size_t>(question)];
    const bool asked = redecide || question != Question::lawful;
    const bool all = answer.asked == report.entries && (report.entries != 0 || !report.bad);
    printer.row(std::vector{
        Cell::of_text(name_of_partition(checked.partition)), Cell::of_text(name_of(question)),
        Cell::of_text(!asked ? "not asked" : answer.bad ? "NO" : all ? "yes" : "not to the end"),
        Cell::of_count(asked ? answer.asked : 0),
        Cell::of_text(asked ? counted(report, question) : ""),
        Cell::of_text(fmt::format("{:.2f}", static_cast<double>(answer.time_us) / 1e6)),
        answer.bad ? Cell::of_count(answer.bad->sequence) : Cell::none(),
        answer.bad ? Cell::of_text(answer.bad->found) : Cell::none(),
        answer.bad ? Cell::of_text(answer.bad->expected) : Cell::none()});
  }
}

void add_remarks(const Checked& checked, const Options& options,
                 std::vector<std::string>& remarks) {
  const auto& report = checked.report;
  const auto name = "partition " + name_of_partition(checked.partition);
  if (report.read_before != 0)
    remarks.push_back(fmt::format(
        "{}: its first {} entries were verified before, and are not judged again", name,
        report.read_before));
  if (!report.kept.empty())
    remarks.push_back(fmt::format("{}: kept in {}: {}", name, options.verify.resume.string(),
                                  report.kept.starts_with("nothing")
                                      ? report.kept
                                      : "a record with SHA-256 " + report.kept));
}

Exit verify(const Options& options, const Common& common) {
  const auto format = options.json ? Format::json : options.format;
  const auto place = common.place();
  const auto all = verify_ledger(place, options.verify);
  const auto printer = make_printer(format,
                                    {"check",
                                     "audit verify",
                                     "",
                                     {{"partition", false},
                                      {"question", false},
                                      {"answer", false},
                                      {"entries", true},
                                      {"counted", false},
                                      {"seconds", true},
                                      {"badEntry", true},
                                      {"found", false},
                                      {"expected", false}}},
                                    stdout, line_width(stdout));
  bool sound = true;
  std::vector<std::string> remarks;
  std::vector<Position> positions;
  for (const auto& checked : all) {
    print_rows(*printer, checked, !options.verify.no_redecide);
    for (const auto& answer : checked.report.answers)
      if (answer.bad) remarks.push_back(sentence_of(*answer.bad));
    sound = sound && !checked.report.bad;
    add_remarks(checked, options, remarks);
    if (!checked.report.bad)
      positions.push_back({name_of_partition(checked.partition), checked.report.entries,
                           checked.report.root, 0});
  }
  for (auto& missing : not_cosigned(place, options.verify, all)) {
    remarks.push_back(std::move(missing));
    sound = false;
  }
  printer->end(remarks, positions);
  return sound ? Exit::done : Exit::refused;
}

Command::Run declare(CLI::App& app, const Common& common) {
  auto options = std::make_shared<Options>();
  add_verify_options(app, options->verify);
  add_format_option(app, options->format);
  app.add_flag("--json", options->json, "the same as --format json");
  return [options, &common] { return verify(*options, common); };
}

}  // namespace

const Command audit_verify_command = {
    "audit verify",
    "answer each of an auditor's four questions by itself, with what was counted; may go on from "
    "the last time",
    "  braid audit verify --ledger ./copy-of-northshire --resume ./my-audit\n"
    "  braid audit verify --ledger ./northshire --witness KEY --witness KEY --require 2",
    declare};

}  // namespace braid::cli
