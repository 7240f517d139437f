// `braid rules`: the law and local policy that is asked, in the order in which it is asked: by the
// newest rule book, or by the one that a ledger had adopted on a day or when it judged an entry.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "ledger/rules/rule.hpp"
#include "tools/braid/commands.hpp"
#include "tools/braid/output/sheet.hpp"
#include "tools/braid/rule_book_then.hpp"

namespace braid::cli {
namespace {

struct Options {
  std::string at;
  std::string partition = "register";
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

std::vector<Shown> rules_in_force(const RuleBookThen& then) {
  std::vector<Shown> shown;
  for (const auto& rule : ledger::rule_book()) {
    const auto version = then.book.version;
    if (rule.from > then.day || version < rule.since_book || rule.until_book < version) continue;
    if (shown.empty() || !is_same_rule(*shown.back().rule, rule)) shown.push_back({&rule, ""});
    auto& kinds = shown.back().kinds;
    if (rule.kind) kinds += (kinds.empty() ? "" : " ") + std::string(info_of(*rule.kind).name);
  }
  return shown;
}

std::string_view is_asked(const ledger::Rule& rule, const ledger::AdoptedRuleBook& book) {
  if (rule.switched_on) return "yes";
  const auto& chosen = book.switched_on;
  return std::ranges::find(chosen, rule.id) == chosen.end() ? "by choice" : "chosen";
}

std::string remark_on(const RuleBookThen& then) {
  const auto& book = then.book;
  if (!then.of_ledger)
    return fmt::format("By rule book {}, the newest that this program knows.", book.version);
  if (!then.adopted)
    return "No rule book was adopted yet: a ledger is judged by the first until one is.";
  return fmt::format("By rule book {}, adopted from {}{}{}.", book.version, Date{book.from}.text(),
                     book.switched_on.empty() ? "" : ", with ",
                     fmt::join(book.switched_on, " and "));
}

Date day_of(const std::string& text) {
  const auto parsed = Date::from_text(text);
  if (!parsed) throw UsageError("--at: " + parsed.error());
  return *parsed;
}

/// An entry's number; nothing where it is a day.
std::optional<Sequence> entry_named(const std::string& text) {
  Sequence sequence = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), sequence);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return sequence;
}

RuleBookThen rule_book_asked_for(const Options& options, const Common& common) {
  const auto entry = entry_named(options.at);
  if (common.ledger.empty()) {
    if (entry)
      throw UsageError("--at " + options.at +
                       ": an entry is one of a ledger; name it by --ledger, or give a day");
    return newest_rule_book(options.at.empty() ? Date{std::numeric_limits<std::int32_t>::max()}
                                               : day_of(options.at));
  }
  const ReadingLedger reading(common.place(), ReadingLedger::Views::not_needed);
  if (entry) return rule_book_of_entry(reading.ledger(), options.partition, *entry);
  return rule_book_of_day(reading.ledger(),
                          options.at.empty() ? date_of(Instant{now_us()}) : day_of(options.at));
}

Exit print_rules(const Options& options, const Common& common) {
  const auto then = rule_book_asked_for(options, common);
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
  for (const auto& [rule, kinds] : rules_in_force(then))
    printer->row(std::vector{Cell::of_text(rule->id), Cell::of_text(name_of(rule->level)),
                             Cell::of_day(rule->from.days), Cell::of_text(kinds),
                             Cell::of_text(rule->sentence), Cell::of_text(rule->citation),
                             Cell::of_text(name_of(rule->confidence)),
                             Cell::of_text(is_asked(*rule, then.book))});
  printer->end(std::vector{remark_on(then)}, {});
  return Exit::done;
}

Command::Run declare(CLI::App& app, const Common& common) {
  auto options = std::make_shared<Options>();
  app.add_option("--at", options->at,
                 "what was in force on this day, as 2021-04-01, or, in a ledger, when it judged "
                 "this entry, as 47");
  app.add_option("--partition", options->partition, "which partition's entry: register, 0, 1 ...");
  add_format_option(app, options->format);
  return [options, &common] { return print_rules(*options, common); };
}

}  // namespace

const Command rules_command = {
    "rules", "list the rules of law and policy, with citations, of today or of a day",
    "  braid rules --at 2018-06-01 --format csv\n"
    "  braid rules --ledger ./northshire --at 2021-04-01   # by the rule book that it had adopted\n"
    "  braid rules --ledger ./northshire --partition 0 --at 47   # by which entry 47 was judged",
    declare};

}  // namespace braid::cli
