#include <catch2/catch.hpp>

#include "tests/support/ledger_world.hpp"

using namespace braid;
using namespace braid::test;

namespace {

Given an_invoice() {
  return history()
      .with(a_joint_budget("maya", {.health = 60'00, .social_care = 99'00}))
      .with(an_invoiced_order("maya", {{care, 80'00}}));
}

const auto settled =
    payment_settled("pay", "maya", "maya's invoice", {{care, 80'00}}).numbered(id("wrong"));

std::int64_t stands(const Given& given, Account account, const Strand& strand) {
  return given.state().balance(account, id("maya"), strand, 2026);
}

}  // namespace

TEST_CASE("a reversal posts the exact opposite") {
  auto given = an_invoice().with(settled);
  auto opposite = given.state().original(id("wrong"))->postings;
  for (auto& posting : opposite) posting.pence = -posting.pence;
  CHECK(when(given, event_reversed(id("wrong"))).postings() == opposite);
}

TEST_CASE(
    "what is reversed counts no more: the invoice can be paid again, and the order is open for "
    "it") {
  auto given = an_invoice().with(settled).with(event_reversed(id("wrong")));
  CHECK(stands(given, Account::COMMITTED, care) == 80'00);
  CHECK(when(given, settled.numbered(id("right"))) == accepted());
  given.with(settled.numbered(id("right")));
  CHECK(stands(given, Account::COMMITTED, care) == 0);
  CHECK(when(given, settled.numbered(id("too much"))) == accepted().flagged("invoice_exceeded"));
}

TEST_CASE("an event is reversed once, and a reversal never") {
  auto given =
      an_invoice().with(settled).with(event_reversed(id("wrong")).numbered(id("reversal")));
  CHECK(when(given, event_reversed(id("wrong"))) == refused("state", "event"));
  CHECK(when(given, event_reversed(id("reversal"))) == refused("state", "event"));
}

TEST_CASE("only what moved money is reversed") {
  auto given = an_invoice().with(consent_given("maya").numbered(id("consent")));
  CHECK(when(given, event_reversed(id("consent"))) == refused("state", "event"));
  CHECK(when(given, event_reversed(id("nothing"))) == refused("state", "event"));
}

TEST_CASE("an intention that others have built on is not reversed before what they built") {
  auto given = history().with(an_approved_plan("maya", {.social_care = 99'00}));
  given.with(budget_opened("maya", "maya's plan", "maya", Package{.social_care = 99'00}.lines()));
  given.with(strand_agreed("maya", care, 99'00).numbered(id("agreed")));
  given.with(supplier_registered("supplier"))
      .with(order_placed("order", "maya", {{care, 80'00}}).numbered(id("ordered")));
  CHECK(when(given, event_reversed(id("agreed"))) == refused("state", "event"));
  given.with(event_reversed(id("ordered")));
  CHECK(when(given, event_reversed(id("agreed"))) == accepted());
}

TEST_CASE("a strand whose agreement is reversed is agreed anew, and the budget waits for it") {
  auto given = history().with(an_approved_plan("maya", {.social_care = 99'00}));
  given.with(budget_opened("maya", "maya's plan", "maya", Package{.social_care = 99'00}.lines()));
  given.with(strand_agreed("maya", care, 99'00).numbered(id("agreed")))
      .with(event_reversed(id("agreed")));
  CHECK_FALSE(given.state().budgets.find({id("maya")})->live);
  CHECK(given.state().balance(Account::ALLOCATION, {}, care, 2026) == 1'000'000'00);
  CHECK(when(given, strand_agreed("maya", care, 99'00)) == accepted());
}

TEST_CASE("a report is reversed whatever became of the money") {
  auto given = history().with(a_direct_payment("maya", {.social_care = 90'00}));
  given.with(
      account_credited("more", "maya's account", "maya", {{care, 5'00}}).numbered(id("credited")));
  given.with(transaction_reported("maya's account", "maya", 95'00));
  CHECK(when(given, event_reversed(id("credited"))) == accepted());
}

TEST_CASE("a budget that was closed by mistake is open again") {
  auto given = an_invoice()
                   .with(budget_closed("maya").numbered(id("closed")))
                   .with(event_reversed(id("closed")));
  CHECK(stands(given, Account::ALLOCATED, care) == 19'00);
  CHECK(when(given, contribution_assessed("maya", {{care, 1'00}})) == accepted());
}
