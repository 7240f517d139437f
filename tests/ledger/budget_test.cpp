#include <catch2/catch.hpp>

#include "events/native_rows.hpp"
#include "tests/support/ledger_world.hpp"

using namespace braid;
using namespace braid::test;

namespace {

const Package joint{.health = 210'00, .social_care = 145'00};

/// What stands on an account of this budget, over all years.
std::int64_t stands(const Given& given, Account account, const Uuid& subject, const Strand& strand,
                    std::uint16_t year = 2026) {
  return given.state().balance(account, subject, strand, year);
}

Said opened(const Package& package) {
  return budget_opened("maya", "maya's plan", "maya", package.lines());
}

}  // namespace

TEST_CASE("a budget is opened on a plan that is signed off and approved by every funder") {
  auto given = history();
  CHECK(when(given, opened(joint)) == refused("state", "plan"));
  given.with(plan_proposed("maya's plan", "maya", joint.lines()));
  CHECK(when(given, opened(joint)) == refused("state", "plan"));
  given.with(plan_signed_off("maya's plan"));
  CHECK(when(given, opened(joint)).sentence() ==
        "The health money of QUY (fund chc) in this plan, GBP 210.00, is not approved. Its funder "
        "approves it first.");
  given.with(approval_given("maya's plan", {{nhs, 210'00}}).from("QUY"));
  CHECK(when(given, opened(joint)) == refused("state", "plan"));
  given.with(approval_given("maya's plan", {{care, 144'99}}));
  CHECK(when(given, opened(joint)) == refused("state", "plan"));
  given.with(approval_given("maya's plan", {{care, 145'00}}));
  CHECK(when(given, opened(joint)) == accepted());
}

TEST_CASE("a funder's refusal stands until that funder approves") {
  auto given = history()
                   .with(an_approved_plan("maya", joint))
                   .with(approval_refused("maya's plan").from("QUY"));
  CHECK(when(given, opened(joint)) == refused("state", "plan"));
  given.with(approval_given("maya's plan", {{care, 145'00}}));
  CHECK(when(given, opened(joint)) == refused("state", "plan"));
  given.with(approval_given("maya's plan", {{nhs, 210'00}}).from("QUY"));
  CHECK(when(given, opened(joint)) == accepted());
}

TEST_CASE("a budget is its person's, and opened once") {
  auto given = history().with(an_approved_plan("maya", joint));
  CHECK(when(given, budget_opened("maya", "maya's plan", "noor", joint.lines())) ==
        refused("state", "person"));
  given.with(opened(joint));
  CHECK(when(given, opened(joint)) == refused("state", "budget"));
}

TEST_CASE("a budget says of every line in it how its money is held") {
  auto given = history().with(an_approved_plan("maya", joint));
  CHECK(when(given, budget_opened("maya", "maya's plan", "maya", {joint.lines().front()})) ==
        refused("state", "lines"));
  const Package more{.health = 210'00, .social_care = 145'00, .education = 1'00};
  CHECK(when(given, opened(more)) == refused("state", "lines[2].line"));
}

TEST_CASE(
    "a strand is agreed at what the plan's lines for it cost, once, out of a fund that is there") {
  auto given = history().with(an_approved_plan("maya", joint)).with(opened(joint));
  CHECK(when(given, strand_agreed("maya", nhs, 209'99)) == refused("state", "pence"));
  CHECK(when(given, strand_agreed("maya", schooling, 1'00).by("c.lind")) ==
        refused("state", "strand"));
  CHECK(when(given, strand_agreed("maya", {"QUY", schema::Sector::HEALTH, "other"}, 1'00)) ==
        refused("state", "strand"));
  CHECK(when(given, strand_agreed("maya", {"QUY", schema::Sector::EDUCATION, "chc"}, 1'00)) ==
        refused("state", "strand"));
  given.with(strand_agreed("maya", nhs, 210'00));
  CHECK(when(given, strand_agreed("maya", nhs, 210'00)) == refused("state", "strand"));
}

TEST_CASE("a budget is live when every strand is agreed") {
  auto given = history()
                   .with(an_approved_plan("maya", joint))
                   .with(opened(joint))
                   .with(strand_agreed("maya", nhs, 210'00));
  CHECK_FALSE(given.state().budgets.find({id("maya")})->live);
  given.with(strand_agreed("maya", care, 145'00));
  CHECK(given.state().budgets.find({id("maya")})->live);
}

TEST_CASE("what a body agrees to pay leaves its allocation, year by year") {
  auto given = history().with(an_approved_plan("maya", joint)).with(opened(joint));
  given.with(chargeable_strand_agreed("maya", care, 45'00, 100'00));
  CHECK(stands(given, Account::ALLOCATION, {}, care) == 1'000'000'00 - 100'00);
  CHECK(stands(given, Account::ALLOCATED, id("maya"), care) == 100'00);
}

TEST_CASE("a strand is borne by open financial years within the budget's time") {
  auto given = history().with(an_approved_plan("maya", joint)).with(opened(joint));
  const auto borne_by = [](std::uint16_t year) {
    return vary(strand_agreed("maya", care, 145'00),
                [=](auto body) { body.getStrandAgreed().getYears()[0].setYear(year); });
  };
  CHECK(when(given, borne_by(2025)) == refused("state", "years[0].year"));
  CHECK(when(given, borne_by(2027)) == refused("state", "years[0].year"));
  CHECK(when(given, borne_by(2026)) == accepted());
  given.today("2027-04-02").with(period_closed("2027-03-31"));
  CHECK(when(given, borne_by(2026)) == refused("state", "years[0].year"));
}

TEST_CASE("nobody is charged for a strand that is not agreed") {
  auto given = history().with(an_approved_plan("maya", joint)).with(opened(joint));
  CHECK(when(given, contribution_assessed("maya", {{care, 1'00}})) ==
        refused("state", "shares[0].strand"));
}

TEST_CASE("a later assessment of a strand replaces the earlier") {
  auto given = history().with(a_joint_budget("maya", joint));
  given.with(contribution_assessed("maya", {{care, 1'00}}))
      .with(contribution_assessed("maya", {{care, 2'00}}));
  const auto& contributions = given.state().budgets.find({id("maya")})->contributions;
  REQUIRE(contributions.size() == 1);
  CHECK(contributions[0].weekly == 2'00);
}

TEST_CASE("what a closed budget has not spent goes back to its funds, and to the person") {
  auto given =
      history().with(a_joint_budget("maya", joint)).with(contribution_received("maya", care, 7'00));
  given.with(an_invoiced_order("maya", {{care, 20'00}})).with(budget_closed("maya"));
  CHECK(stands(given, Account::ALLOCATED, id("maya"), care) == 0);
  CHECK(stands(given, Account::COMMITTED, id("maya"), care) == 20'00);
  CHECK(stands(given, Account::ALLOCATION, {}, nhs) == 1'000'000'00);
  CHECK(stands(given, Account::ALLOCATION, {}, care) == 1'000'000'00 - 20'00);
  CHECK(stands(given, Account::CONTRIBUTION, id("maya"), contribution) == 0);
  CHECK(when(given, budget_closed("maya")) == refused("state", "budget"));
  CHECK(when(given, contribution_assessed("maya", {{care, 1'00}})) == refused("state", "budget"));
}

TEST_CASE("an uplift adds to budgets what was approved, once each and no more in all") {
  auto given = history().with(a_joint_budget("maya", joint)).with(a_joint_budget("noor", joint));
  CHECK(when(given, uplift_applied("run", "maya", care, 5'00)) == refused("state", "run"));
  given.with(uplift_approved("run", "a.adeyemi", 2, 8'00));
  CHECK(when(given, uplift_approved("run", "a.adeyemi", 2, 8'00)) == refused("state", "run"));
  CHECK(when(given, uplift_applied("run", "maya", schooling, 5'00)) == refused("state", "strand"));
  CHECK(when(given, uplift_applied("run", "maya", nhs, 5'00).from("QUY")) ==
        refused("state", "run"));
  const auto before = stands(given, Account::ALLOCATED, id("maya"), care);
  given.with(uplift_applied("run", "maya", care, 5'00));
  CHECK(stands(given, Account::ALLOCATED, id("maya"), care) == before + 5'00);
  CHECK(given.state().budgets.find({id("maya")})->strands[1].pence == 150'00);
  CHECK(when(given, uplift_applied("run", "maya", care, 1'00)) == refused("state", "budget"));
  CHECK(when(given, uplift_applied("run", "noor", care, 3'01)) == refused("state", "pence"));
  given.with(uplift_applied("run", "noor", care, 3'00));
  given.with(a_joint_budget("omar", joint));
  CHECK(when(given, uplift_applied("run", "omar", care, 0)) == refused("state", "run"));
}

TEST_CASE("a reversed uplift can be applied again") {
  auto given = history()
                   .with(a_joint_budget("maya", joint))
                   .with(uplift_approved("run", "a.adeyemi", 1, 8'00));
  given.with(uplift_applied("run", "maya", care, 5'00).numbered(id("wrong")))
      .with(event_reversed(id("wrong")));
  CHECK(given.state().budgets.find({id("maya")})->strands[1].pence == 145'00);
  CHECK(when(given, uplift_applied("run", "maya", care, 8'00)) == accepted());
}

TEST_CASE("a year's allocation is set once, then varied") {
  auto given = history();
  CHECK(when(given, allocation_varied(care, 2027, 1'00)) == refused("state", "strand"));
  CHECK(when(given, allocation_set(care, 2027, 5'00)) == accepted());
  CHECK(when(given, allocation_set(care, 2026, 5'00)) == refused("state", "strand"));
  given.with(allocation_varied(care, 2026, -1'00));
  CHECK(stands(given, Account::ALLOCATION, {}, care) == 1'000'000'00 - 1'00);
  CHECK(stands(given, Account::FUNDING, {}, care) == -(1'000'000'00 - 1'00));
}

TEST_CASE("an allocation is of a registered fund and an open year") {
  auto given = history();
  CHECK(when(given, allocation_set({"E10000008", schema::Sector::SOCIAL_CARE, "other"}, 2026,
                                   1'00)) == refused("state", "strand"));
  given.with(period_closed("2026-03-31"));
  CHECK(when(given, allocation_set(care, 2025, 1'00)) == refused("state", "year"));
}
