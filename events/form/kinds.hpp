#pragma once
#include "events/form/form.hpp"
#include "events/visit.hpp"

// What each kind of event must keep beyond its schema's limits: one function a kind, in the file of
// its family. All are pure; they see events whose every field keeps its limits
// (events/form/limits.hpp), and ask in the order of the fields. A kind without one does not
// compile.

namespace braid::form {

// events/form/register.cpp
void check(Form& form, Body<schema::LedgerFounded> event);
void check(Form& form, Body<schema::OrganisationRegistered> event);
void check(Form& form, Body<schema::OrganisationSucceeded> event);
void check(Form& form, Body<schema::OfficerAppointed> event);
void check(Form& form, Body<schema::OfficerEnded> event);
void check(Form& form, Body<schema::DelegationSet> event);
void check(Form& form, Body<schema::SigningKeyAdded> event);
void check(Form& form, Body<schema::SigningKeyRevoked> event);
void check(Form& form, Body<schema::OwnKeyLimitSet> event);
void check(Form& form, Body<schema::RuleBookAdopted> event);
void check(Form& form, Body<schema::PeriodClosed> event);
void check(Form& form, Body<schema::FundRegistered> event);

// events/form/person.cpp
void check(Form& form, Body<schema::PersonLinked> event);
void check(Form& form, Body<schema::PersonDied> event);
void check(Form& form, Body<schema::ConsentGiven> event);
void check(Form& form, Body<schema::ConsentWithdrawn> event);
void check(Form& form, Body<schema::RepresentativeAppointed> event);
void check(Form& form, Body<schema::EligibilityRequested> event);
void check(Form& form, Body<schema::EligibilityDecided> event);
void check(Form& form, Body<schema::LiabilityReassigned> event);
void check(Form& form, Body<schema::BudgetRequested> event);
void check(Form& form, Body<schema::RequestDecided> event);
void check(Form& form, Body<schema::EhcPlanIssued> event);
void check(Form& form, Body<schema::LegalBasisRecorded> event);
void check(Form& form, Body<schema::IdentityOpened> event);
void check(Form& form, Body<schema::IdentityErased> event);

// events/form/plan.cpp
void check(Form& form, Body<schema::PlanProposed> event);
void check(Form& form, Body<schema::PlanSignedOff> event);
void check(Form& form, Body<schema::ApprovalRequested> event);
void check(Form& form, Body<schema::ApprovalGiven> event);
void check(Form& form, Body<schema::ApprovalRefused> event);
void check(Form& form, Body<schema::ExceptionApproved> event);
void check(Form& form, Body<schema::ReviewCompleted> event);

// events/form/budget.cpp
void check(Form& form, Body<schema::BudgetOpened> event);
void check(Form& form, Body<schema::StrandAgreed> event);
void check(Form& form, Body<schema::ContributionAssessed> event);
void check(Form& form, Body<schema::BudgetClosed> event);
void check(Form& form, Body<schema::UpliftApproved> event);
void check(Form& form, Body<schema::UpliftApplied> event);
void check(Form& form, Body<schema::AllocationSet> event);
void check(Form& form, Body<schema::AllocationVaried> event);

// events/form/purchase.cpp
void check(Form& form, Body<schema::SupplierRegistered> event);
void check(Form& form, Body<schema::OrderPlaced> event);
void check(Form& form, Body<schema::OrderEnded> event);
void check(Form& form, Body<schema::ServiceDelivered> event);
void check(Form& form, Body<schema::PersonalAssistantEngaged> event);

// events/form/payment.cpp
void check(Form& form, Body<schema::AccountApproved> event);
void check(Form& form, Body<schema::InvoiceReceived> event);
void check(Form& form, Body<schema::PaymentInstructed> event);
void check(Form& form, Body<schema::PaymentSettled> event);
void check(Form& form, Body<schema::PaymentReturned> event);
void check(Form& form, Body<schema::AccountCredited> event);
void check(Form& form, Body<schema::TransactionReported> event);
void check(Form& form, Body<schema::RechargeRaised> event);
void check(Form& form, Body<schema::RechargeSettled> event);
void check(Form& form, Body<schema::RepaymentNoticeIssued> event);
void check(Form& form, Body<schema::Repaid> event);
void check(Form& form, Body<schema::ContributionReceived> event);
void check(Form& form, Body<schema::ContributionRefunded> event);
void check(Form& form, Body<schema::PaymentsStopped> event);
void check(Form& form, Body<schema::SpendListPublished> event);
void check(Form& form, Body<schema::SpendPublished> event);
void check(Form& form, Body<schema::EventReversed> event);

// events/form/pool.cpp
void check(Form& form, Body<schema::PoolAgreementProposed> event);
void check(Form& form, Body<schema::PartnerSigned> event);
void check(Form& form, Body<schema::ContributionCommitted> event);
void check(Form& form, Body<schema::ContributionPaid> event);
void check(Form& form, Body<schema::SchemeAdded> event);
void check(Form& form, Body<schema::PoolSpent> event);
void check(Form& form, Body<schema::RiskShareApplied> event);
void check(Form& form, Body<schema::RiskShareSettled> event);
void check(Form& form, Body<schema::GrantAwarded> event);
void check(Form& form, Body<schema::GrantDrawn> event);

// events/form/outcome.cpp
void check(Form& form, Body<schema::OutcomeReported> event);
void check(Form& form, Body<schema::ActionOwned> event);
void check(Form& form, Body<schema::ActionDone> event);

}  // namespace braid::form
