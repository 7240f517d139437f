#include <catch2/catch.hpp>

#include "projections/payments.hpp"
#include "tests/support/ledger_world.hpp"
#include "tests/support/read_history.hpp"

namespace braid::test {

using projections::Payment;

namespace {

std::vector<Payment> payments_of(const Given& given) {
  projections::PaymentList list;
  read_history(given, [&](const ReadEntry& entry, Bytes) { list.add(0, entry); });
  return std::move(list).finish();
}

std::vector<std::int64_t> amounts_of(const Given& given) {
  std::vector<std::int64_t> amounts;
  for (const auto& payment : payments_of(given)) amounts.push_back(payment.pence);
  return amounts;
}

/// An invoice of GBP 80.00 that was paid.
Given paid() {
  return history()
      .with(a_joint_budget("maya", {.health = 60'00, .social_care = 99'00}))
      .with(an_invoiced_order("maya", {{care, 80'00}}))
      .with(payment_settled("pay", "maya", "maya's invoice", {{care, 80'00}}).numbered(id("paid")));
}

using Pence = std::vector<std::int64_t>;

}  // namespace

TEST_CASE("what suppliers, holders and grantees were paid, and pools spent, is a payment") {
  CHECK(amounts_of(paid()) == Pence{80'00});
  CHECK(amounts_of(history().with(a_direct_payment("maya", {.health = 60'00}))) == Pence{60'00});
  auto given = history().with(a_pool());
  CHECK(amounts_of(given).empty());  // contributions stay among the bodies
  given.with(pool_spent("pool", "scheme", 333'33));
  CHECK(amounts_of(given) == Pence{333'33});
  CHECK(payments_of(given).front().kind == Kind::POOL_SPENT);
}

TEST_CASE("what came back of a payment is negative, and so is its reversal, to the penny") {
  CHECK(amounts_of(paid().with(payment_returned("pay", {{care, 30'00}}))) ==
        Pence{80'00, -30'00});
  CHECK(amounts_of(paid().with(event_reversed(id("paid")))) == Pence{80'00, -80'00});
}

TEST_CASE("the reversal of a return is a payment again, and of what was no payment is none") {
  auto given =
      paid().with(payment_returned("pay", {{care, 30'00}}).numbered(id("back")));
  given.with(event_reversed(id("back")));
  CHECK(amounts_of(given) == Pence{80'00, -30'00, 30'00});
  auto other = history().with(a_pool());
  other.with(contribution_paid("pool", care, 5'00).numbered(id("paid in")));
  other.with(event_reversed(id("paid in")));
  CHECK(amounts_of(other).empty());
}

}  // namespace braid::test
