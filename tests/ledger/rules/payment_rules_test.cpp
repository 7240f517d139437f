#include <catch2/catch.hpp>

#include "events/native_rows.hpp"
#include "tests/support/ledger_world.hpp"

using namespace braid;
using namespace braid::test;

namespace {

const auto maya = a_joint_budget("maya", {.health = 60'00, .social_care = 99'00});
const Amounts ten = {{care, 10'00}};

Given an_invoice() { return history().with(maya).with(an_invoiced_order("maya", {{care, 80'00}})); }
Given money_in_the_account() {
  return history().with(a_direct_payment("maya", {.health = 60'00, .social_care = 90'00}));
}

}  // namespace

TEST_CASE(
    "R04: without live consent no direct payment is instructed, and one that arrives is flagged") {
  auto given = history().with(maya).with(account_approved("account", "maya"));
  const auto instructed = direct_payment_instructed("pay", "maya", "account", ten);
  const auto credited = account_credited("pay", "account", "maya", ten);
  CHECK(when(given, instructed) == refused("R04", "account"));
  CHECK(when(given, credited) == accepted().flagged("R04"));
  given.with(consent_given("maya"));
  CHECK(when(given, instructed) == accepted());
  CHECK(when(given, credited) == accepted());
  given.with(consent_withdrawn("maya"));
  CHECK(when(given, instructed) == refused("R04", "account"));
  CHECK(when(given, credited) == accepted().flagged("R04"));
}

TEST_CASE("R04: a supplier's invoice needs no consent to direct payments") {
  CHECK(when(an_invoice(), payment_instructed("pay", "maya", "maya's invoice", ten)) == accepted());
}

TEST_CASE("R08: nothing is paid before the risks of the plan are agreed") {
  const auto lines = Package{.social_care = 99'00}.lines();
  auto given =
      history().with(plan_proposed("plan", "maya", lines, false)).with(plan_signed_off("plan"));
  given.with(approval_given("plan", {{care, 99'00}}))
      .with(budget_opened("maya", "plan", "maya", lines));
  given.with(strand_agreed("maya", care, 99'00)).with(an_invoiced_order("maya", ten));
  CHECK(when(given, payment_instructed("pay", "maya", "maya's invoice", ten)) ==
        refused("R08", "budget"));
}

TEST_CASE("R08: nothing is paid before the full cost of each service is agreed") {
  const auto lines = Package{.health = 60'00, .social_care = 99'00}.lines();
  auto given = history().with(an_approved_plan("maya", {.health = 60'00, .social_care = 99'00}));
  given.with(budget_opened("maya", "maya's plan", "maya", lines))
      .with(strand_agreed("maya", care, 99'00));
  given.with(consent_given("maya")).with(account_approved("account", "maya"));
  CHECK(when(given, direct_payment_instructed("pay", "maya", "account", ten)) ==
        refused("R08", "budget"));
  given.with(strand_agreed("maya", nhs, 60'00));
  CHECK(when(given, direct_payment_instructed("pay", "maya", "account", ten)) == accepted());
}

TEST_CASE(
    "R10, R31: paying somebody of the same household is flagged, for the NHS and for the council") {
  auto given = money_in_the_account();
  const auto paid = vary(transaction_reported("maya's account", "maya", 5'00),
                         [](auto body) { body.getTransactionReported().setSameHousehold(true); });
  CHECK(when(given, paid) == accepted().flagged("R10").flagged("R31"));
  CHECK(when(given, assistant_engaged("maya", true)) == accepted().flagged("R10").flagged("R31"));
  CHECK(when(given, assistant_engaged("maya", false)) == accepted());
  given.with(exception_approved("R10", "maya", "2026-12-31"));
  CHECK(when(given, paid) == accepted().flagged("R31"));
}

TEST_CASE(
    "R11: a direct payment goes into an approved account of that budget that can be audited") {
  auto given = history()
                   .with(maya)
                   .with(a_joint_budget("noor", {.social_care = 99'00}))
                   .with(consent_given("maya"));
  given.with(account_approved("closed to audit", "maya", false))
      .with(account_approved("noor's", "noor"));
  for (const auto* account : {"none", "closed to audit", "noor's"}) {
    CAPTURE(account);
    CHECK(when(given, direct_payment_instructed("pay", "maya", account, ten)) ==
          refused("R11", "account"));
    CHECK(when(given, account_credited("pay", account, "maya", ten)) == accepted().flagged("R11"));
  }
}

TEST_CASE("R13: spending on what the plan does not name is flagged") {
  auto given = money_in_the_account();
  CHECK(when(given, transaction_reported("maya's account", "maya", 5'00, 1)) == accepted());
  CHECK(when(given, transaction_reported("maya's account", "maya", 5'00, 0)) ==
        accepted().flagged("R13"));
  CHECK(when(given, transaction_reported("maya's account", "maya", 5'00, 9)) ==
        accepted().flagged("R13"));
}

TEST_CASE("R19: a repayment notice states reasons, amount and time") {
  auto given = money_in_the_account();
  const auto notice = notice_issued("notice", "maya", 41'26);
  CHECK(when(given, notice) == accepted());
  CHECK(when(given, vary(notice, [](auto body) {
               body.getRepaymentNoticeIssued().disownReasons();
             })) == refused("R19", "reasons"));
  CHECK(when(given, notice_issued("notice", "maya", 0)) == refused("R19", "pence"));
  CHECK(when(given, vary(notice, [](auto body) {
               body.getRepaymentNoticeIssued().setBy(Date::none().days);
             })) == refused("R19", "by"));
}

TEST_CASE("R19: money that comes back without a notice, or beyond it, is recorded and flagged") {
  auto given = money_in_the_account().with(notice_issued("notice", "maya", 15'00));
  const auto on_notice = [](std::int64_t pence) {
    return vary(repaid("maya", {{care, pence}}),
                [](auto body) { write(id("notice"), body.getRepaid().initNotice()); });
  };
  CHECK(when(given, repaid("maya", {{care, 15'00}})) == accepted().flagged("R19"));
  CHECK(when(given, on_notice(15'01)) == accepted().flagged("R19"));
  CHECK(when(given, on_notice(15'00)) == accepted());
  given.with(on_notice(15'00));
  CHECK(when(given, on_notice(1)) == accepted().flagged("R19"));
}

TEST_CASE("R20: payments stop for a reason, with notice, and otherwise it is flagged") {
  auto given = history().with(maya);
  const auto stopped = payments_stopped("maya");
  CHECK(when(given, stopped) == accepted());
  CHECK(when(given, vary(stopped, [](auto body) {
               body.getPaymentsStopped().setReason(schema::StopReason::NONE);
             })) == accepted().flagged("R20"));
  CHECK(when(given, vary(stopped, [](auto body) {
               body.getPaymentsStopped().setNoticeGiven(false);
             })) == accepted().flagged("R20"));
}

TEST_CASE(
    "payments_stopped: direct payments that were stopped are not instructed again; invoices are "
    "paid") {
  auto given = an_invoice()
                   .with(consent_given("maya"))
                   .with(account_approved("account", "maya"))
                   .with(payments_stopped("maya"));
  CHECK(when(given, direct_payment_instructed("pay", "maya", "account", ten)) ==
        refused("payments_stopped", "budget"));
  CHECK(when(given, payment_instructed("pay", "maya", "maya's invoice", ten)) == accepted());
}

TEST_CASE("invoice_exceeded: the payments of an invoice never exceed it") {
  auto given = an_invoice();
  const auto instructed = [](std::string name, std::int64_t pence) {
    return payment_instructed(name, "maya", "maya's invoice", {{care, pence}});
  };
  given.with(instructed("first", 30'00));
  CHECK(when(given, instructed("second", 50'00)) == accepted());
  CHECK(when(given, instructed("second", 50'01)) == refused("invoice_exceeded", "amounts"));
  CHECK(when(given, payment_settled("first", "maya", "maya's invoice", {{care, 80'00}})) ==
        accepted());
  CHECK(when(given, payment_settled("first", "maya", "maya's invoice", {{care, 80'01}})) ==
        accepted().flagged("invoice_exceeded"));
}

TEST_CASE(
    "duplicate_suspected: two invoices of one supplier, number, amount and time look like one") {
  auto given = an_invoice();
  const auto alike =
      vary(invoice_received("again", "maya's order", {{care, 80'00}}), [](auto body) {
        write(sha256(as_bytes("maya's invoice")), body.getInvoiceReceived().initReference());
      });
  CHECK(when(given, alike) == accepted().flagged("duplicate_suspected"));
  CHECK(when(given, invoice_received("again", "maya's order", {{care, 80'00}})) == accepted());
}

TEST_CASE("spent_exceeded: a recharge asks for no more than was spent") {
  auto given = an_invoice().with(payment_settled("pay", "maya", "maya's invoice", {{care, 80'00}}));
  CHECK(when(given, recharge_raised("recharge", "maya", care, nhs, 80'00)) == accepted());
  CHECK(when(given, recharge_raised("recharge", "maya", care, nhs, 80'01)) ==
        refused("spent_exceeded", "pence"));
}
