#include <catch2/catch.hpp>

#include "tests/support/ledger_world.hpp"

using namespace braid;
using namespace braid::test;

namespace {

Given a_budget(schema::Method method) {
  return history()
      .with(a_joint_budget("maya", {.social_care = 99'00, .method = method}))
      .with(supplier_registered("supplier"));
}

const auto school_place = vary(order_placed("order", "maya", {{care, 9'00}}),
                               [](auto body) { body.getOrderPlaced().setSchoolPlace(true); });

}  // namespace

TEST_CASE("R40: a direct payment buys no place at a school or post-16 institution") {
  CHECK(when(a_budget(schema::Method::NOTIONAL), school_place) == accepted());
  CHECK(when(a_budget(schema::Method::DIRECT_PAYMENT), school_place) ==
        refused("R40", "schoolPlace"));
}

TEST_CASE("available_exceeded: no order beyond what a holder's own money has left") {
  auto given = a_budget(schema::Method::DIRECT_PAYMENT);
  CHECK(when(given, order_placed("order", "maya", {{care, 99'00}})) == accepted());
  CHECK(when(given, order_placed("order", "maya", {{care, 99'01}})) ==
        refused("available_exceeded", "amounts[0].pence"));
}

TEST_CASE("allocation_exceeded: statutory care beyond the budget is ordered, and flagged") {
  auto given = a_budget(schema::Method::NOTIONAL);
  CHECK(when(given, order_placed("order", "maya", {{care, 99'00}})) == accepted());
  CHECK(when(given, order_placed("order", "maya", {{care, 99'01}})) ==
        accepted().flagged("allocation_exceeded"));
}
