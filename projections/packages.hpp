#pragma once
#include "projections/fold.hpp"
#include "projections/schema/views.rows.hpp"

namespace braid::projections {

/// The tables of packages of care: the three sector views, the joint budget, and what is kept to
/// fill them.
struct PackageTables {
  Table<HealthRow> health;
  Table<SocialCareRow> social_care;
  Table<EducationRow> education;
  Table<JointBudgetRow> joint;
  Table<PackagePlanRow> plans;
  Table<PackageBudgetRow> budgets;
  Table<PackageOrderRow> orders;
  Table<PackageRequestRow> requests;
  Table<PackageContributionRow> contributions;

  PackageTables(const RowReader& store, TableSet& set);

  /// The joint row of a budget, or nothing where no such budget was opened.
  JointBudgetRow* joint_of(const Uuid& budget);
};

/// The joint row's strand, or nothing.
JointStrand* strand_of(JointBudgetRow& joint, const Strand& strand);

/// Calls `change` with the sector view's row of one strand of a budget, of whichever sector: what
/// it touches must be a column of all three. Other sectors have no view of their own.
template <class Change>
void change_sector_row(PackageTables& tables, const Uuid& budget, const Strand& strand,
                       Change&& change) {
  if (strand.sector == Sector::HEALTH)
    change(tables.health.change({budget, strand.organisation, strand.fund}));
  if (strand.sector == Sector::SOCIAL_CARE)
    change(tables.social_care.change({budget, strand.organisation, strand.fund}));
  if (strand.sector == Sector::EDUCATION)
    change(tables.education.change({budget, strand.organisation, strand.fund}));
}

/// Changes what has become of a strand, in its sector's view and on the joint page alike.
template <class Change>
void change_progress(PackageTables& tables, JointBudgetRow& joint, const Strand& strand,
                     Change&& change) {
  if (auto* own = strand_of(joint, strand)) change(own->progress);
  change_sector_row(tables, joint.budget, strand, [&](auto& row) { change(row.progress); });
}

/// Adds an entry's postings to the progress of the budgets they are of (`package_progress.cpp`).
void take_postings(PackageTables& tables, const Record& record);

// The folds of the kinds that packages are made of (`package_plans.cpp`, `package_budgets.cpp`,
// `package_spending.cpp`).
void fold(PackageTables&, const Record&, Body<schema::PersonalAssistantEngaged>);
void fold(PackageTables&, const Record&, Body<schema::BudgetRequested>);
void fold(PackageTables&, const Record&, Body<schema::RequestDecided>);
void fold(PackageTables&, const Record&, Body<schema::EhcPlanIssued>);
void fold(PackageTables&, const Record&, Body<schema::PlanProposed>);
void fold(PackageTables&, const Record&, Body<schema::PlanSignedOff>);
void fold(PackageTables&, const Record&, Body<schema::ApprovalGiven>);
void fold(PackageTables&, const Record&, Body<schema::ReviewCompleted>);
void fold(PackageTables&, const Record&, Body<schema::OutcomeReported>);
void fold(PackageTables&, const Record&, Body<schema::BudgetOpened>);
void fold(PackageTables&, const Record&, Body<schema::StrandAgreed>);
void fold(PackageTables&, const Record&, Body<schema::UpliftApplied>);
void fold(PackageTables&, const Record&, Body<schema::ContributionAssessed>);
void fold(PackageTables&, const Record&, Body<schema::PaymentsStopped>);
void fold(PackageTables&, const Record&, Body<schema::BudgetClosed>);
void fold(PackageTables&, const Record&, Body<schema::OrderPlaced>);
void fold(PackageTables&, const Record&, Body<schema::ServiceDelivered>);
void fold(PackageTables&, const Record&, Body<schema::InvoiceReceived>);
void fold(PackageTables&, const Record&, Body<schema::AccountCredited>);
void fold(PackageTables&, const Record&, Body<schema::ContributionReceived>);
void fold(PackageTables&, const Record&, Body<schema::ContributionRefunded>);
void fold(PackageTables&, const Record&, Body<schema::EventReversed>);
LeftAlone fold(PackageTables&, const Record&, RegisterKind auto) { return {}; }
LeftAlone fold(PackageTables&, const Record&, PersonKind auto) { return {}; }
LeftAlone fold(PackageTables&, const Record&, PlanKind auto) { return {}; }
LeftAlone fold(PackageTables&, const Record&, BudgetKind auto) { return {}; }
LeftAlone fold(PackageTables&, const Record&, PurchaseKind auto) { return {}; }
LeftAlone fold(PackageTables&, const Record&, PaymentKind auto) { return {}; }
LeftAlone fold(PackageTables&, const Record&, PoolKind auto) { return {}; }
LeftAlone fold(PackageTables&, const Record&, OutcomeKind auto) { return {}; }

}  // namespace braid::projections
