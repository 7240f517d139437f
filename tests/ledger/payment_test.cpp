#include <catch2/catch.hpp>

#include "tests/support/ledger_world.hpp"

using namespace braid;
using namespace braid::test;

namespace {

const Uuid maya = id("maya");

std::int64_t stands(const Given& given, Account account, const Strand& strand,
                    const Uuid& subject = maya) {
  return given.state().balance(account, subject, strand, 2026);
}

/// GBP 100.00 of care and GBP 60.00 of health agreed, an order for GBP 80.00 of the care, its
/// invoice.
Given an_invoice() {
  return history()
      .with(a_joint_budget("maya", {.health = 60'00, .social_care = 99'00}))
      .with(an_invoiced_order("maya", {{care, 80'00}}));
}

Said settled(std::int64_t pence) {
  return payment_settled("pay", "maya", "maya's invoice", {{care, pence}});
}

/// GBP 60.00 of health and GBP 90.00 of care are in the holder's account.
Given money_in_the_account() {
  return history().with(a_direct_payment("maya", {.health = 60'00, .social_care = 90'00}));
}

}  // namespace

TEST_CASE("what is paid of an order leaves what was ordered, and the rest what was agreed") {
  auto given = an_invoice().with(settled(80'00));
  CHECK(stands(given, Account::COMMITTED, care) == 0);
  CHECK(stands(given, Account::SPENT, care) == 80'00);
  given.with(vary(settled(5'00), [](auto) {}));
  CHECK(stands(given, Account::COMMITTED, care) == 0);
  CHECK(stands(given, Account::ALLOCATED, care) == 99'00 - 85'00);
}

TEST_CASE("what an order no longer needs is free again, and only that") {
  auto given = an_invoice().with(settled(30'00)).with(order_ended("maya's order"));
  CHECK(stands(given, Account::COMMITTED, care) == 0);
  CHECK(stands(given, Account::ALLOCATED, care) == 69'00);
  CHECK(when(given, order_ended("maya's order")) == refused("state", "order"));
}

TEST_CASE("what comes back goes to where it came from: the order, the budget, or the fund") {
  auto given = an_invoice().with(settled(80'00)).with(payment_returned("pay", {{care, 10'00}}));
  CHECK(stands(given, Account::COMMITTED, care) == 10'00);
  given.with(order_ended("maya's order")).with(payment_returned("pay", {{care, 10'00}}));
  CHECK(stands(given, Account::ALLOCATED, care) == 99'00 - 60'00);
  given.with(budget_closed("maya")).with(payment_returned("pay", {{care, 10'00}}));
  CHECK(stands(given, Account::ALLOCATION, care, {}) == 1'000'000'00 - 50'00);
  CHECK(stands(given, Account::SPENT, care) == 50'00);
}

TEST_CASE("no more comes back than was paid") {
  auto given = an_invoice().with(settled(50'00));
  CHECK(when(given, payment_returned("pay", {{care, 50'00}})) == accepted());
  CHECK(when(given, payment_returned("pay", {{care, 50'01}})) == refused("arithmetic", "amounts"));
  CHECK(when(given, payment_returned("no payment", {{care, 1}})) == refused("state", "payment"));
}

TEST_CASE("a payment is of a known invoice of its own budget, and of its strands") {
  auto given = an_invoice().with(a_joint_budget("noor", {.social_care = 99'00}));
  CHECK(when(given, payment_instructed("pay", "maya", "maya's invoice", {{care, 1'00}})) ==
        accepted());
  CHECK(when(given, payment_instructed("pay", "nobody", "maya's invoice", {{care, 1'00}})) ==
        refused("state", "budget"));
  CHECK(when(given, payment_instructed("pay", "maya", "no invoice", {{care, 1'00}})) ==
        refused("state", "invoice"));
  CHECK(when(given, payment_instructed("pay", "noor", "maya's invoice", {{care, 1'00}})) ==
        refused("state", "invoice"));
  CHECK(when(given, payment_instructed("pay", "maya", "maya's invoice", {{schooling, 1'00}})) ==
        refused("state", "amounts[0].strand"));
  CHECK(when(given, settled(1'00)) == accepted());
  given.with(payment_instructed("pay", "maya", "maya's invoice", {{care, 1'00}}));
  CHECK(when(given, payment_instructed("pay", "maya", "maya's invoice", {{care, 1'00}})) ==
        refused("state", "payment"));
}

TEST_CASE("an invoice is for an order, by the order's supplier, and comes once") {
  auto given = an_invoice().with(supplier_registered("another"));
  CHECK(when(given, invoice_received("invoice", "no order", {{care, 1'00}})) ==
        refused("state", "order"));
  CHECK(when(given, invoice_received("maya's invoice", "maya's order", {{care, 1'00}})) ==
        refused("state", "invoice"));
  const auto by_another =
      vary(invoice_received("invoice", "maya's order", {{care, 1'00}}),
           [](auto body) { write(id("another"), body.getInvoiceReceived().initSupplier()); });
  CHECK(when(given, by_another) == refused("state", "supplier"));
}

TEST_CASE("a direct payment moves what was agreed into the holder's account") {
  auto given = money_in_the_account();
  CHECK(stands(given, Account::HELD, nhs) == 60'00);
  CHECK(stands(given, Account::HELD, care) == 90'00);
  CHECK(stands(given, Account::ALLOCATED, nhs) == 0);
}

TEST_CASE("what a holder pays falls on the strands in proportion to what each holds, exactly") {
  auto given = money_in_the_account().with(transaction_reported("maya's account", "maya", 50'01));
  // 5001 x 60/150 = 2000.4, 5001 x 90/150 = 3000.6: the penny goes to the larger remainder.
  CHECK(stands(given, Account::SPENT, nhs) == 20'00);
  CHECK(stands(given, Account::SPENT, care) == 30'01);
}

TEST_CASE("what a holder gets back returns in proportion to what was spent") {
  const auto credited = vary(transaction_reported("maya's account", "maya", 5'00), [](auto body) {
    body.getTransactionReported().setDirection(schema::Direction::CREDITED);
  });
  auto given = money_in_the_account()
                   .with(transaction_reported("maya's account", "maya", 50'00))
                   .with(credited);
  CHECK(stands(given, Account::SPENT, nhs) == 18'00);
  CHECK(stands(given, Account::HELD, care) == 63'00);
}

TEST_CASE("what is paid beyond what an account holds falls on the lead payer, and is flagged") {
  auto given = money_in_the_account();
  CHECK(when(given, transaction_reported("maya's account", "maya", 160'00)) ==
        accepted().flagged("overdrawn"));
  given.with(transaction_reported("maya's account", "maya", 160'00));
  CHECK(stands(given, Account::HELD, nhs) == 0);
  CHECK(stands(given, Account::HELD, care) == -10'00);
  CHECK(stands(given, Account::SPENT, care) == 100'00);
}

TEST_CASE("the person's own money in the account is spent as the others' is") {
  auto given = money_in_the_account().with(contribution_received("maya", care, 50'00));
  given.with(account_credited("more", "maya's account", "maya", {{contribution, 50'00}}));
  given.with(transaction_reported("maya's account", "maya", 20'00));
  CHECK(stands(given, Account::SPENT, contribution) == 5'00);
  CHECK(stands(given, Account::SPENT, nhs) == 6'00);
  CHECK(stands(given, Account::SPENT, care) == 9'00);
}

TEST_CASE("an account is of a budget") {
  auto given = money_in_the_account().with(a_joint_budget("noor", {.social_care = 99'00}));
  CHECK(when(given, transaction_reported("no account", "maya", 1)) == refused("state", "account"));
  CHECK(when(given, transaction_reported("maya's account", "noor", 1)) ==
        refused("state", "account"));
  CHECK(when(given, account_approved("maya's account", "maya")) == refused("state", "account"));
  CHECK(when(given, account_approved("account", "nobody")) == refused("state", "budget"));
}

TEST_CASE("what is repaid leaves the account by the strands that are named") {
  auto given = money_in_the_account().with(notice_issued("notice", "maya", 15'00));
  given.with(vary(repaid("maya", {{care, 10'00}, {nhs, 5'00}}),
                  [](auto body) { write(id("notice"), body.getRepaid().initNotice()); }));
  CHECK(stands(given, Account::HELD, care) == 80'00);
  CHECK(stands(given, Account::RECOVERED, nhs) == 5'00);
  CHECK(given.state().notices.find({id("notice")})->repaid == 15'00);
}

TEST_CASE("a contribution adds to the budget, and a refund takes it away") {
  auto given = money_in_the_account().with(contribution_received("maya", care, 9'00));
  CHECK(stands(given, Account::ALLOCATED, contribution) == 9'00);
  CHECK(stands(given, Account::CONTRIBUTION, contribution) == -9'00);
  given.with(contribution_refunded("maya", care, 4'00));
  CHECK(stands(given, Account::ALLOCATED, contribution) == 5'00);
}

TEST_CASE("a recharge makes the debtor bear what the creditor spent, and its settling pays it") {
  auto given = an_invoice().with(settled(80'00));
  CHECK(when(given, recharge_raised("recharge", "maya", care,
                                    {"RVJ", schema::Sector::HEALTH, "other"}, 1'00)) ==
        refused("state", "debtor"));
  given.with(recharge_raised("recharge", "maya", care, nhs, 40'00));
  CHECK(stands(given, Account::SPENT, care) == 40'00);
  CHECK(stands(given, Account::SPENT, nhs) == 40'00);
  CHECK(stands(given, Account::DUE, care) == 40'00);
  CHECK(stands(given, Account::DUE, nhs) == -40'00);
  CHECK(when(given, recharge_settled("recharge", 40'01)) == refused("arithmetic", "pence"));
  CHECK(when(given, recharge_settled("no recharge", 1)) == refused("state", "recharge"));
  given.with(recharge_settled("recharge", 40'00));
  CHECK(stands(given, Account::DUE, care) == 0);
  CHECK(stands(given, Account::ALLOCATED, care) == 59'00);
  CHECK(stands(given, Account::ALLOCATED, nhs) == 20'00);
}

TEST_CASE("a list of spending is published once for its time, then replaced") {
  auto given = history().with(spend_list_published("list", 1)).with(spend_published("list", 1));
  CHECK(when(given, spend_published("list", 2)) == refused("state", "run"));
  CHECK(when(given, spend_published("no list", 1)) == refused("state", "run"));
  CHECK(when(given, spend_list_published("list", 1)) == refused("state", "run"));
  CHECK(when(given, spend_list_published("other", 1)) == refused("state", "replaces"));
  CHECK(when(given, spend_list_published("other", 1, "list")) == accepted());
  CHECK(when(history(), spend_list_published("other", 1, "list")) == refused("state", "replaces"));
}

TEST_CASE("a list of spending is no uplift, and an uplift is no list") {
  auto given = history()
                   .with(a_joint_budget("maya", {.social_care = 99'00}))
                   .with(spend_list_published("list", 5));
  given.with(uplift_approved("uplift", "a.adeyemi", 5, 100'00));
  CHECK(when(given, uplift_applied("list", "maya", care, 1'00)) == refused("state", "run"));
  CHECK(when(given, spend_published("uplift", 1)) == refused("state", "run"));
}
