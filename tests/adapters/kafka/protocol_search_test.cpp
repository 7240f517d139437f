#include <catch2/catch.hpp>

#include "tests/adapters/kafka/protocol_search.hpp"

using namespace braid::test::protocol;

namespace {

constexpr Bounds calm = {.writers = 2, .positions = 2, .losses = 0, .repeats = 0};
constexpr Bounds a_loss = {.writers = 2, .positions = 2, .losses = 1, .repeats = 0};
constexpr Bounds a_loss_and_a_repeat = {.writers = 2, .positions = 1, .losses = 1, .repeats = 1};
constexpr Bounds a_cut = {.writers = 2, .positions = 1, .losses = 0, .repeats = 0, .cuts = 1};

void all_holds(Bounds bounds, std::size_t states) {
  const auto found = search_thoroughly(bounds);
  for (const auto& step : found.trace) UNSCOPED_INFO(step);
  CHECK(found.broken.empty());
  CHECK(found.states == states);
}

/// The bounds in which the absence of a rule shows soonest.
Bounds bounds_for(Rule rule) {
  switch (rule) {
    case Rule::gap_tears_its_writer: return a_loss;
    case Rule::barrier_names_predecessor: return a_loss_and_a_repeat;
    case Rule::receipts_ask_for_the_report:
    case Rule::receipts_compare_offsets: return a_cut;
    default: return calm;
  }
}

}  // namespace

TEST_CASE("Nothing that two writers can do breaks an invariant") { all_holds(calm, 9'160); }

TEST_CASE("Nothing that two writers can do breaks an invariant, where a message is lost") {
  all_holds(a_loss, 15'518);
}

TEST_CASE("Nothing that two writers can do breaks one, where messages are lost and come twice") {
  all_holds(a_loss_and_a_repeat, 45'594);
}

TEST_CASE("Nothing that two writers can do breaks an invariant, where a broker's tail is cut") {
  all_holds(a_cut, 11'819);
}

TEST_CASE("Without any one of the rules an invariant breaks, in bounds where with all none does") {
  for (int number = 1; number <= rule_count; ++number) {
    const auto rule = static_cast<Rule>(number);
    const auto found = search(without(rule), bounds_for(rule));
    INFO("rule " << number);
    CHECK_FALSE(found.broken.empty());
    CHECK_FALSE(found.trace.empty());
  }
}
