#include <catch2/catch.hpp>

#include "projections/pool_comparison.hpp"
#include "tests/projections/folded.hpp"
#include "tests/support/read_history.hpp"

namespace braid::test {

using namespace projections;

namespace {

PoolReading reading_of(const Given& given) {
  PoolReader reader(id("pool"));
  read_history(given,
               [&](const ReadEntry& entry, Bytes bytes) { reader.add(0, entry, bytes); });
  return std::move(reader).finish();
}

/// A pool of which GBP 333.33 were spent.
Given spent() {
  return history().with(a_pool()).with(
      pool_spent("pool", "scheme", 333'33).numbered(id("spending")));
}

const PoolComparison::Differing& figure(const PoolComparison& comparison, std::string_view name) {
  for (const auto& each : comparison.figures)
    if (each.ours.name == name && each.ours.organisation.empty()) return each;
  throw std::runtime_error("no figure of that name differs");
}

}  // namespace

TEST_CASE("a pool read from its entries alone is the pool that the view shows, reversals included") {
  auto given = spent();
  CHECK(reading_of(given).pool == Folded(given).rows<PoolRow>().at(0));
  const auto before = reading_of(given).entries.size();
  given.with(event_reversed(id("spending")));
  given.with(a_joint_budget("maya", {.health = 60'00}));  // of no concern to the pool
  const auto reading = reading_of(given);
  CHECK(reading.pool == Folded(given).rows<PoolRow>().at(0));
  CHECK(reading.entries.size() == before + 1);
  CHECK(reading.entries.back().kind == Kind::EVENT_REVERSED);
  CHECK(reading.entries.back().pence == 333'33);
}

TEST_CASE("two copies that hold the same say the same, wherever the entries stand") {
  const auto ours = reading_of(spent());
  auto elsewhere = history().with(a_joint_budget("maya", {.health = 60'00})).with(a_pool());
  elsewhere.with(pool_spent("pool", "scheme", 333'33).numbered(id("spending")));
  CHECK(compare(ours, ours).same());
  CHECK(compare(ours, ours).agreeing == figures_of(*ours.pool).size());
  CHECK(compare(ours, reading_of(elsewhere)).figures.empty());
}

TEST_CASE("what only one copy has is named, with every figure that it moves") {
  auto given = spent();
  const auto theirs = reading_of(given);
  given.with(pool_spent("pool", "scheme", 1).numbered(id("a penny")));
  const auto ours = reading_of(given);
  const auto comparison = compare(ours, theirs);
  REQUIRE(comparison.only_ours.size() == 1);
  CHECK(comparison.only_ours.front()->event == id("a penny"));
  CHECK(comparison.only_theirs.empty());
  CHECK(comparison.told_otherwise.empty());
  CHECK(figure(comparison, "balance").ours.value + 1 ==
        figure(comparison, "balance").theirs.value);
  CHECK(comparison.figures.size() >= 3);  // a partner's, the scheme's, the pool's
  const auto other_way = compare(theirs, ours);
  CHECK(other_way.only_theirs.size() == 1);
  CHECK(other_way.figures.size() == comparison.figures.size());
}

TEST_CASE("one event with other findings in the other copy is told otherwise") {
  const auto ours = reading_of(spent());
  auto theirs = ours;
  theirs.entries.back().found.bytes[0] ^= std::byte{1};
  const auto comparison = compare(ours, theirs);
  REQUIRE(comparison.told_otherwise.size() == 1);
  CHECK(comparison.told_otherwise.front().ours->event == id("spending"));
  CHECK_FALSE(comparison.same());
}

TEST_CASE("a copy that has never heard of the pool has nothing where the other has figures") {
  const auto ours = reading_of(spent());
  const auto comparison = compare(ours, {});
  CHECK(comparison.only_ours.size() == ours.entries.size());
  CHECK(figure(comparison, "balance").theirs.value == 0);
  CHECK_FALSE(comparison.same());
}

}  // namespace braid::test
