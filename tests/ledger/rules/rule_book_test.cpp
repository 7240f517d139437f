#include <catch2/catch.hpp>
#include <charconv>
#include <set>

#include "events/kinds.hpp"
#include "ledger/rules/rule.hpp"

using namespace braid;
using namespace braid::ledger;

namespace {

/// The number of "R29"; nothing for rules of arithmetic and local policy, which have names.
std::optional<int> number_of(std::string_view id) {
  int number = 0;
  if (!id.starts_with('R')) return std::nullopt;
  const auto [end, error] = std::from_chars(id.data() + 1, id.data() + id.size(), number);
  return error == std::errc{} && end == id.data() + id.size() ? std::optional(number)
                                                              : std::nullopt;
}

std::set<std::string_view> ids() {
  std::set<std::string_view> all;
  for (const auto& rule : rule_book()) all.insert(rule.id);
  return all;
}

}  // namespace

TEST_CASE("the rule book lists the law by number, then what arithmetic and local policy watch") {
  int last = 0;
  bool named = false;
  for (const auto& rule : rule_book()) {
    CAPTURE(rule.id);
    const auto number = number_of(rule.id);
    CHECK_FALSE((number && named));
    if (number) CHECK(*number >= last);
    if (number) last = *number;
    named = !number;
  }
  CHECK(last == 76);
}

TEST_CASE("the rule book lists the whole law, from R01 to R76") {
  const std::set<int> never_given = {21, 36, 44, 61};
  for (int number = 1; number <= 76; ++number) {
    const auto id = (number < 10 ? "R0" : "R") + std::to_string(number);
    CAPTURE(id);
    CHECK(ids().contains(id) != never_given.contains(number));
  }
}

TEST_CASE("every rule says what it demands and where that stands") {
  for (const auto& rule : rule_book()) {
    CAPTURE(rule.id);
    CHECK(rule.sentence.size() > 10);
    CHECK(rule.citation.size() > 5);
    CHECK(rule.from >= *Date::from_calendar(2000, 1, 1));
    CHECK(rule.since_book <= newest_rule_book);
  }
}

TEST_CASE("a rule is asked of a kind exactly where it has a function, and of a kind once") {
  std::set<std::pair<std::string_view, Kind>> asked;
  for (const auto& rule : rule_book()) {
    CAPTURE(rule.id);
    CHECK(rule.kind.has_value() == (rule.function != nullptr));
    if (rule.kind) CHECK(asked.insert({rule.id, *rule.kind}).second);
  }
}

TEST_CASE("deadlines and reports are kept by projections, and asked of nothing") {
  for (const auto& rule : rule_book())
    if (rule.level == Level::deadline || rule.level == Level::report) {
      CAPTURE(rule.id);
      CHECK_FALSE(rule.kind.has_value());
    }
}

TEST_CASE("a rule that refuses or flags is asked here, or is known to be kept elsewhere") {
  // ledger/README.md says of each where.
  const std::set<std::string_view> kept_elsewhere = {"R02", "R05", "R06", "R12", "R15",
                                                     "R33", "R34", "R39", "R41", "R55",
                                                     "R56", "R57", "R59", "R66", "own_key",
                                                     "own_key_signs", "succession_day"};
  std::set<std::string_view> unasked;
  for (const auto& rule : rule_book())
    if ((rule.level == Level::refuse || rule.level == Level::flag) && !rule.kind)
      unasked.insert(rule.id);
  CHECK(unasked == kept_elsewhere);
}

TEST_CASE("the rows of one rule agree on what it says") {
  for (const auto& rule : rule_book())
    for (const auto& other : rule_book()) {
      if (rule.id != other.id || !number_of(rule.id)) continue;
      CAPTURE(rule.id);
      CHECK(rule.sentence == other.sentence);
      CHECK(rule.citation == other.citation);
      CHECK(rule.level == other.level);
      CHECK(rule.confidence == other.confidence);
      CHECK(rule.from == other.from);
    }
}

TEST_CASE("only R14 ships switched off") {
  for (const auto& rule : rule_book()) {
    CAPTURE(rule.id);
    CHECK(rule.switched_on == (rule.id != "R14"));
  }
}
