#include "ledger/authority.hpp"

#include <catch2/catch.hpp>

#include "ledger/rules/rule.hpp"
#include "tests/support/ledger_world.hpp"

using namespace braid;
using namespace braid::test;
using schema::OrganisationKind;
using schema::Power;
using schema::Sector;

namespace {

const auto maya = a_joint_budget("maya", {.health = 210'00, .social_care = 145'00});
const auto an_icb = organisation_registered("QXX", OrganisationKind::ICB);

/// The council's approval of its strand in a plan that a.adeyemi proposed.
Given a_plan_of(std::int64_t social_care, std::int64_t education = 0) {
  return history().with(plan_proposed(
      "plan", "maya", Package{.social_care = social_care, .education = education}.lines()));
}

}  // namespace

TEST_CASE("whoever founds the ledger signs with the key that it names") {
  CHECK(when(Given(), ledger_founded()) == accepted());
  CHECK(when(Given(), ledger_founded().signed_with_key_of("somebody")) ==
        refused("authority", "operatorKey"));
  CHECK(when(history(), ledger_founded()) == refused("state", ""));
}

TEST_CASE("nobody publishes before the ledger is founded") {
  CHECK(when(Given(), an_icb) == refused("authority", "publisher"));
}

TEST_CASE("only the operator registers organisations and successions and adopts rule books") {
  auto given = history();
  for (const auto& said :
       {an_icb, organisation_succeeded("RVJ", "QUY", "2026-07-01"), rule_book_adopted(ledger::newest_rule_book)}) {
    CHECK(when(given, said) == accepted());
    CHECK(when(given, said.from("E10000008")) == refused("authority", "publisher"));
  }
}

TEST_CASE("an event names the publisher whose submission it came in") {
  auto given = history();
  const auto bytes = officer_appointed("n.new").numbered(id("event")).on("2026-05-01").bytes();
  const EventReader event(bytes);
  const ledger::Submitted submitted{.publisher = "QUY",
                                    .key = key_named("QUY"),
                                    .event = event.get(),
                                    .bytes = bytes,
                                    .hash = {}};
  const auto decision = decide(given.state(), submitted, given.moment());
  CHECK(Answer{decision} == refused("authority", "publisher"));
}

