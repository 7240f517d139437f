#include "ledger/signing_key.hpp"

#include <catch2/catch.hpp>

#include "ledger/rules/rule.hpp"
#include "tests/support/ledger_world.hpp"

using namespace braid;
using namespace braid::test;
using schema::Power;
using schema::Sector;

namespace {

const Said an_appointment = officer_appointed("n.new");

/// A plan that a.adeyemi proposed, of which the council pays GBP 60,000.00, and b.okafor's own key.
Given a_large_plan() {
  return history()
      .with(plan_proposed("plan", "maya", Package{.social_care = 60'000'00}.lines()))
      .with(key_added("E10000008", "b.okafor's", "b.okafor"));
}

Said approval_of(std::int64_t pence) { return approval_given("plan", {{care, pence}}); }

/// And the council asks for own keys where more than GBP 50,000.00 is approved.
Given with_a_limit() {
  return a_large_plan().with(own_key_limit_set("E10000008", Power::APPROVE, 50'000'00));
}

/// A history judged by the first rule book, as all were once.
Given history_by_book_1() {
  Given given;
  given.today("2020-05-01").with(ledger_founded());
  for (const auto* code : {"E10000008", "QUY"})
    given.with(organisation_registered(code, schema::OrganisationKind::COUNCIL))
        .with(key_added(code, code));
  given.with(officer_appointed("b.okafor"))
      .with(key_added("E10000008", "b.okafor's", "b.okafor"))
      .with(rule_book_adopted(1));
  return given;
}

}  // namespace

// Keys of bodies.

TEST_CASE("a body signs its own events, with a key that is registered to it and not revoked") {
  auto given = history();
  CHECK(when(given, an_appointment) == accepted());
  CHECK(when(given, an_appointment.signed_with_key_of("nobody")) == refused("authority", "key"));
  CHECK(when(given, an_appointment.signed_with_key_of("QUY")) == refused("authority", "key"));
  given.with(key_revoked("E10000008", "E10000008"));
  CHECK(when(given, an_appointment) == refused("authority", "key"));
}

TEST_CASE("keys are added and revoked by the operator or the organisation itself") {
  auto given = history();
  CHECK(when(given, key_added("RVJ", "RVJ's second")) == accepted());
  CHECK(when(given, key_added("RVJ", "RVJ's second").from("RVJ")) == accepted());
  CHECK(when(given, key_added("RVJ", "RVJ's second").from("QUY")) ==
        refused("authority", "organisation"));
  CHECK(when(given, key_revoked("RVJ", "RVJ")) == accepted());
  CHECK(when(given, key_revoked("RVJ", "RVJ").from("RVJ")) == accepted());
  CHECK(when(given, key_revoked("RVJ", "RVJ").from("QUY")) == refused("authority", "organisation"));
}

TEST_CASE("a key that exists is never registered again, not even when it is revoked") {
  auto given = history().with(key_revoked("RVJ", "RVJ"));
  CHECK(when(given, key_added("RVJ", "RVJ")) == refused("state", "key"));
  CHECK(when(given, key_added("QUY", "E10000008")) == refused("state", "key"));
}

TEST_CASE("two keys of a body sign side by side, until the old one is revoked") {
  auto given = history();
  const auto by_the_new = an_appointment.signed_with_key_of("new");
  CHECK(when(given, by_the_new) == refused("authority", "key"));
  given.with(key_added("E10000008", "new").from("E10000008"));
  CHECK(when(given, an_appointment) == accepted());
  CHECK(when(given, by_the_new) == accepted());
  given.with(key_revoked("E10000008", "E10000008").from("E10000008").signed_with_key_of("new"));
  CHECK(when(given, an_appointment) == refused("authority", "key"));
  CHECK(when(given, by_the_new) == accepted());
}

TEST_CASE("what a key signed before it was revoked stays, and is known when it comes again") {
  auto given = history();
  const auto before = an_appointment.numbered(id("before")).on("2026-05-01");
  given.with(before).with(key_revoked("E10000008", "E10000008"));
  CHECK(given.state().officers.find({"E10000008", "n.new"}) != nullptr);
  CHECK(std::holds_alternative<ledger::AlreadyRecorded>(when(given, before).decision));
}

TEST_CASE("a body may revoke its last key, and only the operator gives it another") {
  auto given = history().with(key_revoked("RVJ", "RVJ").from("RVJ"));
  CHECK(when(given, key_added("RVJ", "new").from("RVJ")) == refused("authority", "key"));
  CHECK(when(given, key_added("RVJ", "new")) == accepted());
}

