#include <catch2/catch.hpp>

#include "tests/support/ledger_world.hpp"

using namespace braid;
using namespace braid::test;

namespace {

Given a_budget() {
  return history()
      .with(a_joint_budget("maya", {.social_care = 99'00}))
      .with(supplier_registered("supplier"));
}

}  // namespace

TEST_CASE("an order is of a live budget, of strands that were agreed, from a known supplier") {
  auto given = a_budget();
  CHECK(when(given, order_placed("order", "maya", {{care, 9'00}})) == accepted());
  CHECK(when(given, order_placed("order", "nobody", {{care, 9'00}})) == refused("state", "budget"));
  CHECK(when(given, order_placed("order", "maya", {{nhs, 9'00}})) ==
        refused("state", "amounts[0].strand"));
  const auto unknown_supplier = vary(order_placed("order", "maya", {{care, 9'00}}), [](auto body) {
    write(id("nobody"), body.getOrderPlaced().initSupplier());
  });
  CHECK(when(given, unknown_supplier) == refused("state", "supplier"));
  given.with(order_placed("order", "maya", {{care, 9'00}}));
  CHECK(when(given, order_placed("order", "maya", {{care, 9'00}})) == refused("state", "order"));
  CHECK(when(given, supplier_registered("supplier")) == refused("state", "supplier"));
}

TEST_CASE("nothing is ordered before every funder has agreed, nor after the budget is closed") {
  auto given = history()
                   .with(an_approved_plan("maya", {.social_care = 99'00}))
                   .with(supplier_registered("supplier"));
  given.with(budget_opened("maya", "maya's plan", "maya", Package{.social_care = 99'00}.lines()));
  CHECK(when(given, order_placed("order", "maya", {{care, 9'00}})) == refused("state", "budget"));
  given.with(strand_agreed("maya", care, 99'00)).with(budget_closed("maya"));
  CHECK(when(given, order_placed("order", "maya", {{care, 9'00}})) == refused("state", "budget"));
}

TEST_CASE("an order commits what was agreed") {
  auto given = a_budget().with(order_placed("order", "maya", {{care, 9'00}}));
  CHECK(given.state().balance(Account::COMMITTED, id("maya"), care, 2026) == 9'00);
  CHECK(given.state().balance(Account::ALLOCATED, id("maya"), care, 2026) == 90'00);
}

TEST_CASE("an outcome is one that the plan names") {
  auto given = a_budget();
  CHECK(when(given, outcome_reported("maya's plan", 1)) == accepted());
  CHECK(when(given, outcome_reported("maya's plan", 2)) == refused("state", "outcome"));
  CHECK(when(given, outcome_reported("no plan", 1)) == refused("state", "plan"));
}

TEST_CASE("a promise is made once and kept once") {
  auto given = history().with(action_owned("promise"));
  CHECK(when(given, action_owned("promise")) == refused("state", "action"));
  CHECK(when(given, action_done("no promise")) == refused("state", "action"));
  given.with(action_done("promise"));
  CHECK(when(given, action_done("promise")) == refused("state", "action"));
}
