#include <catch2/catch.hpp>

#include "ledger/rules/rule.hpp"
#include "tests/support/ledger_world.hpp"

using namespace braid;
using namespace braid::test;
using schema::OrganisationKind;
using schema::Sector;

namespace {

const Strand of_the_ccg{"15C", Sector::HEALTH, "chc"};
const auto allocation = allocation_set(of_the_ccg, 2026, 1'00);

/// It is 2026-05-01, and QUY will succeed RVJ on 2026-07-01.
Given a_succession_to_come(std::uint16_t book) {
  Given given;
  given.today("2026-05-01").with(ledger_founded());
  for (const auto* code : {"RVJ", "QUY"})
    given.with(organisation_registered(code, OrganisationKind::TRUST)).with(key_added(code, code));
  given.with(fund_registered("wards", Sector::HEALTH).from("RVJ"));
  given.with(rule_book_adopted(book));
  given.with(organisation_succeeded("RVJ", "QUY", "2026-07-01"));
  return given;
}

const auto of_the_wards = allocation_set({"RVJ", Sector::HEALTH, "wards"}, 2026, 1'00);

}  // namespace

TEST_CASE("the successor of a body publishes for it, and no other does") {
  auto given = history();
  CHECK(when(given, allocation.from("QUY")) == accepted());
  CHECK(when(given, allocation.from("E10000008")) == refused("authority", "strand"));
}

TEST_CASE(
    "an abolished body publishes nothing from the day of its succession, and is told who does") {
  auto given = history();
  const auto late = when(given, allocation.from("15C"));
  CHECK(late == refused("authority", "publisher"));
  CHECK(late.sentence() == "15C was succeeded on 2022-07-01. Send this as QUY.");
  CHECK(when(given.today("2022-06-30"), allocation.from("15C")) == accepted());
  CHECK(when(given.today("2022-07-01"), allocation.from("15C")) ==
        refused("authority", "publisher"));
}

TEST_CASE("a successor does not act for a body before the day of the succession") {
  auto given = a_succession_to_come(2);
  CHECK(when(given.today("2026-06-30"), of_the_wards.from("RVJ")) == accepted());
  CHECK(when(given, of_the_wards.from("QUY")) == refused("authority", "strand"));
  CHECK(when(given.today("2026-07-01"), of_the_wards.from("RVJ")) ==
        refused("authority", "publisher"));
  CHECK(when(given, of_the_wards.from("QUY")) == accepted());
}

TEST_CASE("an abolished body's keys sign nothing, not even for its successor") {
  auto given = a_succession_to_come(2);
  const auto with_the_old = of_the_wards.from("QUY").signed_with_key_of("RVJ");
  CHECK(when(given.today("2026-06-30"), with_the_old) == refused("authority", "key"));
  const auto after = when(given.today("2026-07-01"), with_the_old);
  CHECK(after == refused("authority", "key"));
  CHECK(after.sentence() ==
        "This key is RVJ's, which QUY has succeeded: it signs nothing more. Sign with a key of "
        "QUY.");
}

TEST_CASE("by rule book 1 a successor acted at once, and with the old body's keys") {
  auto given = a_succession_to_come(1);
  given.today("2026-06-30");
  CHECK(when(given, of_the_wards.from("QUY")) == accepted());
  CHECK(when(given, of_the_wards.from("QUY").signed_with_key_of("RVJ")) == accepted());
  given.with(rule_book_adopted(2));
  CHECK(when(given, of_the_wards.from("QUY")) == refused("authority", "strand"));
  CHECK(when(given, of_the_wards.from("QUY").signed_with_key_of("RVJ")) ==
        refused("authority", "key"));
}

TEST_CASE("the successor of a successor acts for the first, each from its day") {
  auto given = history().with(organisation_registered("QXX", OrganisationKind::ICB));
  given.with(key_added("QXX", "QXX")).with(organisation_succeeded("QUY", "QXX", "2026-06-01"));
  const auto acts = [&](std::string_view publisher, std::string_view organisation) {
    return ledger::acts_for(given.state(), publisher, organisation, given.moment());
  };
  given.today("2026-05-31");
  CHECK(acts("QUY", "15C"));
  CHECK_FALSE(acts("QXX", "15C"));
  given.today("2026-06-01");
  CHECK(acts("QXX", "15C"));
  CHECK_FALSE(acts("15C", "QXX"));
  CHECK_FALSE(acts("E10000008", "15C"));
}
