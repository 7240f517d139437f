#include <catch2/catch.hpp>

#include "tests/projections/folded.hpp"

namespace braid::test {

using namespace projections;

namespace {

const Package joint_package = {.health = 210'00, .social_care = 145'00, .education = 160'00};

const JointStrand& strand(const JointBudgetRow& budget, const Strand& wanted) {
  for (const auto& each : budget.strands)
    if (each.strand == wanted) return each;
  throw std::runtime_error("the budget has no such strand");
}

}  // namespace

TEST_CASE("each sector sees its own strand of a joint budget, and what its body agreed") {
  const Folded folded(history().with(a_joint_budget("maya", joint_package)));
  REQUIRE(folded.rows<HealthRow>().size() == 1);
  REQUIRE(folded.rows<SocialCareRow>().size() == 1);
  REQUIRE(folded.rows<EducationRow>().size() == 1);
  CHECK(folded.rows<HealthRow>()[0].progress.agreed == 210'00);
  CHECK(folded.rows<HealthRow>()[0].organisation == "QUY");
  CHECK(folded.rows<EducationRow>()[0].progress.agreed == 160'00);
}

TEST_CASE(
    "social care shows the triple of the Care Act: cost is what the adult pays and what the "
    "council pays") {
  const Folded folded(history().with(a_joint_budget("maya", joint_package)));
  const auto row = folded.rows<SocialCareRow>().at(0);
  CHECK(row.cost == 145'00);
  CHECK(row.adult_pays == 50'00);
  CHECK(row.council_pays == 95'00);
  CHECK(row.progress.agreed == row.council_pays);
}

TEST_CASE("a joint budget stands on one row, live once every strand is agreed") {
  const Folded folded(history().with(a_joint_budget("maya", joint_package)));
  REQUIRE(folded.rows<JointBudgetRow>().size() == 1);
  const auto budget = folded.rows<JointBudgetRow>()[0];
  CHECK(budget.strands.size() == 3);
  CHECK(budget.live);
  CHECK(budget.cost == 515'00);
  CHECK(strand(budget, nhs).approved_by == "b.okafor");
}

TEST_CASE("a payment moves what is ordered to what is paid, and a return moves it back") {
  auto given = history().with(a_joint_budget("maya", joint_package));
  given.with(an_invoiced_order("maya", {{nhs, 40'00}}));
  given.with(payment_instructed("pay", "maya", "maya's invoice", {{nhs, 40'00}}).from("QUY"));
  CHECK(Folded(given).rows<HealthRow>()[0].progress.committed == 40'00);
  given.with(payment_settled("pay", "maya", "maya's invoice", {{nhs, 40'00}}).from("QUY"));
  CHECK(Folded(given).rows<HealthRow>()[0].progress.committed == 0);
  CHECK(Folded(given).rows<HealthRow>()[0].progress.paid == 40'00);
  given.with(payment_returned("pay", {{nhs, 15'00}}).from("QUY"));
  CHECK(Folded(given).rows<HealthRow>()[0].progress.paid == 25'00);
}

TEST_CASE("an event that is reversed leaves a budget as it was") {
  auto given = history().with(a_direct_payment("george", {.social_care = 145'00}));
  const auto before = Folded(given).rows<SocialCareRow>().at(0).progress;
  const auto spent =
      transaction_reported("george's account", "george", 20'00).numbered(id("wages"));
  given.with(spent);
  CHECK(Folded(given).rows<SocialCareRow>().at(0).progress.used == 20'00);
  given.with(event_reversed(spent.id));
  CHECK(Folded(given).rows<SocialCareRow>().at(0).progress == before);
}

TEST_CASE("a contribution that is reversed leaves social care's column and the joint page alike") {
  auto given = history().with(a_joint_budget("maya", joint_package));
  const auto received = contribution_received("maya", care, 30'00).numbered(id("banked"));
  given.with(received);
  CHECK(Folded(given).rows<SocialCareRow>().at(0).contribution_received == 30'00);
  CHECK(Folded(given).rows<JointBudgetRow>().at(0).contribution_received == 30'00);
  given.with(event_reversed(received.id));
  CHECK(Folded(given).rows<SocialCareRow>().at(0).contribution_received == 0);
  CHECK(Folded(given).rows<JointBudgetRow>().at(0).contribution_received == 0);
}

TEST_CASE("a refund of a contribution that is reversed counts as received again") {
  auto given = history().with(a_joint_budget("maya", joint_package));
  given.with(contribution_received("maya", care, 30'00));
  const auto refunded = contribution_refunded("maya", care, 10'00).numbered(id("given back"));
  given.with(refunded);
  CHECK(Folded(given).rows<SocialCareRow>().at(0).contribution_received == 20'00);
  given.with(event_reversed(refunded.id));
  CHECK(Folded(given).rows<SocialCareRow>().at(0).contribution_received == 30'00);
}

TEST_CASE("every strand's accounts sum to zero") {
  auto given = history().with(a_direct_payment("george", joint_package));
  given.with(transaction_reported("george's account", "george", 20'00));
  std::map<std::string, std::int64_t> sums;
  for (const auto& row : Folded(given).rows<TrialBalanceRow>())
    sums[row.organisation + row.fund] += row.pence;
  REQUIRE(sums.size() >= 3);
  for (const auto& [strand, sum] : sums) CHECK(sum == 0);
}

}  // namespace braid::test
