#pragma once
#include "ledger/rules/rule.hpp"

namespace braid::ledger {

/// R04. No consent, or consent withdrawn: direct payments stop. SI 2013/1617 reg 17.
Verdict payment_has_consent(const Asked& asked, Body<schema::PaymentInstructed> payment);
Verdict credit_has_consent(const Asked& asked, Body<schema::AccountCredited> credit);
/// R08. Before the first payment: plan signed off, risks agreed, the full cost of each service covered. Reg 8.
Verdict plan_precedes_payment(const Asked& asked, Body<schema::PaymentInstructed> payment);
/// R11. Paid only into an approved, auditable account of this budget. Reg 10.
Verdict account_is_approved(const Asked& asked, Body<schema::PaymentInstructed> payment);
Verdict credited_account_is_approved(const Asked& asked, Body<schema::AccountCredited> credit);
/// R10 (NHS), R31 (council). Nobody of the same household is paid, but by exception.
Verdict nhs_payee_of_other_household(const Asked& asked, Body<schema::TransactionReported> transaction);
Verdict council_payee_of_other_household(const Asked& asked, Body<schema::TransactionReported> transaction);
/// R13. Spent only on services in that person's plan. Reg 10(5)(b).
Verdict spent_on_plan(const Asked& asked, Body<schema::TransactionReported> transaction);
/// R14. What is spent under no category is looked at: not on alcohol, tobacco, gambling or debt.
/// Local rules and card schemes.
Verdict spent_under_a_category(const Asked& asked, Body<schema::TransactionReported> transaction);
/// R19. A repayment notice states reasons, amount, time and who repays; no recovery without one. Reg 15.
Verdict notice_is_complete(const Asked& asked, Body<schema::RepaymentNoticeIssued> notice);
Verdict repaid_on_notice(const Asked& asked, Body<schema::Repaid> repaid);
/// R20. Payments stop for a reason of reg 17, with written notice.
Verdict stopped_with_notice(const Asked& asked, Body<schema::PaymentsStopped> stopped);

/// The payments of an invoice never exceed it.
Verdict instructed_within_invoice(const Asked& asked, Body<schema::PaymentInstructed> payment);
Verdict settled_within_invoice(const Asked& asked, Body<schema::PaymentSettled> settled);
/// Payments that were stopped are not instructed again.
Verdict payments_not_stopped(const Asked& asked, Body<schema::PaymentInstructed> payment);
/// Two invoices of one supplier with the same number, amount and time look like one.
Verdict invoice_is_no_duplicate(const Asked& asked, Body<schema::InvoiceReceived> invoice);
/// A holder's account cannot pay what it does not hold; where it did, it was overdrawn.
Verdict account_not_overdrawn(const Asked& asked, Body<schema::TransactionReported> transaction);
/// A recharge asks for no more than the creditor has spent on the budget.
Verdict recharge_within_spent(const Asked& asked, Body<schema::RechargeRaised> recharge);

}  // namespace braid::ledger
