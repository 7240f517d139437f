#include "ledger/rules/payment_rules.hpp"

#include <algorithm>

#include "events/native_rows.hpp"
#include "ledger/budget_money.hpp"
#include "ledger/likeness.hpp"

namespace braid::ledger {

namespace {

const BudgetRow* budget_of(const Asked& asked, schema::Uuid::Reader budget) {
  return asked.state.budgets.find({read(budget)});
}

Verdict has_consent(const Asked& asked, schema::Uuid::Reader budget_id, std::string field) {
  const auto* budget = budget_of(asked, budget_id);
  if (budget == nullptr) return holds;
  const auto* person = asked.state.persons.find({budget->person});
  const auto consent = person == nullptr ? stored::Consent::UNKNOWN : person->direct_payment;
  if (consent == stored::Consent::GIVEN) return holds;
  return breaks(std::move(field), "The person of budget ", budget->budget,
                consent == stored::Consent::WITHDRAWN
                    ? " has withdrawn consent to direct payments: they stop."
                    : " has not consented to direct payments. Record the consent first.");
}

Verdict is_approved(const Asked& asked, schema::Uuid::Reader account_id, schema::Uuid::Reader budget_id) {
  const Uuid id = read(account_id);
  const auto* account = asked.state.accounts.find({id});
  if (account == nullptr)
    return breaks("account", "Account ", id, " is not approved for direct payments. Approve it, or name one that is.");
  if (account->budget != read(budget_id))
    return breaks("account", "Account ", id, " is approved for budget ", account->budget, ", not for this one.");
  if (!account->auditable)
    return breaks("account", "Account ", id, " is not kept so that it can be audited. Pay into one that is.");
  return holds;
}

bool has_sector(const BudgetRow& budget, Sector sector) {
  return std::ranges::any_of(
      budget.strands, [&](const BudgetStrand& strand) { return strand.strand.sector == sector; });
}

Verdict same_household(const Asked& asked, Body<schema::TransactionReported> transaction, Sector sector) {
  if (!transaction.getSameHousehold()) return holds;
  const auto* budget = budget_of(asked, transaction.getBudget());
  if (budget == nullptr || !has_sector(*budget, sector)) return holds;
  return breaks("sameHousehold", pounds(transaction.getPence()),
                " went to somebody of the person's own household. That is allowed only by an exception for budget ",
                budget->budget, ": record it with its reason.");
}

}  // namespace

Verdict payment_has_consent(const Asked& asked, Body<schema::PaymentInstructed> payment) {
  return payment.isAccount() ? has_consent(asked, payment.getBudget(), "account") : Verdict(holds);
}

Verdict credit_has_consent(const Asked& asked, Body<schema::AccountCredited> credit) {
  return has_consent(asked, credit.getBudget(), "account");
}

Verdict plan_precedes_payment(const Asked& asked, Body<schema::PaymentInstructed> payment) {
  const auto* budget = budget_of(asked, payment.getBudget());
  const auto* plan = budget == nullptr ? nullptr : asked.state.plans.find({budget->plan});
  if (plan == nullptr) return breaks("budget", "The budget rests on no plan.");
  if (!plan->signed_off)
    return breaks("budget", "Plan ", plan->plan, " is not signed off by the person. Nothing is paid before that.");
  if (!plan->risks_agreed)
    return breaks("budget", "Plan ", plan->plan,
                  " does not say that its risks are agreed. Agree them before the first payment.");
  if (!budget->live)
    return breaks("budget", "The agreed strands of budget ", budget->budget,
                  " do not yet cover the full cost of each service of its plan.");
  return holds;
}

Verdict account_is_approved(const Asked& asked, Body<schema::PaymentInstructed> payment) {
  return payment.isAccount() ? is_approved(asked, payment.getAccount(), payment.getBudget()) : Verdict(holds);
}

Verdict credited_account_is_approved(const Asked& asked, Body<schema::AccountCredited> credit) {
  return is_approved(asked, credit.getAccount(), credit.getBudget());
}

Verdict nhs_payee_of_other_household(const Asked& asked, Body<schema::TransactionReported> transaction) {
  return same_household(asked, transaction, Sector::HEALTH);
}

Verdict council_payee_of_other_household(const Asked& asked, Body<schema::TransactionReported> transaction) {
  return same_household(asked, transaction, Sector::SOCIAL_CARE);
}

Verdict spent_on_plan(const Asked& asked, Body<schema::TransactionReported> transaction) {
  if (transaction.getDirection() == schema::Direction::CREDITED) return holds;
  const auto* budget = budget_of(asked, transaction.getBudget());
  const auto* plan = budget == nullptr ? nullptr : asked.state.plans.find({budget->plan});
  const auto line = transaction.getLine();
  if (plan != nullptr && line != 0 &&
      std::ranges::any_of(plan->lines, [&](const PlanLineRow& own) { return own.number == line; }))
    return holds;
  return breaks("line", pounds(transaction.getPence()),
                " was spent on something that the person's plan does not name. Agree it into the "
                "plan, or ask what it was for.");
}

Verdict spent_under_a_category(const Asked&, Body<schema::TransactionReported> transaction) {
  if (transaction.getDirection() == schema::Direction::CREDITED) return holds;
  if (transaction.getCategory() != schema::Category::OTHER) return holds;
  return breaks("category", pounds(transaction.getPence()),
                " was spent under no category. Ask what it was for: not alcohol, tobacco, gambling or debt.");
}

Verdict notice_is_complete(const Asked&, Body<schema::RepaymentNoticeIssued> notice) {
  if (!notice.hasReasons())
    return breaks("reasons",
                  "The notice gives no reasons. It must state reasons, amount, time and payer.");
  if (notice.getPence() == 0) return breaks("pence", "The notice asks for nothing. It must state the amount.");
  if (Date{notice.getBy()}.is_none()) return breaks("by", "The notice sets no day. It must say by when to repay.");
  return holds;
}

Verdict repaid_on_notice(const Asked& asked, Body<schema::Repaid> repaid) {
  const auto total = total_of(repaid.getAmounts());
  const Uuid id = repaid.hasNotice() ? read(repaid.getNotice()) : Uuid{};
  const auto* notice = repaid.hasNotice() ? asked.state.notices.find({id}) : nullptr;
  if (notice == nullptr || notice->budget != read(repaid.getBudget()))
    return breaks(
        "notice", pounds(total),
        " was repaid without a repayment notice that states reasons, amount, time and payer.");
  if (saturating_add(notice->repaid, total) > notice->pence)
    return breaks("notice", pounds(total), " was repaid on notice ", id, ", which asks for ",
                  pounds(notice->pence), " in all and has had ", pounds(notice->repaid),
                  " already.");
  return holds;
}

Verdict stopped_with_notice(const Asked&, Body<schema::PaymentsStopped> stopped) {
  if (stopped.getReason() == schema::StopReason::NONE)
    return breaks("reason", "Payments were stopped for none of the reasons that reg 17 allows.");
  if (!stopped.getNoticeGiven()) return breaks("noticeGiven", "Payments were stopped without written notice.");
  return holds;
}

Verdict instructed_within_invoice(const Asked& asked, Body<schema::PaymentInstructed> payment) {
  if (!payment.isInvoice()) return holds;
  const auto* invoice = asked.state.invoices.find({read(payment.getInvoice())});
  const auto total = total_of(payment.getAmounts());
  if (invoice == nullptr || saturating_add(invoice->instructed, total) <= invoice->pence) return holds;
  return breaks("amounts", "Invoice ", invoice->invoice, " is for ", pounds(invoice->pence), " and payments of ",
                pounds(invoice->instructed), " are instructed already; ", pounds(total), " more would exceed it.");
}

Verdict settled_within_invoice(const Asked& asked, Body<schema::PaymentSettled> settled) {
  const auto* invoice = asked.state.invoices.find({read(settled.getInvoice())});
  const auto total = total_of(settled.getAmounts());
  if (invoice == nullptr || saturating_add(invoice->paid, total) <= invoice->pence) return holds;
  return breaks("amounts", "Invoice ", invoice->invoice, " is for ", pounds(invoice->pence), "; with this payment ",
                pounds(saturating_add(invoice->paid, total)), " have been paid on it. Ask for the difference back.");
}

Verdict payments_not_stopped(const Asked& asked, Body<schema::PaymentInstructed> payment) {
  const auto* budget = budget_of(asked, payment.getBudget());
  if (budget == nullptr || !budget->stopped || !payment.isAccount()) return holds;
  return breaks("budget", "Direct payments of budget ", budget->budget, " were stopped.");
}

Verdict invoice_is_no_duplicate(const Asked& asked, Body<schema::InvoiceReceived> invoice) {
  const auto* suspicion = asked.state.suspicions.find({likeness_of(invoice)});
  if (suspicion == nullptr) return holds;
  return breaks("reference", "Invoice ", suspicion->first,
                " has the same supplier, number, amount and time. Check that this is not the same "
                "invoice before paying.");
}

Verdict account_not_overdrawn(const Asked& asked, Body<schema::TransactionReported> transaction) {
  if (transaction.getDirection() == schema::Direction::CREDITED) return holds;
  const auto* budget = budget_of(asked, transaction.getBudget());
  if (budget == nullptr) return holds;
  const Legs legs(asked);
  std::int64_t there = 0;
  for (const auto* strand : strands_with_money(*budget))
    there = saturating_add(there, legs.available(held(budget->budget), *strand));
  if (transaction.getPence() <= there) return holds;
  return breaks("pence", pounds(transaction.getPence()), " was paid from an account that held ", pounds(there),
                " of this budget. The difference falls on the lead payer's strand until it is explained.");
}

Verdict recharge_within_spent(const Asked& asked, Body<schema::RechargeRaised> recharge) {
  const Legs legs(asked);
  const auto there = legs.available(spent(read(recharge.getBudget())), read(recharge.getCreditor()));
  if (recharge.getPence() <= there) return holds;
  return breaks("pence", pounds(recharge.getPence()), " is asked, and ", recharge.getCreditor(),
                " has spent ", pounds(there), " on this budget.");
}

}  // namespace braid::ledger
