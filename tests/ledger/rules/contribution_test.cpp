#include <catch2/catch.hpp>

#include "tests/support/ledger_world.hpp"

using namespace braid;
using namespace braid::test;

namespace {

const auto maya = a_joint_budget("maya", {.health = 210'00, .social_care = 36'500'00});

/// The specimen budget runs from 2026-04-01 to 2027-03-31: 365 days, so GBP 36,500.00 is GBP 700.00
/// a week.
constexpr std::int64_t weekly_cost = 700'00;

}  // namespace

TEST_CASE("R26: the cost is what the adult pays and what the body pays") {
  auto given = history().with(an_approved_plan("maya", {.social_care = 100'00}));
  given.with(budget_opened("maya", "maya's plan", "maya", Package{.social_care = 100'00}.lines()));
  const auto agreed = chargeable_strand_agreed("maya", care, 30'00, 70'00);
  CHECK(when(given, agreed) == accepted());
  CHECK(when(given, vary(agreed, [](auto body) { body.getStrandAgreed().setAdultPays(29'99); })) ==
        refused("R26", "pence"));
}

TEST_CASE("R28: a charge is not more than the care costs") {
  auto given = history().with(maya);
  CHECK(when(given, contribution_assessed("maya", {{care, weekly_cost}})) == accepted());
  CHECK(when(given, contribution_assessed("maya", {{care, weekly_cost + 1}})) ==
        refused("R28", "shares[0].weekly"));
}

TEST_CASE("R28: a carer is not charged for the adult's care") {
  auto given = history().with(
      a_joint_budget("cara", {.social_care = 36'500'00, .scheme = schema::Scheme::CARER}));
  CHECK(when(given, contribution_assessed("cara", {{care, 0}})) == accepted());
  CHECK(when(given, contribution_assessed("cara", {{care, 1}})) ==
        refused("R28", "shares[0].weekly"));
}

TEST_CASE("R29: no contribution may fall on NHS money") {
  auto given = history().with(maya);
  CHECK(when(given, contribution_assessed("maya", {{care, 30'00}})) == accepted());
  CHECK(when(given, contribution_assessed("maya", {{nhs, 3'00}}).from("QUY")) ==
        refused("R29", "shares[0].strand"));
}

TEST_CASE("R29: no contribution may fall on a strand that was agreed as not chargeable") {
  auto given = history().with(a_joint_budget("noor", {.education = 500'00}));
  CHECK(when(given, contribution_assessed("noor", {{schooling, 1'00}})) ==
        refused("R29", "shares[0].strand"));
}

TEST_CASE("R29: NHS money is never agreed as chargeable, nor in part as the adult's to pay") {
  auto given = history().with(an_approved_plan("maya", {.health = 100'00}));
  given.with(budget_opened("maya", "maya's plan", "maya", Package{.health = 100'00}.lines()));
  CHECK(when(given, strand_agreed("maya", nhs, 100'00)) == accepted());
  CHECK(when(given, chargeable_strand_agreed("maya", nhs, 0, 100'00)) ==
        refused("R29", "chargeable"));
  CHECK(when(given, vary(chargeable_strand_agreed("maya", nhs, 1'00, 99'00), [](auto body) {
               body.getStrandAgreed().setChargeable(false);
             })) == refused("R29", "adultPays"));
}

TEST_CASE("R29: a contribution that was taken towards NHS care is recorded, and flagged") {
  auto given = history().with(maya);
  CHECK(when(given, contribution_received("maya", care, 30'00)) == accepted());
  CHECK(when(given, contribution_received("maya", nhs, 30'00)) == accepted().flagged("R29"));
}

TEST_CASE("R29: so is one taken for a day on which the NHS turned out to be liable (R66)") {
  auto given = history().with(maya).with(
      liability_reassigned("maya", "E10000008", "QUY", "2026-04-01", "2026-05-04"));
  CHECK(when(given, contribution_received("maya", care, 30'00)) == accepted().flagged("R29"));
  const auto later = vary(contribution_received("maya", care, 30'00), [](auto body) {
    body.getContributionReceived().setOn(day("2026-05-05").days);
  });
  CHECK(when(given, later) == accepted());
}

TEST_CASE("R29: what another council should have paid for may have been charged for") {
  auto given = history().with(maya).with(
      organisation_registered("E09000001", schema::OrganisationKind::COUNCIL));
  given.with(liability_reassigned("maya", "E10000008", "E09000001", "2026-04-01", "2026-05-04"));
  CHECK(when(given, contribution_received("maya", care, 30'00)) == accepted());
}
