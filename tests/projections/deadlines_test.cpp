#include <catch2/catch.hpp>

#include "tests/projections/folded.hpp"

namespace braid::test {

using namespace projections;

namespace {

const auto of_r32 = [](const DeadlineRow& row) { return row.rule == "R32"; };

Said review_on(std::string_view on, std::string_view next_due) {
  return vary(review_completed("george", "george's plan"), [=](schema::Event::Body::Builder body) {
    body.getReviewCompleted().setOn(day(on).days);
    body.getReviewCompleted().setNextDue(day(next_due).days);
  });
}

Given paid_for_the_first_time() {
  return history().with(a_direct_payment("george", {.social_care = 145'00}));
}

}  // namespace

TEST_CASE("R32: a direct payment is reviewed within six months of the first payment") {
  const auto row = Folded(paid_for_the_first_time()).row<DeadlineRow>(of_r32);
  CHECK(row.subject == id("george"));
  CHECK(row.organisation == care.organisation);
  CHECK(Date{row.due} == add_months(Date{row.since}, 6));
}

TEST_CASE("R32: then every twelve months, however late a review says the next one is due") {
  auto given = paid_for_the_first_time();
  given.with(review_on("2026-09-01", "2030-01-01"));
  const auto row = Folded(given).row<DeadlineRow>(of_r32);
  CHECK(Date{row.since} == day("2026-09-01"));
  CHECK(Date{row.due} == day("2027-09-01"));
}

TEST_CASE("R32: a review may set an earlier day for the next") {
  auto given = paid_for_the_first_time();
  given.with(review_on("2026-09-01", "2027-01-15"));
  CHECK(Date{Folded(given).row<DeadlineRow>(of_r32).due} == day("2027-01-15"));
}

TEST_CASE("a closed budget has no reviews to come") {
  auto given = paid_for_the_first_time();
  CHECK(Date{Folded(given).row<DeadlineRow>(of_r32).done}.is_none());
  given.with(budget_closed("george"));
  CHECK_FALSE(Date{Folded(given).row<DeadlineRow>(of_r32).done}.is_none());
}

}  // namespace braid::test
