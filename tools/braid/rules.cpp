// `braid rules`: the law and local policy that this program asks, in the order in which it asks.
#include <fmt/format.h>

#include "ledger/rules/rule.hpp"
#include "tools/braid/commands.hpp"
#include "tools/braid/output/sheet.hpp"

namespace braid::cli {
namespace {

struct Options {
  std::string at;
  Format format = Format::table;
};

std::string_view name_of(ledger::Level level) {
  switch (level) {
    case ledger::Level::refuse:
      return "refuse";
    case ledger::Level::flag:
      return "flag";
    case ledger::Level::deadline:
      return "deadline";
    case ledger::Level::report:
      return "report";
  }
  return "";
}

std::string_view name_of(ledger::Confidence confidence) {
  switch (confidence) {
    case ledger::Confidence::verified:
      return "read in the instrument";
    case ledger::Confidence::older:
      return "read in its predecessor";
    case ledger::Confidence::secondary:
      return "secondary source";
  }
  return "";
}

/// One rule: the rows of the book that differ only in the kind they look at.
struct Shown {
  const ledger::Rule* rule;
  std::string kinds;
};

bool is_same_rule(const ledger::Rule& one, const ledger::Rule& other) {
  return one.id == other.id && one.level == other.level && one.from == other.from &&
         one.sentence == other.sentence;
}

std::vector<Shown> rules_in_force(Date day) {
  std::vector<Shown> shown;
  for (const auto& rule : ledger::rule_book()) {
    if (rule.from > day) continue;
    if (shown.empty() || !is_same_rule(*shown.back().rule, rule)) shown.push_back({&rule, ""});
    auto& kinds = shown.back().kinds;
    if (rule.kind) kinds += (kinds.empty() ? "" : " ") + std::string(info_of(*rule.kind).name);
  }
  return shown;
}

Exit print_rules(const Options& options) {
  auto day = Date{std::numeric_limits<std::int32_t>::max()};
  if (!options.at.empty()) {
    const auto parsed = Date::from_text(options.at);
    if (!parsed) throw UsageError("--at: " + parsed.error());
    day = *parsed;
  }
  const auto printer = make_printer(options.format,
                                    {"list",
                                     "rules",
                                     "",
                                     {{"rule", false},
                                      {"level", false},
                                      {"from", false},
                                      {"asked_of", false},
                                      {"sentence", false},
                                      {"citation", false},
                                      {"confidence", false},
                                      {"switched_on", false}}},
                                    stdout, line_width(stdout));
  for (const auto& [rule, kinds] : rules_in_force(day))
    printer->row(std::vector{Cell::of_text(rule->id), Cell::of_text(name_of(rule->level)),
                             Cell::of_day(rule->from.days), Cell::of_text(kinds),
                             Cell::of_text(rule->sentence), Cell::of_text(rule->citation),
                             Cell::of_text(name_of(rule->confidence)),
                             Cell::of_text(rule->switched_on ? "yes" : "by choice")});
  printer->end({}, {});
  return Exit::done;
}

Command::Run declare(CLI::App& app, const Common&) {
  auto options = std::make_shared<Options>();
  app.add_option("--at", options->at, "only what was in force on this day, as 2021-04-01");
  add_format_option(app, options->format);
  return [options] { return print_rules(*options); };
}

}  // namespace

const Command rules_command = {"rules", "list the rules of law and policy, with citations",
                               "  braid rules --at 2018-06-01 --format csv", declare};

}  // namespace braid::cli
