#include "tests/support/specimens.hpp"

#include <capnp/message.h>

#include "events/date.hpp"
#include "events/native_rows.hpp"
#include "tests/support/specimen_bodies.hpp"

namespace braid::test {
namespace {

/// Fills the body of this kind. No default: a new kind does not compile until it has a specimen.
void fill_body(schema::Event::Body::Builder body, Kind kind) {
  // clang-format off
  switch (kind) {
    case Kind::LEDGER_FOUNDED: return fill(body.initLedgerFounded());
    case Kind::ORGANISATION_REGISTERED: return fill(body.initOrganisationRegistered());
    case Kind::ORGANISATION_SUCCEEDED: return fill(body.initOrganisationSucceeded());
    case Kind::OFFICER_APPOINTED: return fill(body.initOfficerAppointed());
    case Kind::OFFICER_ENDED: return fill(body.initOfficerEnded());
    case Kind::DELEGATION_SET: return fill(body.initDelegationSet());
    case Kind::SIGNING_KEY_ADDED: return fill(body.initSigningKeyAdded());
    case Kind::SIGNING_KEY_REVOKED: return fill(body.initSigningKeyRevoked());
    case Kind::OWN_KEY_LIMIT_SET: return fill(body.initOwnKeyLimitSet());
    case Kind::RULE_BOOK_ADOPTED: return fill(body.initRuleBookAdopted());
    case Kind::PERIOD_CLOSED: return fill(body.initPeriodClosed());
    case Kind::FUND_REGISTERED: return fill(body.initFundRegistered());
    case Kind::PERSON_LINKED: return fill(body.initPersonLinked());
    case Kind::PERSON_DIED: return fill(body.initPersonDied());
    case Kind::CONSENT_GIVEN: return fill(body.initConsentGiven());
    case Kind::CONSENT_WITHDRAWN: return fill(body.initConsentWithdrawn());
    case Kind::REPRESENTATIVE_APPOINTED: return fill(body.initRepresentativeAppointed());
    case Kind::ELIGIBILITY_REQUESTED: return fill(body.initEligibilityRequested());
    case Kind::ELIGIBILITY_DECIDED: return fill(body.initEligibilityDecided());
    case Kind::LIABILITY_REASSIGNED: return fill(body.initLiabilityReassigned());
    case Kind::BUDGET_REQUESTED: return fill(body.initBudgetRequested());
    case Kind::REQUEST_DECIDED: return fill(body.initRequestDecided());
    case Kind::EHC_PLAN_ISSUED: return fill(body.initEhcPlanIssued());
    case Kind::PLAN_PROPOSED: return fill(body.initPlanProposed());
    case Kind::PLAN_SIGNED_OFF: return fill(body.initPlanSignedOff());
    case Kind::APPROVAL_REQUESTED: return fill(body.initApprovalRequested());
    case Kind::APPROVAL_GIVEN: return fill(body.initApprovalGiven());
    case Kind::APPROVAL_REFUSED: return fill(body.initApprovalRefused());
    case Kind::EXCEPTION_APPROVED: return fill(body.initExceptionApproved());
    case Kind::REVIEW_COMPLETED: return fill(body.initReviewCompleted());
    case Kind::BUDGET_OPENED: return fill(body.initBudgetOpened());
    case Kind::STRAND_AGREED: return fill(body.initStrandAgreed());
    case Kind::CONTRIBUTION_ASSESSED: return fill(body.initContributionAssessed());
    case Kind::BUDGET_CLOSED: return fill(body.initBudgetClosed());
    case Kind::UPLIFT_APPROVED: return fill(body.initUpliftApproved());
    case Kind::UPLIFT_APPLIED: return fill(body.initUpliftApplied());
    case Kind::ALLOCATION_SET: return fill(body.initAllocationSet());
    case Kind::ALLOCATION_VARIED: return fill(body.initAllocationVaried());
    case Kind::SUPPLIER_REGISTERED: return fill(body.initSupplierRegistered());
    case Kind::ORDER_PLACED: return fill(body.initOrderPlaced());
    case Kind::ORDER_ENDED: return fill(body.initOrderEnded());
    case Kind::SERVICE_DELIVERED: return fill(body.initServiceDelivered());
    case Kind::PERSONAL_ASSISTANT_ENGAGED: return fill(body.initPersonalAssistantEngaged());
    case Kind::ACCOUNT_APPROVED: return fill(body.initAccountApproved());
    case Kind::INVOICE_RECEIVED: return fill(body.initInvoiceReceived());
    case Kind::PAYMENT_INSTRUCTED: return fill(body.initPaymentInstructed());
    case Kind::PAYMENT_SETTLED: return fill(body.initPaymentSettled());
    case Kind::PAYMENT_RETURNED: return fill(body.initPaymentReturned());
    case Kind::ACCOUNT_CREDITED: return fill(body.initAccountCredited());
    case Kind::TRANSACTION_REPORTED: return fill(body.initTransactionReported());
    case Kind::RECHARGE_RAISED: return fill(body.initRechargeRaised());
    case Kind::RECHARGE_SETTLED: return fill(body.initRechargeSettled());
    case Kind::REPAYMENT_NOTICE_ISSUED: return fill(body.initRepaymentNoticeIssued());
    case Kind::REPAID: return fill(body.initRepaid());
    case Kind::CONTRIBUTION_RECEIVED: return fill(body.initContributionReceived());
    case Kind::CONTRIBUTION_REFUNDED: return fill(body.initContributionRefunded());
    case Kind::PAYMENTS_STOPPED: return fill(body.initPaymentsStopped());
    case Kind::SPEND_LIST_PUBLISHED: return fill(body.initSpendListPublished());
    case Kind::SPEND_PUBLISHED: return fill(body.initSpendPublished());
    case Kind::EVENT_REVERSED: return fill(body.initEventReversed());
    case Kind::POOL_AGREEMENT_PROPOSED: return fill(body.initPoolAgreementProposed());
    case Kind::PARTNER_SIGNED: return fill(body.initPartnerSigned());
    case Kind::CONTRIBUTION_COMMITTED: return fill(body.initContributionCommitted());
    case Kind::CONTRIBUTION_PAID: return fill(body.initContributionPaid());
    case Kind::SCHEME_ADDED: return fill(body.initSchemeAdded());
    case Kind::POOL_SPENT: return fill(body.initPoolSpent());
    case Kind::RISK_SHARE_APPLIED: return fill(body.initRiskShareApplied());
    case Kind::RISK_SHARE_SETTLED: return fill(body.initRiskShareSettled());
    case Kind::GRANT_AWARDED: return fill(body.initGrantAwarded());
    case Kind::GRANT_DRAWN: return fill(body.initGrantDrawn());
    case Kind::OUTCOME_REPORTED: return fill(body.initOutcomeReported());
    case Kind::ACTION_OWNED: return fill(body.initActionOwned());
    case Kind::ACTION_DONE: return fill(body.initActionDone());
    case Kind::LEGAL_BASIS_RECORDED: return fill(body.initLegalBasisRecorded());
    case Kind::IDENTITY_OPENED: return fill(body.initIdentityOpened());
    case Kind::IDENTITY_ERASED: return fill(body.initIdentityErased());
  }
  // clang-format on
}

}  // namespace

Uuid specimen_id(std::uint16_t number) {
  return uuid_v7(1'774'000'000'000, number, 0x1234'5678 + number);
}

OwnedBytes specimen(Kind kind, const std::function<void(schema::Event::Builder)>& change) {
  capnp::MallocMessageBuilder message;
  auto event = message.initRoot<schema::Event>();
  schema::write(specimen_id(static_cast<std::uint16_t>(kind)), event.initId());
  event.setPublisher("X24");
  event.setOfficer("a.adeyemi");
  if (!is_of_register(kind)) event.setPlace("bristol");
  event.setEffective(Date::from_calendar(2026, 4, 1)->days);
  event.setAuthority("Cabinet minute 12/2026");
  fill(event.initReason());
  schema::write(specimen_id(900), event.initCorrects());
  fill_body(event.getBody(), kind);
  if (change) change(event);
  return canonical_bytes(event);
}

}  // namespace braid::test
