#include <catch2/catch.hpp>

#include "tests/support/ledger_world.hpp"

using namespace braid;
using namespace braid::test;
using schema::SubjectKind;

namespace {

Given a_proposed_plan() {
  return history().with(
      plan_proposed("plan", "maya", Package{.social_care = 188'50, .education = 90'00}.lines()));
}

const auto amounts = Amounts{{care, 100'00}};
const auto approve_all = std::vector<schema::Sector>{
    schema::Sector::SOCIAL_CARE, schema::Sector::EDUCATION, schema::Sector::HEALTH};

/// At the council everybody here may do everything; whether they may do it after what they did is
/// the question.
Given an_order_under_way() {
  auto given = history()
                   .with(a_joint_budget("maya", {.social_care = 1'000'00}))
                   .with(an_invoiced_order("maya", amounts));
  for (const auto* officer : {"a.adeyemi", "b.okafor", "d.moss", "e.hart"})
    for (const auto power : {schema::Power::APPROVE, schema::Power::BROKER, schema::Power::PAY})
      given.with(delegated(officer, power, approve_all, 1'000'000'00));
  return given;
}

}  // namespace

TEST_CASE("R67: an executive decision records reasons, alternatives and conflicts of interest") {
  auto given = a_proposed_plan();
  const auto approval = approval_given("plan", {{care, 188'50}}).under("Cabinet minute 12/2026");
  CHECK(when(given, approval) == accepted());
  CHECK(when(given, vary(approval, [](auto body) { body.getApprovalGiven().disownReasons(); })) ==
        refused("R67", "reasons"));
  CHECK(when(given, vary(approval, [](auto body) {
               body.getApprovalGiven().disownAlternatives();
             })) == refused("R67", "alternatives"));
  CHECK(when(given, vary(approval, [](auto body) {
               body.getApprovalGiven().setInterestsDeclared(false);
             })) == refused("R67", "interestsDeclared"));
}

TEST_CASE("R68: an officer's decision under delegation is recorded likewise") {
  auto given = a_proposed_plan();
  const auto approval = approval_given("plan", {{care, 188'50}});
  CHECK(when(given, approval) == accepted());
  CHECK(when(given, vary(approval, [](auto body) { body.getApprovalGiven().disownReasons(); })) ==
        refused("R68", "reasons"));
}

TEST_CASE("R69: who proposed a plan does not approve it, and is told who can") {
  auto given = a_proposed_plan().with(
      delegated("a.adeyemi", schema::Power::APPROVE, approve_all, 1'000'000'00));
  const auto own = when(given, approval_given("plan", {{care, 188'50}}).by("a.adeyemi"));
  CHECK(own == refused("R69", "officer"));
  CHECK(own.sentence() == "a.adeyemi proposed plan " + id("plan").text() +
                              " and cannot approve it. Ask b.okafor, who holds it.");
}

TEST_CASE("R69: who asked for an approval does not give it") {
  auto given = history().with(a_joint_budget("maya", {.social_care = 100'00}));
  given.with(delegated("b.okafor", schema::Power::PROPOSE, approve_all, 1'000'000'00));
  given.with(approval_requested("maya", SubjectKind::BUDGET, amounts).by("b.okafor"));
  CHECK(when(given, approval_given("maya", amounts, SubjectKind::BUDGET)) ==
        refused("R69", "officer"));
}

TEST_CASE("R69: the education strand is approved by another officer than the social-care strand") {
  auto given = a_proposed_plan();
  CHECK(when(given, approval_given("plan", {{care, 188'50}, {schooling, 90'00}})) ==
        refused("R69", "officer"));
  given.with(approval_given("plan", {{care, 188'50}}));
  CHECK(when(given, approval_given("plan", {{schooling, 90'00}})) == refused("R69", "officer"));
  CHECK(when(given, approval_given("plan", {{schooling, 90'00}}).by("c.lind")) == accepted());
}

TEST_CASE("R69: who brokered approves neither the order nor its payment, and does not pay") {
  auto given = an_order_under_way();
  CHECK(when(given, approval_given("maya's order", amounts, SubjectKind::ORDER)) == accepted());
  CHECK(when(given, approval_given("maya's order", amounts, SubjectKind::ORDER).by("d.moss")) ==
        refused("R69", "officer"));
  CHECK(when(given, payment_instructed("pay", "maya", "maya's invoice", amounts)) == accepted());
  CHECK(when(given, payment_instructed("pay", "maya", "maya's invoice", amounts).by("d.moss")) ==
        refused("R69", "officer"));
}

TEST_CASE("R69: who approved the order neither brokers nor pays") {
  auto given =
      an_order_under_way().with(approval_given("maya's order", amounts, SubjectKind::ORDER));
  CHECK(when(given, order_placed("more", "maya", amounts)) == accepted());
  CHECK(when(given, order_placed("more", "maya", amounts).by("b.okafor")) ==
        refused("R69", "officer"));
  CHECK(when(given, payment_instructed("pay", "maya", "maya's invoice", amounts).by("b.okafor")) ==
        refused("R69", "officer"));
}

TEST_CASE("R69: who pays approves neither orders nor payments, and does not broker") {
  auto given =
      an_order_under_way().with(payment_instructed("pay", "maya", "maya's invoice", amounts));
  CHECK(when(given, approval_given("pay", amounts, SubjectKind::PAYMENT)) == accepted());
  CHECK(when(given, approval_given("pay", amounts, SubjectKind::PAYMENT).by("e.hart")) ==
        refused("R69", "officer"));
  CHECK(when(given, approval_given("maya's order", amounts, SubjectKind::ORDER).by("e.hart")) ==
        refused("R69", "officer"));
  CHECK(when(given, order_placed("more", "maya", amounts).by("e.hart")) ==
        refused("R69", "officer"));
}

TEST_CASE("R69: who approved a payment neither brokers nor pays") {
  auto given = an_order_under_way().with(
      payment_instructed("pay", "maya", "maya's invoice", Amounts{{care, 1'00}}));
  given.with(approval_given("pay", amounts, SubjectKind::PAYMENT));
  CHECK(when(given, order_placed("more", "maya", amounts).by("b.okafor")) ==
        refused("R69", "officer"));
  CHECK(when(given, payment_instructed("again", "maya", "maya's invoice", Amounts{{care, 1'00}})
                        .by("b.okafor")) == refused("R69", "officer"));
}

TEST_CASE("R69: an uplift is approved by another officer than the one who proposed it") {
  auto given = history();
  CHECK(when(given, uplift_approved("run", "a.adeyemi", 2, 100'00)) == accepted());
  CHECK(when(given, uplift_approved("run", "b.okafor", 2, 100'00)) == refused("R69", "officer"));
}

TEST_CASE("R17: a review finds four things") {
  using Found = schema::ReviewCompleted::Finding;
  auto given = history().with(a_joint_budget("maya", {.social_care = 100'00}));
  const auto review = review_completed("maya", "maya's plan");
  CHECK(when(given, review) == accepted());
  CHECK(when(given, vary(review, [](auto body) {
               body.getReviewCompleted().setPlanStillRight(Found::NOT_FOUND);
             })) == refused("R17", "planStillRight"));
  CHECK(when(given, vary(review, [](auto body) {
               body.getReviewCompleted().setObligationsMet(Found::NOT_FOUND);
             })) == refused("R17", "obligationsMet"));
}
