// `braid verify`: an auditor's four questions of the whole history. Is it whole, who said it, was
// it lawful, does it balance? The short form of `braid audit verify`.
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
};

/// "yes", "NO", or how far it was asked.
Cell answer(const PartitionReport& report, Question question, bool redecide) {
  if (question == Question::lawful && !redecide) return Cell::of_text("not asked");
  const auto& answer = report.answers[static_cast<std::size_t>(question)];
  if (answer.bad) return Cell::of_text("NO");
  if (answer.asked == report.entries && (report.entries != 0 || !report.bad))
    return Cell::of_text("yes");
  return Cell::of_text(fmt::format("to entry {}", answer.asked));
}

void print_row(SheetPrinter& printer, const Checked& checked, bool redecide) {
  const auto& report = checked.report;
  printer.row(std::vector{
      Cell::of_text(name_of_partition(checked.partition)), Cell::of_count(report.entries),
      answer(report, Question::whole, redecide), answer(report, Question::who, redecide),
      answer(report, Question::lawful, redecide), answer(report, Question::balanced, redecide),
      Cell::of_count(report.accepted), Cell::of_count(report.refused),
      Cell::of_count(report.signatures), Cell::of_count(report.postings),
      Cell::of_count(report.checkpoints), Cell::of_text(report.views),
      Cell::of_text(fmt::format("{:.2f}", checked.time.count()))});
}

Exit verify(const Options& options, const Common& common) {
  const bool redecide = !options.verify.no_redecide;
  const auto place = common.place();
  const auto all = verify_ledger(place, options.verify);
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
  for (const auto& checked : all) {
    print_row(*printer, checked, redecide);
    if (checked.report.bad)
      remarks.push_back(sentence_of(*checked.report.bad));
    else
      positions.push_back({name_of_partition(checked.partition), checked.report.entries,
                           checked.report.root, 0});
  }
  for (auto& missing : not_cosigned(place, options.verify, all)) remarks.push_back(std::move(missing));
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
  add_verify_options(app, options->verify);
  add_format_option(app, options->format);
  return [options, &common] { return verify(*options, common); };
}

}  // namespace

const Command verify_command = {"verify",
                                "check the whole history: is it whole, signed, lawful, balanced",
                                "  braid verify --ledger ./northshire", declare};

}  // namespace braid::cli
