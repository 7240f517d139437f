#include <catch2/catch.hpp>

#include "tests/support/ledger_world.hpp"

using namespace braid;
using namespace braid::test;
using ledger::Consent;
using schema::Scheme;

TEST_CASE("a token is linked to an identity once") {
  auto given = history().with(consent_given("maya")).with(person_linked("maya"));
  CHECK(when(given, person_linked("maya")) == refused("state", "person"));
  CHECK(when(given, person_linked("noor")) == accepted());
}

TEST_CASE("consent stands until it is withdrawn") {
  auto given = history().with(consent_given("maya"));
  CHECK(given.state().persons.find({person("maya")})->direct_payment == Consent::GIVEN);
  given.with(consent_withdrawn("maya"));
  CHECK(given.state().persons.find({person("maya")})->direct_payment == Consent::WITHDRAWN);
}

TEST_CASE("nobody consents or is planned for after their death") {
  auto given = history().with(person_died("maya", "2026-04-12"));
  CHECK(when(given, consent_given("maya")) == refused("state", "person"));
  CHECK(when(given, plan_proposed("plan", "maya", {{care, 1'00}})) == refused("state", "person"));
}

TEST_CASE("a request's identifier is used once") {
  auto given = history().with(budget_requested("request", "maya", Scheme::CARE_ACT));
  CHECK(when(given, budget_requested("request", "noor", Scheme::CARE_ACT)) ==
        refused("state", "request"));
  CHECK(when(given, eligibility_requested("request", "maya", Scheme::CHC)) ==
        refused("state", "request"));
}

TEST_CASE("a decision answers an open request of the same person") {
  auto given = history().with(budget_requested("request", "maya", Scheme::CARE_ACT));
  CHECK(when(given, request_decided("other", "maya")) == refused("state", "request"));
  CHECK(when(given, request_decided("request", "noor")) == refused("state", "person"));
  given.with(request_decided("request", "maya"));
  CHECK(when(given, request_decided("request", "maya")) == refused("state", "request"));
  given.with(eligibility_requested("chc", "maya", Scheme::CHC));
  CHECK(when(given, eligibility_decided("chc", "noor", Scheme::CHC)) == refused("state", "person"));
}

TEST_CASE("a person is eligible under what was last decided") {
  auto given = history()
                   .with(eligibility_requested("first", "maya", Scheme::CHC))
                   .with(eligibility_requested("second", "maya", Scheme::CHC));
  given.with(eligibility_decided("first", "maya", Scheme::CHC));
  CHECK(given.state().persons.find({person("maya")})->eligible == std::vector{Scheme::CHC});
  given.with(vary(eligibility_decided("second", "maya", Scheme::CHC), [](auto body) {
    body.getEligibilityDecided().setOutcome(schema::EligibilityOutcome::NOT_ELIGIBLE);
  }));
  CHECK(given.state().persons.find({person("maya")})->eligible.empty());
}

TEST_CASE("who linked a person erases the identity, and nobody else") {
  auto given = history().with(person_linked("maya")).with(basis_recorded("maya").from("QUY"));
  CHECK(when(given, identity_erased("maya").from("QUY")) == refused("authority", "person"));
  CHECK(when(given, identity_erased("maya").from("RVJ")) == refused("authority", "person"));
}

TEST_CASE("a person whom nobody linked is erased by a body that has recorded a legal basis") {
  auto given = history();
  CHECK(when(given, identity_erased("maya")) == refused("authority", "person"));
  given.with(basis_recorded("maya"));
  CHECK(when(given, identity_erased("maya")) == accepted());
  CHECK(when(given, identity_erased("maya").from("QUY")) == refused("authority", "person"));
}

TEST_CASE("an erased person cannot be linked, opened, consent or be erased again") {
  auto given = history().with(person_linked("maya")).with(basis_recorded("maya"));
  given.with(identity_erased("maya"));
  CHECK(given.state().persons.find({person("maya")})->erased == day("2026-05-01").days);
  CHECK(when(given, person_linked("maya")) == refused("state", "person"));
  CHECK(when(given, identity_opened("maya")) == refused("state", "person"));
  CHECK(when(given, basis_recorded("maya")) == refused("state", "person"));
  CHECK(when(given, consent_given("maya")) == refused("state", "person"));
  CHECK(when(given, identity_erased("maya")) == refused("state", "person"));
}