TEST_CASE("a key speaks for the publisher it is registered to and for no other") {
  auto given = history();
  const auto may = [&](std::string_view publisher, std::string_view owner) {
    return ledger::check_key(given.state(), publisher, key_named(owner), given.moment())
        .has_value();
  };
  CHECK(may("QUY", "QUY"));
  CHECK_FALSE(may("15C", "QUY"));
  CHECK_FALSE(may("QUY", "nobody"));
  CHECK(ledger::check_key(Given().state(), "QUY", key_named("nobody"), {}));
}

// Keys of operators.

TEST_CASE("the operator's key publishes for the operator and for nobody else") {
  auto given = history();
  CHECK(when(given, an_appointment.signed_with_key_of("OPR")) == refused("authority", "key"));
  CHECK(when(given, allocation_set(nhs, 2027, 1'00).from("QUY").signed_with_key_of("OPR")) ==
        refused("authority", "key"));
  CHECK(when(given, allocation_set(nhs, 2027, 1'00).from("OPR")) ==
        refused("authority", "strand"));
}

TEST_CASE("two keys of an operator in turn: the new one registers, the old one no more") {
  auto given = history();
  const auto registers = organisation_registered("QXX", schema::OrganisationKind::ICB);
  given.with(key_added("OPR", "OPR's second"));
  CHECK(when(given, registers) == accepted());
  CHECK(when(given, registers.signed_with_key_of("OPR's second")) == accepted());
  given.with(key_revoked("OPR", "OPR").signed_with_key_of("OPR's second"));
  CHECK(when(given, registers) == refused("authority", "key"));
  CHECK(when(given, registers.signed_with_key_of("OPR's second")) == accepted());
}

TEST_CASE("two operators in turn: from its day the second runs the ledger, the first does not") {
  auto given = history();
  given.with(organisation_registered("OP2", schema::OrganisationKind::OTHER))
      .with(key_added("OP2", "OP2"))
      .with(organisation_succeeded("OPR", "OP2", "2026-07-01"));
  const auto registers = organisation_registered("QXX", schema::OrganisationKind::ICB);
  CHECK(when(given.today("2026-06-30"), registers) == accepted());
  CHECK(when(given, registers.from("OP2")) == refused("authority", "publisher"));
  CHECK(when(given.today("2026-07-01"), registers) == refused("authority", "publisher"));
  CHECK(when(given, registers.from("OP2")) == accepted());
  CHECK(when(given, registers.from("OP2").signed_with_key_of("OPR")) ==
        refused("authority", "key"));
}

// Keys of officers.

TEST_CASE("an officer's own key signs for that officer only") {
  auto given = a_large_plan();
  const auto approval = approval_of(100'00).signed_with_key_of("b.okafor's");
  CHECK(when(given, approval) == accepted());
  CHECK(when(given, approval.by("c.lind")) == refused("authority", "officer"));
  CHECK(when(given, approval.by("")) == refused("authority", "officer"));
}

TEST_CASE("above the limit that a body sets, an officer decides under a key of their own") {
  auto given = with_a_limit();
  CHECK(when(given, approval_of(50'000'00)) == accepted());
  CHECK(when(given, approval_of(50'000'01).signed_with_key_of("b.okafor's")) == accepted());
  const auto by_the_system = when(given, approval_of(50'000'01));
  CHECK(by_the_system == refused("authority", "key"));
  CHECK(by_the_system.sentence() ==
        "E10000008 has set that the power \"approve\" is used above GBP 50,000.00 only under the "
        "officer's own key, and this is GBP 50,000.01. Let b.okafor sign it with a key of their "
        "own (`braid sign --key`); the operator registers one.");
}

TEST_CASE("a limit of nothing asks for the officer's own key whenever the power is used") {
  auto given = a_large_plan().with(own_key_limit_set("E10000008", Power::APPROVE, 0));
  const auto refusal = approval_refused("plan");
  CHECK(when(given, refusal) == refused("authority", "key"));
  CHECK(when(given, refusal.by("b.okafor").signed_with_key_of("b.okafor's")) == accepted());
}

TEST_CASE("a limit is a body's and a power's own") {
  auto given = with_a_limit();
  const auto of_the_board = approval_given("plan", {{nhs, 60'000'00}}).from("QUY");
  given.with(plan_proposed("plan 2", "noor",
                           Package{.health = 60'000'00, .social_care = 60'000'00}.lines()));
  CHECK(when(given, approval_given("plan 2", {{nhs, 60'000'00}}).from("QUY")) == accepted());
  CHECK(when(given, own_key_limit_set("QUY", Power::PAY, 1'00)) == accepted());
  CHECK(when(given, own_key_limit_set("QUY", Power::PAY, 1'00).from("E10000008")) ==
        refused("authority", "organisation"));
}

TEST_CASE("a body lowers its limit itself, and the operator alone raises it") {
  auto given = with_a_limit();
  CHECK(when(given, own_key_limit_set("E10000008", Power::APPROVE, 49'999'99)) == accepted());
  const auto raised = own_key_limit_set("E10000008", Power::APPROVE, 50'000'01);
  CHECK(when(given, raised) == refused("authority", "limit"));
  CHECK(when(given, raised.from("OPR")) == accepted());
  CHECK(when(given, raised.by("b.okafor").signed_with_key_of("b.okafor's")) ==
        refused("authority", "key"));
}

TEST_CASE("where own keys are asked for, a body's word alone gives no officer a key") {
  const auto second = key_added("E10000008", "b.okafor's second", "b.okafor");
  CHECK(when(a_large_plan(), second.from("E10000008")) == accepted());
  auto given = with_a_limit();
  CHECK(when(given, second.from("E10000008")) == refused("authority", "key"));
  CHECK(when(given, second) == accepted());
  const auto by_the_old = second.from("E10000008").by("b.okafor").signed_with_key_of("b.okafor's");
  CHECK(when(given, by_the_old) == accepted());
  CHECK(when(given, key_added("E10000008", "c.lind's", "c.lind")
                        .from("E10000008")
                        .by("b.okafor")
                        .signed_with_key_of("b.okafor's")) == refused("authority", "key"));
  CHECK(when(given, key_added("E10000008", "the system's second").from("E10000008")) ==
        accepted());
}

TEST_CASE("an officer's own key is revoked by the officer, the body or the operator") {
  auto given = with_a_limit();
  const auto revoked = key_revoked("E10000008", "b.okafor's");
  CHECK(when(given, revoked) == accepted());
  CHECK(when(given, revoked.from("E10000008")) == accepted());
  CHECK(when(given, revoked.from("E10000008").by("b.okafor").signed_with_key_of("b.okafor's")) ==
        accepted());
  given.with(revoked);
  CHECK(when(given, approval_of(60'000'00).signed_with_key_of("b.okafor's")) ==
        refused("authority", "key"));
}

TEST_CASE("an officer's own key changes nothing in the register but that officer's own keys") {
  auto given = with_a_limit();
  const auto in_person = [](const Said& said) {
    return said.from("E10000008").by("b.okafor").signed_with_key_of("b.okafor's");
  };
  const Said attempts[] = {an_appointment, delegated("b.okafor", Power::PAY, {Sector::HEALTH}, 1),
                           key_added("E10000008", "new"), key_revoked("E10000008", "E10000008"),
                           own_key_limit_set("E10000008", Power::APPROVE, 1)};
  for (const auto& attempt : attempts) {
    CAPTURE(info_of(attempt.kind).name);
    CHECK(when(given, attempt.from("E10000008")) == accepted());
    CHECK(when(given, in_person(attempt)) == refused("authority", "key"));
  }
}

TEST_CASE("a code that is given to another person takes no keys of the one before along") {
  auto given = with_a_limit();
  given.with(officer_ended("b.okafor", "2026-05-01")).with(officer_appointed("b.okafor"));
  const auto approval = approval_of(60'000'00).signed_with_key_of("b.okafor's");
  CHECK(when(given, approval) == refused("authority", "key"));
  given.with(key_added("E10000008", "the next b.okafor's", "b.okafor"));
  CHECK(when(given, approval) == refused("authority", "key"));
  CHECK(when(given, approval.signed_with_key_of("the next b.okafor's")) == accepted());
}

TEST_CASE("spending from a pool above the limit under the system's key is recorded, and flagged") {
  auto given = history().with(a_pool());
  given.with(own_key_limit_set("E10000008", Power::POOL, 5'00));
  const auto spent = pool_spent("pool", "scheme", 10'00);
  CHECK(when(given, spent) == accepted().flagged("pool_power"));
  given.with(key_added("E10000008", "f.reid's", "f.reid"));
  CHECK(when(given, spent.by("f.reid").signed_with_key_of("f.reid's")) == accepted());
}

// What the first rule book asked.

TEST_CASE("by rule book 1 an own key changed the register, and outlived its appointment") {
  auto given = history_by_book_1();
  const auto in_person = an_appointment.by("b.okafor").signed_with_key_of("b.okafor's");
  CHECK(when(given, in_person) == accepted());
  given.with(officer_ended("b.okafor", "2020-05-01")).with(officer_appointed("b.okafor"));
  CHECK(when(given, in_person) == accepted());
  given.with(rule_book_adopted(2));
  CHECK(when(given, in_person) == refused("authority", "key"));
}
