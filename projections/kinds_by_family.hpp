#pragma once
#include "projections/record.hpp"

namespace braid::projections {

// The kinds of each family, named once. A view leaves a family alone, but for the kinds it has
// overloads of, by
//     LeftAlone fold(PoolTables&, const Record&, PersonKind auto) { return {}; }
// An overload for one kind wins over it. A new kind stands in no list, so no view compiles until it
// is put into one or folded.

template <class Reader>
concept RegisterKind =
    AnyOf<Reader, schema::LedgerFounded, schema::OrganisationRegistered,
          schema::OrganisationSucceeded, schema::OfficerAppointed, schema::OfficerEnded,
          schema::DelegationSet, schema::SigningKeyAdded, schema::SigningKeyRevoked,
          schema::OwnKeyLimitSet, schema::RuleBookAdopted, schema::PeriodClosed,
          schema::FundRegistered>;

template <class Reader>
concept PersonKind =
    AnyOf<Reader, schema::PersonLinked, schema::PersonDied, schema::ConsentGiven,
          schema::ConsentWithdrawn, schema::RepresentativeAppointed, schema::EligibilityRequested,
          schema::EligibilityDecided, schema::LiabilityReassigned, schema::BudgetRequested,
          schema::RequestDecided, schema::EhcPlanIssued, schema::LegalBasisRecorded,
          schema::IdentityOpened, schema::IdentityErased>;

template <class Reader>
concept PlanKind = AnyOf<Reader, schema::PlanProposed, schema::PlanSignedOff,
                         schema::ApprovalRequested, schema::ApprovalGiven, schema::ApprovalRefused,
                         schema::ExceptionApproved, schema::ReviewCompleted>;

template <class Reader>
concept BudgetKind =
    AnyOf<Reader, schema::BudgetOpened, schema::StrandAgreed, schema::ContributionAssessed,
          schema::BudgetClosed, schema::UpliftApproved, schema::UpliftApplied,
          schema::AllocationSet, schema::AllocationVaried>;

template <class Reader>
concept PurchaseKind =
    AnyOf<Reader, schema::SupplierRegistered, schema::OrderPlaced, schema::OrderEnded,
          schema::ServiceDelivered, schema::PersonalAssistantEngaged>;

template <class Reader>
concept PaymentKind =
    AnyOf<Reader, schema::AccountApproved, schema::InvoiceReceived, schema::PaymentInstructed,
          schema::PaymentSettled, schema::PaymentReturned, schema::AccountCredited,
          schema::TransactionReported, schema::RechargeRaised, schema::RechargeSettled,
          schema::RepaymentNoticeIssued, schema::Repaid, schema::ContributionReceived,
          schema::ContributionRefunded, schema::PaymentsStopped, schema::SpendListPublished,
          schema::SpendPublished, schema::EventReversed>;

template <class Reader>
concept PoolKind = AnyOf<Reader, schema::PoolAgreementProposed, schema::PartnerSigned,
                         schema::ContributionCommitted, schema::ContributionPaid,
                         schema::SchemeAdded, schema::PoolSpent, schema::RiskShareApplied,
                         schema::RiskShareSettled, schema::GrantAwarded, schema::GrantDrawn>;

template <class Reader>
concept OutcomeKind =
    AnyOf<Reader, schema::OutcomeReported, schema::ActionOwned, schema::ActionDone>;

}  // namespace braid::projections
