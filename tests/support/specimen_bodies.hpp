#pragma once
#include "tests/support/specimens.hpp"

namespace braid::test {

// The bodies of specimens, a function a kind, in the order of the catalogue.

void fill(schema::LedgerFounded::Builder body);
void fill(schema::OrganisationRegistered::Builder body);
void fill(schema::OrganisationSucceeded::Builder body);
void fill(schema::OfficerAppointed::Builder body);
void fill(schema::OfficerEnded::Builder body);
void fill(schema::DelegationSet::Builder body);
void fill(schema::SigningKeyAdded::Builder body);
void fill(schema::SigningKeyRevoked::Builder body);
void fill(schema::OwnKeyLimitSet::Builder body);
void fill(schema::RuleBookAdopted::Builder body);
void fill(schema::PeriodClosed::Builder body);
void fill(schema::FundRegistered::Builder body);

void fill(schema::PersonLinked::Builder body);
void fill(schema::PersonDied::Builder body);
void fill(schema::ConsentGiven::Builder body);
void fill(schema::ConsentWithdrawn::Builder body);
void fill(schema::RepresentativeAppointed::Builder body);
void fill(schema::EligibilityRequested::Builder body);
void fill(schema::EligibilityDecided::Builder body);
void fill(schema::LiabilityReassigned::Builder body);
void fill(schema::BudgetRequested::Builder body);
void fill(schema::RequestDecided::Builder body);
void fill(schema::EhcPlanIssued::Builder body);
void fill(schema::LegalBasisRecorded::Builder body);
void fill(schema::IdentityOpened::Builder body);
void fill(schema::IdentityErased::Builder body);

void fill(schema::PlanProposed::Builder body);
void fill(schema::PlanSignedOff::Builder body);
void fill(schema::ApprovalRequested::Builder body);
void fill(schema::ApprovalGiven::Builder body);
void fill(schema::ApprovalRefused::Builder body);
void fill(schema::ExceptionApproved::Builder body);
void fill(schema::ReviewCompleted::Builder body);

void fill(schema::BudgetOpened::Builder body);
void fill(schema::StrandAgreed::Builder body);
void fill(schema::ContributionAssessed::Builder body);
void fill(schema::BudgetClosed::Builder body);
void fill(schema::UpliftApproved::Builder body);
void fill(schema::UpliftApplied::Builder body);
void fill(schema::AllocationSet::Builder body);
void fill(schema::AllocationVaried::Builder body);

void fill(schema::SupplierRegistered::Builder body);
void fill(schema::OrderPlaced::Builder body);
void fill(schema::OrderEnded::Builder body);
void fill(schema::ServiceDelivered::Builder body);
void fill(schema::PersonalAssistantEngaged::Builder body);

void fill(schema::AccountApproved::Builder body);
void fill(schema::InvoiceReceived::Builder body);
void fill(schema::PaymentInstructed::Builder body);
void fill(schema::PaymentSettled::Builder body);
void fill(schema::PaymentReturned::Builder body);
void fill(schema::AccountCredited::Builder body);
void fill(schema::TransactionReported::Builder body);
void fill(schema::RechargeRaised::Builder body);
void fill(schema::RechargeSettled::Builder body);
void fill(schema::RepaymentNoticeIssued::Builder body);
void fill(schema::Repaid::Builder body);
void fill(schema::ContributionReceived::Builder body);
void fill(schema::ContributionRefunded::Builder body);
void fill(schema::PaymentsStopped::Builder body);
void fill(schema::SpendListPublished::Builder body);
void fill(schema::SpendPublished::Builder body);
void fill(schema::EventReversed::Builder body);

void fill(schema::PoolAgreementProposed::Builder body);
void fill(schema::PartnerSigned::Builder body);
void fill(schema::ContributionCommitted::Builder body);
void fill(schema::ContributionPaid::Builder body);
void fill(schema::SchemeAdded::Builder body);
void fill(schema::PoolSpent::Builder body);
void fill(schema::RiskShareApplied::Builder body);
void fill(schema::RiskShareSettled::Builder body);
void fill(schema::GrantAwarded::Builder body);
void fill(schema::GrantDrawn::Builder body);

void fill(schema::OutcomeReported::Builder body);
void fill(schema::ActionOwned::Builder body);
void fill(schema::ActionDone::Builder body);

}  // namespace braid::test
