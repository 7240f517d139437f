#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/projections/folded.hpp"

namespace braid::test {

using namespace projections;

namespace {

Report report(std::string_view name, const Folded& folded, ReportQuestion question = {}) {
  const auto found = std::ranges::find(reports(), name, &ReportKind::name);
  return found->make(folded.snapshot(), question);
}

std::int64_t figure(const Report& report, std::size_t row, std::string_view column) {
  const auto found = std::ranges::find(report.columns, column, &projections::Column::name);
  return report.rows.at(row).at(static_cast<std::size_t>(found - report.columns.begin())).number;
}

bool says(const Report& report, std::string_view words) {
  return std::ranges::any_of(
      report.remarks, [&](const std::string& remark) { return remark.find(words) != remark.npos; });
}

}  // namespace

TEST_CASE("every row of every report has a cell for each column") {
  auto given = history().with(a_joint_budget("maya", {.health = 210'00, .social_care = 145'00}));
  given.with(a_pool());
  const Folded folded(given);
  for (const auto& kind : reports()) {
    const auto made = kind.make(folded.snapshot(), {});
    CHECK(made.name == kind.name);
    for (const auto& row : made.rows) CHECK(row.size() == made.columns.size());
  }
}

TEST_CASE("joint-split: the shares of a whole package add up to its cost, and it says so") {
  const Folded folded(
      history().with(a_joint_budget("maya", {.health = 210'00, .social_care = 145'00})));
  const auto split = report("joint-split", folded);
  REQUIRE(split.rows.size() == 3);
  CHECK(figure(split, 2, "agreed") + figure(split, 2, "personPays") == 355'00);
  CHECK(says(split, "add up to the plan's cost of GBP 355.00"));
}

TEST_CASE("joint-split: shares that fall short are said to, with the difference") {
  auto all = a_joint_budget("maya", {.health = 210'00, .social_care = 145'00});
  all.pop_back();
  const auto split = report("joint-split", Folded(history().with(all)));
  CHECK(says(split, "GBP 145.00 less than the plan's cost"));
  CHECK(says(split, "not every strand is agreed yet"));
}

TEST_CASE("allocation: what is left is the allocation less where the money is now") {
  const Folded folded(history().with(a_joint_budget("maya", {.health = 210'00})));
  const auto made = report("allocation", folded, {.subject = "chc", .on = day("2026-05-01")});
  REQUIRE(made.rows.size() == 1);
  CHECK(figure(made, 0, "allocation") == 1'000'000'00);
  CHECK(figure(made, 0, "agreed") == 210'00);
  CHECK(figure(made, 0, "left") == 1'000'000'00 - 210'00);
  CHECK(says(made, "within its allocation"));
}

TEST_CASE("contribution-on-nhs: a flagged charge is listed until it is refunded") {
  Folded folded(history().with(a_joint_budget("maya", {.health = 210'00, .social_care = 145'00})));
  CHECK(says(report("contribution-on-nhs", folded), "Nobody is charged"));

  const auto leg = [](Account account, std::int64_t pence) {
    return Posting{account, contribution, 2026, pence, id("maya")};
  };
  const std::vector paid = {leg(Account::CONTRIBUTION, -30'00), leg(Account::ALLOCATED, 30'00)};
  folded.accept(
      contribution_received("maya", nhs, 30'00).numbered(id("charge")).on("2026-05-01").bytes(),
      paid, {{"R29", "towards", "Nobody may be charged for NHS care."}});
  const auto charged = report("contribution-on-nhs", folded);
  REQUIRE(charged.rows.size() == 1);
  CHECK(figure(charged, 0, "receivedAndKept") == 30'00);

  const std::vector back = {leg(Account::CONTRIBUTION, 30'00), leg(Account::ALLOCATED, -30'00)};
  folded.accept(
      contribution_refunded("maya", nhs, 30'00).numbered(id("refund")).on("2026-05-01").bytes(),
      back);
  CHECK(report("contribution-on-nhs", folded).rows.empty());
}

TEST_CASE("pool-statement: partners' shares are held against what was spent on schemes") {
  auto given = history().with(a_pool());
  given.with(pool_spent("pool", "scheme", 333'33));
  CHECK(says(report("pool-statement", Folded(given)),
             "GBP 333.33 was spent on schemes and the partners' shares add up to it"));
}

TEST_CASE("trial-balance: each strand sums to zero") {
  const Folded folded(history().with(a_direct_payment("george", {.social_care = 145'00})));
  CHECK(says(report("trial-balance", folded), "sums to zero"));
}

TEST_CASE("control-exceptions: refusals and flags are counted by rule") {
  Folded folded;
  folded.refuse(approval_given("plan", {{care, 10'00}}).numbered(id("approval")).on("2026-05-01"),
                {"R69", "officer", "Ask another."});
  CHECK(says(report("control-exceptions", folded), "refused by R69 (1)."));
  CHECK(report("control-exceptions", folded, {.subject = "R19"}).rows.empty());
}

}  // namespace braid::test
