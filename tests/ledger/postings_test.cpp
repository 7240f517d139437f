#include "ledger/postings.hpp"

#include <catch2/catch.hpp>
#include <limits>

#include "tests/support/ledger_world.hpp"

using namespace braid;
using namespace braid::test;
using namespace braid::ledger;

namespace {

constexpr auto most = std::numeric_limits<std::int64_t>::max();

/// A history in which a budget "maya" has care money allocated in three years; `on` of what is said
/// is in 2026-27.
struct Allocated {
  Given given = history().with(a_joint_budget("maya", {.social_care = 90'00}));
  OwnedBytes bytes =
      contribution_received("maya", care, 1).numbered(id("said")).on("2026-05-01").bytes();
  EventReader event{bytes};
  Moment moment = given.moment();

  explicit Allocated(std::initializer_list<std::pair<std::uint16_t, std::int64_t>> years) {
    std::vector<Posting> postings;
    for (const auto& [year, pence] : years)
      postings.push_back({.account = Account::ALLOCATED,
                          .strand = nhs,
                          .year = year,
                          .pence = pence,
                          .subject = id("maya")});
    const auto told =
        contribution_received("maya", care, 1).numbered(id("told")).on("2026-05-01").bytes();
    given.replay({told, postings, 0});
  }
  [[nodiscard]] Context context() const { return {given.state(), event.get(), moment}; }
};

/// The legs that arrive, as (year, pence).
std::vector<std::pair<int, std::int64_t>> arrived(const std::vector<Posting>& postings) {
  std::vector<std::pair<int, std::int64_t>> all;
  for (const auto& posting : postings)
    if (posting.pence > 0) all.emplace_back(posting.year, posting.pence);
  return all;
}

const Purse from = allocated(id("maya"));
const Purse to = spent(id("maya"));
const Date may = day("2026-05-01");

}  // namespace

TEST_CASE("a move leaves one purse and arrives in another, of the same strand and year") {
  const Allocated world({});
  const auto context = world.context();
  Legs legs(context);
  legs.move(from, to, care, 2026, 5'00);
  const auto postings = std::move(legs).finish();
  REQUIRE(postings);
  CHECK(*postings == std::vector<Posting>{{Account::ALLOCATED, care, 2026, -5'00, id("maya")},
                                          {Account::SPENT, care, 2026, 5'00, id("maya")}});
}

TEST_CASE("a negative move goes the other way, and a move of nothing is no leg") {
  const Allocated world({});
  const auto context = world.context();
  Legs legs(context);
  legs.move(from, to, care, 2026, -5'00);
  legs.move(from, to, care, 2026, 0);
  const auto postings = std::move(legs).finish();
  REQUIRE(postings);
  REQUIRE(postings->size() == 2);
  CHECK(postings->front().pence == 5'00);
}

TEST_CASE(
    "a draw takes the oldest year's money first, and what there is none for in the year of the "
    "day") {
  const Allocated world({{2026, 7'00}, {2024, 5'00}, {2025, -1'00}});
  const auto context = world.context();
  const auto drawn = [&](std::int64_t pence, Date on) {
    Legs legs(context);
    legs.draw(from, to, nhs, pence, on);
    return arrived(*std::move(legs).finish());
  };
  CHECK(drawn(4'00, may) == std::vector<std::pair<int, std::int64_t>>{{2024, 4'00}});
  CHECK(drawn(8'00, may) == std::vector<std::pair<int, std::int64_t>>{{2024, 5'00}, {2026, 3'00}});
  CHECK(drawn(13'00, day("2027-05-01")) ==
        std::vector<std::pair<int, std::int64_t>>{{2024, 5'00}, {2026, 7'00}, {2027, 1'00}});
}

TEST_CASE("a draw up to what there is stops there") {
  const Allocated world({{2026, 7'00}, {2024, 5'00}});
  const auto context = world.context();
  Legs legs(context);
  CHECK(legs.available(from, nhs) == 12'00);
  CHECK(legs.draw_up_to(from, to, nhs, 20'00) == 12'00);
  CHECK(legs.available(from, nhs) == 0);
}

TEST_CASE("later legs see what earlier legs of the same event have moved") {
  const Allocated world({{2024, 5'00}, {2025, 5'00}});
  const auto context = world.context();
  Legs legs(context);
  legs.draw(from, to, nhs, 3'00, may);
  legs.draw(from, to, nhs, 3'00, may);
  CHECK(arrived(*std::move(legs).finish()) ==
        std::vector<std::pair<int, std::int64_t>>{{2024, 3'00}, {2024, 2'00}, {2025, 1'00}});
}

TEST_CASE("a balance that 64 bits cannot hold is refused as arithmetic, whatever comes after") {
  const Allocated world({{2026, most - 1}});
  const auto context = world.context();
  Legs just(context);
  just.move(to, from, nhs, 2026, 1);
  CHECK(std::move(just).finish());
  Legs beyond(context);
  beyond.move(to, from, nhs, 2026, 2);
  beyond.move(from, to, nhs, 2026, 2);
  const auto refusal = std::move(beyond).finish();
  REQUIRE_FALSE(refusal);
  CHECK(refusal.error().rule == "arithmetic");
}

TEST_CASE("the least amount of all has no opposite, and is refused as arithmetic") {
  const Allocated world({});
  const auto context = world.context();
  Legs legs(context);
  legs.move(from, to, care, 2026, std::numeric_limits<std::int64_t>::min());
  CHECK_FALSE(std::move(legs).finish());
}

TEST_CASE("an event has at most 40 postings and 20 strands") {
  const Allocated world({});
  const auto context = world.context();
  const auto years = [&](int count) {
    Legs legs(context);
    for (int i = 0; i < count; ++i)
      legs.move(from, to, care, static_cast<std::uint16_t>(2000 + i), 1);
    return std::move(legs).finish().has_value();
  };
  CHECK(years(20));
  CHECK_FALSE(years(21));
  const auto strands = [&](int count) {
    Legs legs(context);
    for (int i = 0; i < count; ++i)
      legs.post({.account = Account::SPENT,
                 .strand = {"QUY", schema::Sector::HEALTH, std::to_string(i)},
                 .year = 2026,
                 .pence = 1,
                 .subject = {}});
    return std::move(legs).finish().has_value();
  };
  CHECK(strands(20));
  CHECK_FALSE(strands(21));
}
