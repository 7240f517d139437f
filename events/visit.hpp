#pragma once
#include "events/check.hpp"
#include "events/kinds.hpp"
#include "events/schema/event.capnp.h"

namespace braid {

/// The name of an event kind's reader, for those who write overloads: `Body<schema::StrandAgreed>`.
template <class Kind>
using Body = typename Kind::Reader;

/// Calls `visitor` with the typed body of an event: the only switch over kinds in the program. A
/// visitor that lacks an overload for a kind does not compile; that is how a new kind finds every
/// place that must have an answer for it.
template <class Visitor>
decltype(auto) visit(schema::Event::Body::Reader body, Visitor&& visitor) {
  using Which = schema::Event::Body::Which;
  switch (body.which()) {
    case Which::LEDGER_FOUNDED: return visitor(body.getLedgerFounded());
    case Which::ORGANISATION_REGISTERED: return visitor(body.getOrganisationRegistered());
    case Which::ORGANISATION_SUCCEEDED: return visitor(body.getOrganisationSucceeded());
    case Which::OFFICER_APPOINTED: return visitor(body.getOfficerAppointed());
    case Which::OFFICER_ENDED: return visitor(body.getOfficerEnded());
    case Which::DELEGATION_SET: return visitor(body.getDelegationSet());
    case Which::SIGNING_KEY_ADDED: return visitor(body.getSigningKeyAdded());
    case Which::SIGNING_KEY_REVOKED: return visitor(body.getSigningKeyRevoked());
    case Which::OWN_KEY_LIMIT_SET: return visitor(body.getOwnKeyLimitSet());
    case Which::RULE_BOOK_ADOPTED: return visitor(body.getRuleBookAdopted());
    case Which::PERIOD_CLOSED: return visitor(body.getPeriodClosed());
    case Which::FUND_REGISTERED: return visitor(body.getFundRegistered());
    case Which::PERSON_LINKED: return visitor(body.getPersonLinked());
    case Which::PERSON_DIED: return visitor(body.getPersonDied());
    case Which::CONSENT_GIVEN: return visitor(body.getConsentGiven());
    case Which::CONSENT_WITHDRAWN: return visitor(body.getConsentWithdrawn());
    case Which::REPRESENTATIVE_APPOINTED: return visitor(body.getRepresentativeAppointed());
    case Which::ELIGIBILITY_REQUESTED: return visitor(body.getEligibilityRequested());
    case Which::ELIGIBILITY_DECIDED: return visitor(body.getEligibilityDecided());
    case Which::LIABILITY_REASSIGNED: return visitor(body.getLiabilityReassigned());
    case Which::BUDGET_REQUESTED: return visitor(body.getBudgetRequested());
    case Which::REQUEST_DECIDED: return visitor(body.getRequestDecided());
    case Which::EHC_PLAN_ISSUED: return visitor(body.getEhcPlanIssued());
    case Which::PLAN_PROPOSED: return visitor(body.getPlanProposed());
    case Which::PLAN_SIGNED_OFF: return visitor(body.getPlanSignedOff());
    case Which::APPROVAL_REQUESTED: return visitor(body.getApprovalRequested());
    case Which::APPROVAL_GIVEN: return visitor(body.getApprovalGiven());
    case Which::APPROVAL_REFUSED: return visitor(body.getApprovalRefused());
    case Which::EXCEPTION_APPROVED: return visitor(body.getExceptionApproved());
    case Which::REVIEW_COMPLETED: return visitor(body.getReviewCompleted());
    case Which::BUDGET_OPENED: return visitor(body.getBudgetOpened());
    case Which::STRAND_AGREED: return visitor(body.getStrandAgreed());
    case Which::CONTRIBUTION_ASSESSED: return visitor(body.getContributionAssessed());
    case Which::BUDGET_CLOSED: return visitor(body.getBudgetClosed());
    case Which::UPLIFT_APPROVED: return visitor(body.getUpliftApproved());
    case Which::UPLIFT_APPLIED: return visitor(body.getUpliftApplied());
    case Which::ALLOCATION_SET: return visitor(body.getAllocationSet());
    case Which::ALLOCATION_VARIED: return visitor(body.getAllocationVaried());
    case Which::SUPPLIER_REGISTERED: return visitor(body.getSupplierRegistered());
    case Which::ORDER_PLACED: return visitor(body.getOrderPlaced());
    case Which::ORDER_ENDED: return visitor(body.getOrderEnded());
    case Which::SERVICE_DELIVERED: return visitor(body.getServiceDelivered());
    case Which::PERSONAL_ASSISTANT_ENGAGED: return visitor(body.getPersonalAssistantEngaged());
    case Which::ACCOUNT_APPROVED: return visitor(body.getAccountApproved());
    case Which::INVOICE_RECEIVED: return visitor(body.getInvoiceReceived());
    case Which::PAYMENT_INSTRUCTED: return visitor(body.getPaymentInstructed());
    case Which::PAYMENT_SETTLED: return visitor(body.getPaymentSettled());
    case Which::PAYMENT_RETURNED: return visitor(body.getPaymentReturned());
    case Which::ACCOUNT_CREDITED: return visitor(body.getAccountCredited());
    case Which::TRANSACTION_REPORTED: return visitor(body.getTransactionReported());
    case Which::RECHARGE_RAISED: return visitor(body.getRechargeRaised());
    case Which::RECHARGE_SETTLED: return visitor(body.getRechargeSettled());
    case Which::REPAYMENT_NOTICE_ISSUED: return visitor(body.getRepaymentNoticeIssued());
    case Which::REPAID: return visitor(body.getRepaid());
    case Which::CONTRIBUTION_RECEIVED: return visitor(body.getContributionReceived());
    case Which::CONTRIBUTION_REFUNDED: return visitor(body.getContributionRefunded());
    case Which::PAYMENTS_STOPPED: return visitor(body.getPaymentsStopped());
    case Which::SPEND_LIST_PUBLISHED: return visitor(body.getSpendListPublished());
    case Which::SPEND_PUBLISHED: return visitor(body.getSpendPublished());
    case Which::EVENT_REVERSED: return visitor(body.getEventReversed());
    case Which::POOL_AGREEMENT_PROPOSED: return visitor(body.getPoolAgreementProposed());
    case Which::PARTNER_SIGNED: return visitor(body.getPartnerSigned());
    case Which::CONTRIBUTION_COMMITTED: return visitor(body.getContributionCommitted());
    case Which::CONTRIBUTION_PAID: return visitor(body.getContributionPaid());
    case Which::SCHEME_ADDED: return visitor(body.getSchemeAdded());
    case Which::POOL_SPENT: return visitor(body.getPoolSpent());
    case Which::RISK_SHARE_APPLIED: return visitor(body.getRiskShareApplied());
    case Which::RISK_SHARE_SETTLED: return visitor(body.getRiskShareSettled());
    case Which::GRANT_AWARDED: return visitor(body.getGrantAwarded());
    case Which::GRANT_DRAWN: return visitor(body.getGrantDrawn());
    case Which::OUTCOME_REPORTED: return visitor(body.getOutcomeReported());
    case Which::ACTION_OWNED: return visitor(body.getActionOwned());
    case Which::ACTION_DONE: return visitor(body.getActionDone());
    case Which::LEGAL_BASIS_RECORDED: return visitor(body.getLegalBasisRecorded());
    case Which::IDENTITY_OPENED: return visitor(body.getIdentityOpened());
    case Which::IDENTITY_ERASED: return visitor(body.getIdentityErased());
  }
  check(false, "the form gate lets no unknown kind through");
  __builtin_unreachable();
}

}  // namespace braid
