#include <catch2/catch.hpp>

#include "ledger/rules/rule.hpp"
#include "tests/support/ledger_world.hpp"

using namespace braid;
using namespace braid::test;
using schema::OrganisationKind;
using schema::Power;
using schema::Sector;

TEST_CASE("the founding makes the operator known, with its key") {
  auto given = Given().with(ledger_founded());
  CHECK(given.state().ledger.find({0})->operator_ == "OPR");
  CHECK(given.state().keys.find({key_named("OPR")})->organisation == "OPR");
  CHECK(when(given, organisation_registered("OPR", OrganisationKind::OTHER)) == accepted());
}

TEST_CASE("an organisation is registered once") {
  CHECK(when(history(), organisation_registered("QUY", OrganisationKind::ICB)) ==
        refused("state", "organisation"));
}

TEST_CASE("only registered bodies that are not abolished succeed and are succeeded") {
  auto given = history();
  CHECK(when(given, organisation_succeeded("ZZ9", "QUY", "2026-07-01")) ==
        refused("state", "predecessors[0]"));
  CHECK(when(given, organisation_succeeded("RVJ", "ZZ9", "2026-07-01")) ==
        refused("state", "successors[0].organisation"));
  CHECK(when(given, organisation_succeeded("15C", "RVJ", "2026-07-01")) ==
        refused("state", "predecessors[0]"));
  CHECK(when(given, organisation_succeeded("RVJ", "15C", "2026-07-01")) ==
        refused("state", "successors[0].organisation"));
}

TEST_CASE(
    "an officer's code stands for one person while in post, and can be given again afterwards") {
  auto given = history();
  CHECK(when(given, officer_appointed("b.okafor")) == refused("state", "officer"));
  given.with(officer_ended("b.okafor", "2026-05-01"));
  CHECK(when(given, officer_ended("b.okafor", "2026-05-02")) == refused("state", "officer"));
  CHECK(when(given, officer_appointed("b.okafor")) == accepted());
}

TEST_CASE("powers and keys are given to officers in post") {
  auto given = history();
  CHECK(when(given, delegated("x.unknown", Power::PAY, {Sector::HEALTH}, 1'00)) ==
        refused("state", "officer"));
  CHECK(when(given, key_added("QUY", "own", "x.unknown")) == refused("state", "officer"));
  CHECK(when(given, key_added("QUY", "own", "b.okafor")) == accepted());
}

TEST_CASE("a key is given to a registered organisation, and revoked once") {
  auto given = history();
  CHECK(when(given, key_added("ZZ9", "own")) == refused("state", "organisation"));
  CHECK(when(given, key_revoked("QUY", "own")) == refused("state", "key"));
  CHECK(when(given, key_revoked("RVJ", "QUY")) == refused("state", "key"));
  given.with(key_revoked("QUY", "QUY"));
  CHECK(when(given, key_revoked("QUY", "QUY")) == refused("state", "key"));
}

TEST_CASE("a rule book is one that this program knows, with rules that there are") {
  auto given = history();
  const auto newest = ledger::newest_rule_book;
  CHECK(when(given, rule_book_adopted(newest + 1)) == refused("state", "version"));
  CHECK(when(given, rule_book_adopted(newest - 1)) == refused("state", "version"));
  CHECK(when(given, rule_book_adopted(newest, {"R14"})) == accepted());
  CHECK(when(given, rule_book_adopted(newest, {"R14", "R99"})) ==
        refused("state", "switchedOn[1]"));
}

TEST_CASE("the rule book in force is the last adopted whose day has come") {
  const auto at = [](const Given& given, std::string_view text) {
    return given.state().rule_book_at(start_of(day(text)).us).switched_on;
  };
  auto given = history().with(vary(rule_book_adopted(ledger::newest_rule_book, {"R14"}), [](auto body) {
    body.getRuleBookAdopted().setFrom(day("2026-07-01").days);
  }));
  CHECK(given.state().rule_book_at(start_of(day("2019-01-01")).us).version == 0);
  CHECK(at(given, "2026-06-30").empty());
  CHECK(at(given, "2026-07-01") == std::vector<std::string>{"R14"});
}

TEST_CASE("books are closed when the period is over, and not twice") {
  auto given = history();
  CHECK(when(given, period_closed("2026-05-01")) == refused("state", "through"));
  given.with(period_closed("2026-03-31"));
  CHECK(when(given, period_closed("2026-03-31")) == refused("state", "through"));
  CHECK(when(given, period_closed("2026-04-30")) == accepted());
}

TEST_CASE("what comes after the books are closed posts in the open period, with its old day") {
  auto given = history().with(a_joint_budget("maya", {.social_care = 145'00}));
  const auto late = vary(contribution_received("maya", care, 5'00), [](auto body) {
    body.getContributionReceived().setOn(day("2026-03-20").days);
  });
  CHECK(when(given, late).postings().front().year == 2025);
  given.with(period_closed("2026-03-31"));
  CHECK(when(given, late).postings().front().year == 2026);
}

TEST_CASE("a fund's code is used once by an organisation, and again by another") {
  auto given = history();
  CHECK(when(given, fund_registered("adults", Sector::SOCIAL_CARE)) == refused("state", "fund"));
  CHECK(when(given, fund_registered("adults", Sector::HEALTH).from("QUY")) == accepted());
}
