#include <catch2/catch.hpp>

#include "events/native_rows.hpp"
#include "tests/support/ledger_world.hpp"

using namespace braid;
using namespace braid::test;
using schema::SubjectKind;

TEST_CASE("a plan's identifier is used once, and it replaces a plan of the same person") {
  auto given = history().with(plan_proposed("plan", "maya", {{care, 1'00}}));
  CHECK(when(given, plan_proposed("plan", "maya", {{care, 1'00}})) == refused("state", "plan"));
  const auto replacing = [](std::string name, std::string earlier) {
    return vary(plan_proposed("new plan", name, {{care, 1'00}}),
                [=](auto body) { write(id(earlier), body.getPlanProposed().initReplaces()); });
  };
  CHECK(when(given, replacing("maya", "plan")) == accepted());
  CHECK(when(given, replacing("noor", "plan")) == refused("state", "replaces"));
  CHECK(when(given, replacing("maya", "no plan")) == refused("state", "replaces"));
}

TEST_CASE("a plan is signed off once") {
  auto given = history().with(plan_proposed("plan", "maya", {{care, 1'00}}));
  CHECK(when(given, plan_signed_off("no plan")) == refused("state", "plan"));
  given.with(plan_signed_off("plan"));
  CHECK(when(given, plan_signed_off("plan")) == refused("state", "plan"));
}

TEST_CASE("what is approved is there, apart from uplifts and pay runs that are yet to come") {
  auto given = history();
  for (const auto kind : {SubjectKind::PLAN, SubjectKind::BUDGET, SubjectKind::POOL,
                          SubjectKind::SCHEME, SubjectKind::ORDER, SubjectKind::PAYMENT}) {
    CAPTURE(static_cast<int>(kind));
    CHECK(when(given, approval_requested("nothing", kind, {{care, 1'00}})) ==
          refused("state", "subject"));
    CHECK(when(given, approval_given("nothing", {{care, 1'00}}, kind)) ==
          refused("state", "subject"));
    CHECK(when(given, approval_refused("nothing", kind)) == refused("state", "subject"));
  }
  CHECK(when(given, approval_given("run", {{care, 1'00}}, SubjectKind::UPLIFT)) == accepted());
  CHECK(when(given, approval_given("run", {{care, 1'00}}, SubjectKind::PAY_RUN)) == accepted());
}

TEST_CASE("a funder approves strands that the plan names") {
  auto given = history().with(plan_proposed("plan", "maya", {{care, 1'00}}));
  CHECK(when(given, approval_given("plan", {{schooling, 1'00}}).by("c.lind")) ==
        refused("state", "amounts[0].strand"));
}

TEST_CASE("asking for approval again starts anew") {
  auto given = history().with(an_approved_plan("maya", {.social_care = 40'00}));
  const auto opened =
      budget_opened("maya", "maya's plan", "maya", Package{.social_care = 40'00}.lines());
  CHECK(when(given, opened) == accepted());
  given.with(approval_requested("maya's plan", SubjectKind::PLAN, {{care, 40'00}}));
  CHECK(when(given, opened) == refused("state", "plan"));
  given.with(approval_given("maya's plan", {{care, 40'00}}));
  CHECK(when(given, opened) == accepted());
}

TEST_CASE("an exception names a rule that there is, and a day that is not over") {
  auto given = history().with(a_joint_budget("maya", {.social_care = 40'00}));
  CHECK(when(given, exception_approved("R31", "maya", "2026-05-01")) == accepted());
  CHECK(when(given, exception_approved("R99", "maya", "2026-05-01")) == refused("state", "rule"));
  CHECK(when(given, exception_approved("R31", "maya", "2026-04-30")) == refused("state", "until"));
}

TEST_CASE("a review is of a budget and a plan of one person") {
  auto given = history()
                   .with(a_joint_budget("maya", {.social_care = 40'00}))
                   .with(a_joint_budget("noor", {.social_care = 40'00}));
  CHECK(when(given, review_completed("nobody", "maya's plan")) == refused("state", "budget"));
  CHECK(when(given, review_completed("maya", "no plan")) == refused("state", "plan"));
  CHECK(when(given, review_completed("maya", "noor's plan")) == refused("state", "plan"));
}
