#include <catch2/catch.hpp>

#include "tests/support/ledger_world.hpp"

using namespace braid;
using namespace braid::test;
using schema::Category;

namespace {

/// A budget opened on a plan of these lines, approved and signed off, with nothing agreed yet.
Given an_opened_budget(const std::vector<Line>& lines,
                       schema::Scheme scheme = schema::Scheme::JOINT_FUNDED) {
  auto given = history().with(plan_proposed("plan", "maya", lines)).with(plan_signed_off("plan"));
  for (const auto& line : lines)
    given.with(approval_given("plan", {{line.strand, line.pence}}).from(line.strand.organisation));
  return given.with(budget_opened("maya", "plan", "maya", lines, scheme));
}

}  // namespace

TEST_CASE("R30: social-care money in a budget under continuing healthcare is flagged") {
  const std::vector<Line> lines = {{nhs, 100'00}, {care, 50'00}};
  CHECK(when(an_opened_budget(lines), strand_agreed("maya", care, 50'00)) == accepted());
  auto given = an_opened_budget(lines, schema::Scheme::CHC);
  CHECK(when(given, strand_agreed("maya", nhs, 100'00)) == accepted());
  CHECK(when(given, strand_agreed("maya", care, 50'00)) == accepted().flagged("R30"));
}

TEST_CASE("R62: a capital fund buys equipment, and no running cost") {
  CHECK(when(an_opened_budget({{works, 50'00, Category::EQUIPMENT}}),
             strand_agreed("maya", works, 50'00)) == accepted());
  CHECK(when(an_opened_budget({{works, 50'00, Category::HOME_CARE}}),
             strand_agreed("maya", works, 50'00)) == refused("R62", "strand"));
}

TEST_CASE(
    "allocation_exceeded: what is agreed beyond the year's allocation is flagged with the "
    "shortfall") {
  CHECK(when(an_opened_budget({{works, 10'000'00, Category::EQUIPMENT}}),
             strand_agreed("maya", works, 10'000'00)) == accepted());
  const auto beyond = when(an_opened_budget({{works, 10'000'01, Category::EQUIPMENT}}),
                           strand_agreed("maya", works, 10'000'01));
  CHECK(beyond == accepted().flagged("allocation_exceeded"));
  CHECK(beyond.sentence().find("exceeded by GBP 0.01") != std::string::npos);
}

TEST_CASE("allocation_exceeded: an uplift and a cut beyond what is left are flagged") {
  auto given = an_opened_budget({{works, 9'000'00, Category::EQUIPMENT}})
                   .with(strand_agreed("maya", works, 9'000'00));
  given.with(uplift_approved("run", "a.adeyemi", 2, 2'000'00));
  CHECK(when(given, uplift_applied("run", "maya", works, 1'000'00)) == accepted());
  CHECK(when(given, uplift_applied("run", "maya", works, 1'000'01)) ==
        accepted().flagged("allocation_exceeded"));
  CHECK(when(given, allocation_varied(works, 2026, -1'000'00)) == accepted());
  CHECK(when(given, allocation_varied(works, 2026, -1'000'01)) ==
        accepted().flagged("allocation_exceeded"));
}

TEST_CASE(
    "hidden_costs: a plan that employs says who bears what employing costs beside the wages") {
  auto given = history();
  CHECK(when(given, plan_proposed("plan", "maya", {{care, 50'00, Category::WAGES}})) ==
        accepted().flagged("hidden_costs"));
  CHECK(when(given, plan_proposed("plan", "maya",
                                  {{care, 50'00, Category::WAGES},
                                   {care, 5'00, Category::ON_COSTS}})) == accepted());
}
