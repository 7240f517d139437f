#include <catch2/catch.hpp>

#include "tests/support/ledger_world.hpp"

using namespace braid;
using namespace braid::test;
using schema::By;
using schema::Scheme;

TEST_CASE("R01: only a health body decides a request for NHS money") {
  auto given = history().with(budget_requested("request", "maya", Scheme::CHC));
  CHECK(when(given, request_decided("request", "maya").from("QUY")) == accepted());
  CHECK(when(given, request_decided("request", "maya")) == refused("R01", "request"));
  CHECK(when(given, request_decided("request", "maya").from("RVJ").signed_with_key_of("RVJ")) ==
        refused("R01", "request"));
}

TEST_CASE("R01: a council decides requests for its own care, and for its public health functions") {
  auto given = history().with(budget_requested("care", "maya", Scheme::CARE_ACT));
  given.with(budget_requested("s.2B", "maya", Scheme::OTHER_HEALTH));
  CHECK(when(given, request_decided("care", "maya")) == accepted());
  CHECK(when(given, request_decided("s.2B", "maya")) == accepted());
}

TEST_CASE("R01: NHS money of a body that is no health body is no direct payment") {
  const Strand trusts{"RVJ", schema::Sector::HEALTH, "wheels"};
  const auto lines = [&](schema::Method method) {
    return std::vector<Line>{{trusts, 100'00, schema::Category::WHEELCHAIR, method}};
  };
  auto given = history().with(fund_registered("wheels", schema::Sector::HEALTH).from("RVJ"));
  given.with(officer_appointed("w.walker").from("RVJ"));
  given.with(
      delegated("w.walker", schema::Power::APPROVE, {schema::Sector::HEALTH}, 500'00).from("RVJ"));
  given.with(plan_proposed("plan", "will", lines({}))).with(plan_signed_off("plan"));
  given.with(approval_given("plan", {{trusts, 100'00}}).from("RVJ").by("w.walker"));
  const auto opened = [&](schema::Method method) {
    return budget_opened("will", "plan", "will", lines(method));
  };
  CHECK(when(given, opened(schema::Method::THIRD_PARTY)) == accepted());
  CHECK(when(given, opened(schema::Method::DIRECT_PAYMENT)) == refused("R01", "lines[0].method"));
}

TEST_CASE(
    "R03: from 16 on, with capacity, people consent for themselves, and before that a "
    "representative does") {
  const auto may_2026 = month_of(day("2026-05-01")).months;
  auto given = history()
                   .with(person_linked("now 16", may_2026))
                   .with(person_linked("still 15", may_2026 + 1));
  CHECK(when(given, consent_given("now 16", By::SELF)) == accepted());
  CHECK(when(given, consent_given("now 16", By::REPRESENTATIVE)) == refused("R03", "by"));
  CHECK(when(given, consent_given("still 15", By::SELF)) == refused("R03", "by"));
  CHECK(when(given, consent_given("still 15", By::REPRESENTATIVE)) == accepted());
}

TEST_CASE("R03: without capacity a representative consents, and never one who pays or cares") {
  auto given = history();
  CHECK(when(given, consent_given("maya", By::SELF, false)) == refused("R03", "by"));
  CHECK(when(given, consent_given("maya", By::REPRESENTATIVE, false)) == accepted());
  CHECK(when(given, consent_given("maya", By::PAYER)) == refused("R03", "by"));
  CHECK(when(given, consent_given("maya", By::CARER)) == refused("R03", "by"));
}

TEST_CASE("R65: the final decision on eligibility cannot be delegated") {
  auto given = history().with(eligibility_requested("request", "maya", Scheme::CHC));
  CHECK(when(given, eligibility_decided("request", "maya", Scheme::CHC)) == accepted());
  CHECK(when(given, eligibility_decided("request", "maya", Scheme::CHC, "RVJ")) ==
        refused("R65", "delegatedTo"));
}
