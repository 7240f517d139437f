#include "ledger/decide.hpp"

#include <catch2/catch.hpp>

#include "events/native_rows.hpp"
#include "ledger/rules/rule.hpp"
#include "tests/support/ledger_world.hpp"

using namespace braid;
using namespace braid::test;

namespace {

const auto maya = a_joint_budget("maya", {.health = 210'00, .social_care = 145'00});

}  // namespace

TEST_CASE("the same event again is told where it stands, and judged no more") {
  const auto said =
      contribution_received("maya", care, 30'00).numbered(id("banked")).on("2026-05-01");
  auto given = history().with(maya).with(said);
  const auto known = given.state().event_ids.find({id("banked")})->sequence;
  given.with(budget_closed("maya")).with(key_revoked("E10000008", "E10000008"));
  const auto again = when(given, said);
  const auto* recorded = std::get_if<ledger::AlreadyRecorded>(&again.decision);
  REQUIRE(recorded != nullptr);
  CHECK(recorded->first == known);
}

TEST_CASE("the same identifier with other content is refused as a duplicate") {
  const auto said =
      contribution_received("maya", care, 30'00).numbered(id("banked")).on("2026-05-01");
  auto given = history().with(maya).with(said);
  CHECK(when(given,
             contribution_received("maya", care, 31'00).numbered(id("banked")).on("2026-05-01")) ==
        refused("duplicate", "id"));
}

TEST_CASE("gates answer in their order: idempotency, authority, state, rules") {
  // It repeats an identifier, is signed by nobody's key, closes over a budget that is unknown, and
  // charges for NHS money.
  auto wrong = contribution_assessed("nobody's", {{nhs, 1'00}})
                   .from("QUY")
                   .numbered(id("taken"))
                   .signed_with_key_of("nobody");
  auto given =
      history().with(maya).with(contribution_received("maya", care, 30'00).numbered(id("taken")));
  CHECK(when(given, wrong) == refused("duplicate", "id"));
  wrong = wrong.numbered(id("free"));
  CHECK(when(given, wrong) == refused("authority", "key"));
  wrong = wrong.signed_with_key_of("QUY");
  CHECK(when(given, wrong) == refused("state", "budget"));
  wrong = contribution_assessed("maya", {{nhs, 1'00}}).from("QUY");
  CHECK(when(given, wrong) == refused("R29", "shares[0].strand"));
}

TEST_CASE("authority is asked in its order: publisher, key, organisation, officer, part, power") {
  auto given =
      history().with(maya).with(organisation_registered("QXX", schema::OrganisationKind::ICB));
  auto wrong = order_placed("order", "maya", {{care, 1'00}}).from("QXX").by("x.unknown");
  CHECK(when(given, wrong) == refused("authority", "key"));
  given.with(key_added("QXX", "QXX"));
  CHECK(when(given, wrong) == refused("authority", "officer"));
  given.with(officer_appointed("x.unknown").from("QXX"));
  CHECK(when(given, wrong) == refused("authority", "publisher"));
  wrong = wrong.from("QUY").by("e.hart");
  CHECK(when(given, wrong) == refused("authority", "officer"));
}

TEST_CASE("of several rules that refuse, the first of the rule book answers") {
  auto given = history().with(an_approved_plan("maya", {.health = 100'00}));
  given.with(budget_opened("maya", "maya's plan", "maya", Package{.health = 100'00}.lines()));
  // Neither adds up (R26) nor spares NHS money (R29).
  const auto wrong = vary(chargeable_strand_agreed("maya", nhs, 0, 100'00),
                          [](auto body) { body.getStrandAgreed().setAdultPays(1); });
  CHECK(when(given, wrong) == refused("R26", "pence"));
}

TEST_CASE("a report that breaks a rule is recorded, and flagged with every rule that it breaks") {
  auto given = history().with(a_direct_payment("maya", {.social_care = 200'00}));
  const auto report = vary(transaction_reported("maya's account", "maya", 500'00, 0),
                           [](auto body) { body.getTransactionReported().setSameHousehold(true); });
  CHECK(when(given, report) == accepted().flagged("R13").flagged("R31").flagged("overdrawn"));
}

TEST_CASE("an approved exception lifts a flag about its subject until its last day, and no other") {
  auto given = history().with(a_direct_payment("maya", {.social_care = 200'00}));
  given.with(exception_approved("R31", "maya", "2026-05-31"));
  const auto report = [](std::string_view on) {
    return vary(transaction_reported("maya's account", "maya", 5'00, 0),
                [](auto body) { body.getTransactionReported().setSameHousehold(true); })
        .on(on);
  };
  CHECK(when(given, report("2026-05-31")) == accepted().flagged("R13"));
  CHECK(when(given, report("2026-06-01")) == accepted().flagged("R13").flagged("R31"));
}

TEST_CASE("no exception lifts what the law refuses, not even of a report") {
  auto given = history().with(maya).with(exception_approved("R29", "maya", "2026-12-31"));
  CHECK(when(given, contribution_received("maya", nhs, 30'00)) == accepted().flagged("R29"));
}

TEST_CASE("a rule that ships switched off is asked where a rule book adopts it") {
  const auto report = vary(transaction_reported("maya's account", "maya", 5'00), [](auto body) {
    body.getTransactionReported().setCategory(schema::Category::OTHER);
  });
  auto given = history().with(a_direct_payment("maya", {.social_care = 200'00}));
  CHECK(when(given, report) == accepted());
  given.with(rule_book_adopted(ledger::newest_rule_book, {"R14"}));
  CHECK(when(given, report) == accepted().flagged("R14"));
}

TEST_CASE("a report is judged by the law of its own day, an intention by today's") {
  auto given = history().with(a_direct_payment("maya", {.social_care = 200'00}));
  const auto before_the_care_act =
      vary(transaction_reported("maya's account", "maya", 5'00), [](auto body) {
        body.getTransactionReported().setSameHousehold(true);
      }).on("2015-03-31");
  CHECK(when(given, before_the_care_act) == accepted());
  CHECK(when(given, before_the_care_act.on("2015-04-01")) == accepted().flagged("R31"));
  CHECK(when(given, contribution_assessed("maya", {{care, 1'000'000'00}}).on("2015-03-31")) ==
        refused("R28", "shares[0].weekly"));
}

TEST_CASE("judging changes nothing") {
  auto given = history().with(maya);
  const auto before = given.state().dirty_rows();
  CHECK(when(given, budget_closed("maya")) == accepted());
  CHECK(given.state().dirty_rows() == before);
  CHECK(given.state().budgets.find({id("maya")})->closed == false);
}

TEST_CASE("a place's events come out the same whatever is known of the register") {
  auto told = history().with(a_direct_payment("maya", {.health = 400'00, .social_care = 300'00}));
  told.with(a_joint_budget("noor", {.social_care = 1'000'00, .education = 90'00}));
  told.with(an_invoiced_order("noor", {{care, 50'00}}))
      .with(payment_instructed("pay", "noor", "noor's invoice", {{care, 50'00}}));
  told.with(payment_settled("pay", "noor", "noor's invoice", {{care, 50'00}}))
      .with(payment_returned("pay", {{care, 5'00}}));
  told.with(transaction_reported("maya's account", "maya", 70'01))
      .with(repaid("maya", {{care, 10'00}}));
  told.with(contribution_received("maya", care, 5'00).numbered(id("banked")))
      .with(event_reversed(id("banked")));
  told.with(a_pool()).with(pool_spent("pool", "scheme", 1'100'00));
  told.with(grant_awarded("grant", care, 40'00))
      .with(grant_drawn("grant", 20'00))
      .with(budget_closed("noor"));

  Given without_register;
  for (const auto& original : told.accepted()) {
    auto copy = original;
    if (is_of_register(EventReader(original.event).kind())) continue;
    without_register.replay(copy);
  }
  for (const auto* table :
       {"balances", "persons", "plans", "approvals", "budgets", "duties", "orders", "accounts",
        "invoices", "payments", "pools", "schemes", "grants", "reversals"}) {
    CAPTURE(table);
    CHECK_FALSE(told.rows_of(table).empty());
    CHECK(told.rows_of(table) == without_register.rows_of(table));
  }
}