TEST_CASE("an officer is in post from the day of the appointment to the day before it ended") {
  auto given = a_plan_of(100'00);
  const auto approval = approval_given("plan", {{care, 100'00}});
  CHECK(when(given, approval.by("x.unknown")) == refused("authority", "officer"));
  given.with(officer_ended("b.okafor", "2026-06-01"));
  CHECK(when(given.today("2026-05-31"), approval) == accepted());
  CHECK(when(given.today("2026-06-01"), approval) == refused("authority", "officer"));
  const auto report = contribution_received("maya", care, 1'00).by("b.okafor");
  CHECK(when(given.today("2026-06-01"), report) == refused("authority", "officer"));
}

TEST_CASE("a decision needs an officer, and the refusal says who could have decided") {
  const auto nobody = when(a_plan_of(100'00), approval_given("plan", {{care, 100'00}}).by(""));
  CHECK(nobody == refused("authority", "officer"));
  CHECK(nobody.sentence() ==
        "This needs an officer with the power \"approve\" for socialCare over GBP 100.00. Name the "
        "officer who decided. "
        "Ask b.okafor, who holds it.");
}

TEST_CASE("an officer decides up to the limit, on all the money of the decision together") {
  auto given = a_plan_of(100'00, 60'000'00);
  given.with(
      delegated("c.lind", Power::APPROVE, {Sector::EDUCATION, Sector::SOCIAL_CARE}, 50'000'00));
  CHECK(when(given, approval_given("plan", {{schooling, 50'000'00}}).by("c.lind")) == accepted());
  const auto over = when(given, approval_given("plan", {{schooling, 50'000'01}}).by("c.lind"));
  CHECK(over == refused("authority", "officer"));
  CHECK(over.sentence() ==
        "c.lind holds the power \"approve\" of E10000008 for socialCare and education up to GBP "
        "50,000.00; this needs it for "
        "education over GBP 50,000.01. Ask b.okafor, who holds it.");
  CHECK(when(given, approval_given("plan", {{schooling, 50'000'00}, {care, 1}}).by("c.lind")) ==
        refused("authority", "officer"));
}

TEST_CASE("an officer decides within the sectors of the delegation") {
  auto given = a_plan_of(100'00);
  CHECK(when(given, approval_given("plan", {{care, 100'00}}).by("c.lind")) ==
        refused("authority", "officer"));
  given.with(delegated("c.lind", Power::APPROVE, {Sector::SOCIAL_CARE}, 50'000'00));
  CHECK(when(given, approval_given("plan", {{care, 100'00}}).by("c.lind")) == accepted());
}

TEST_CASE(
    "a later delegation replaces an earlier one of the same power, and ends on its last day") {
  auto given = a_plan_of(100'00);
  const auto approval = approval_given("plan", {{care, 100'00}});
  given.with(vary(delegated("b.okafor", Power::APPROVE, {Sector::SOCIAL_CARE}, 100'00),
                  [](auto body) { body.getDelegationSet().setTo(day("2026-06-30").days); }));
  CHECK(when(given.today("2026-06-30"), approval) == accepted());
  CHECK(when(given.today("2026-07-01"), approval) == refused("authority", "officer"));
  given.with(delegated("b.okafor", Power::APPROVE, {Sector::SOCIAL_CARE}, 99'99));
  CHECK(when(given, approval) == refused("authority", "officer"));
}

TEST_CASE("each funder approves and agrees its own strands") {
  auto given = history().with(
      plan_proposed("plan", "maya", Package{.health = 50'00, .social_care = 40'00}.lines()));
  CHECK(when(given, approval_given("plan", {{nhs, 50'00}}).from("QUY")) == accepted());
  CHECK(when(given, approval_given("plan", {{nhs, 50'00}})) ==
        refused("authority", "amounts[0].strand"));
  CHECK(when(given, approval_given("plan", {{care, 40'00}, {nhs, 50'00}})) ==
        refused("authority", "amounts[1].strand"));
}

TEST_CASE("each power is asked for where it is needed") {
  auto given = history().with(maya).with(an_invoiced_order("maya", {{care, 50'00}})).with(a_pool());
  const std::pair<Said, Power> decisions[] = {
      {plan_proposed("other plan", "noor", {{care, 1'00}}), Power::PROPOSE},
      {approval_requested("maya", schema::SubjectKind::BUDGET, {{care, 1'00}}), Power::PROPOSE},
      {pool_proposed("other pool", {{nhs, 500'000}, {care, 500'000}}, "E10000008"), Power::PROPOSE},
      {approval_given("maya", {{care, 1'00}}, schema::SubjectKind::BUDGET), Power::APPROVE},
      {approval_refused("maya", schema::SubjectKind::BUDGET), Power::APPROVE},
      {exception_approved("R10", "maya", "2026-12-31"), Power::APPROVE},
      {uplift_approved("run", "a.adeyemi", 1, 1'00), Power::APPROVE},
      {grant_awarded("grant", care, 1'00), Power::APPROVE},
      {supplier_registered("other supplier"), Power::BROKER},
      {order_placed("other order", "maya", {{care, 1'00}}), Power::BROKER},
      {order_ended("maya's order"), Power::BROKER},
      {account_approved("account", "maya"), Power::PAY},
      {payment_instructed("pay", "maya", "maya's invoice", {{care, 1'00}}), Power::PAY},
      {contribution_committed("pool", care, 1'00), Power::POOL},
      {scheme_added("pool", "other scheme", "E10000008", 1'00), Power::POOL},
  };
  for (const auto& [said, power] : decisions) {
    CAPTURE(info_of(said.kind).name);
    CHECK(when(given, said) == accepted());
    auto without =
        history().with(maya).with(an_invoiced_order("maya", {{care, 50'00}})).with(a_pool());
    without.with(officer_appointed("n.new"));
    for (const auto other :
         {Power::PROPOSE, Power::APPROVE, Power::BROKER, Power::PAY, Power::POOL, Power::SIGN})
      if (other != power)
        without.with(delegated("n.new", other, {Sector::SOCIAL_CARE, Sector::HEALTH}, 1'000'00));
    CHECK(when(without, said.by("n.new")) == refused("authority", "officer"));
    without.with(delegated("n.new", power, {Sector::SOCIAL_CARE, Sector::HEALTH}, 1'000'00));
    CHECK(when(without, said.by("n.new")) == accepted());
  }
}

TEST_CASE("whoever spends from a pool without the power is recorded, and flagged") {
  auto given = history().with(a_pool());
  CHECK(when(given, pool_spent("pool", "scheme", 10'00)) == accepted());
  CHECK(when(given, pool_spent("pool", "scheme", 10'00).by("e.hart")) ==
        accepted().flagged("pool_power"));
}

TEST_CASE("what happens with a budget is reported by those who have a part in it") {
  auto given = history().with(maya).with(an_icb).with(key_added("QXX", "QXX"));
  const auto report = contribution_received("maya", care, 30'00);
  CHECK(when(given, report) == accepted());
  CHECK(when(given, report.from("QUY")) == accepted());
  CHECK(when(given, report.from("QXX")) == refused("authority", "publisher"));
  CHECK(when(given, plan_signed_off("maya's plan").from("QXX")) ==
        refused("authority", "publisher"));
}

TEST_CASE("a stranger blocks nobody's plan by refusing it") {
  auto given = history().with(plan_proposed("plan", "maya", Package{.social_care = 40'00}.lines()));
  CHECK(when(given, approval_refused("plan")) == accepted());
  CHECK(when(given, approval_refused("plan").from("QUY")) == refused("authority", "publisher"));
}

TEST_CASE("a budget is opened by its lead payer") {
  auto given = history().with(an_approved_plan("maya", {.health = 50'00, .social_care = 40'00}));
  const auto opened = budget_opened("maya", "maya's plan", "maya",
                                    Package{.health = 50'00, .social_care = 40'00}.lines());
  CHECK(when(given, opened) == accepted());
  CHECK(when(given, opened.from("QUY")) == refused("authority", "leadPayer"));
}

TEST_CASE("an event is reversed by the body that published it") {
  auto given =
      history().with(maya).with(contribution_received("maya", care, 30'00).numbered(id("banked")));
  CHECK(when(given, event_reversed(id("banked"))) == accepted());
  CHECK(when(given, event_reversed(id("banked")).from("QUY")) == refused("authority", "event"));
}
