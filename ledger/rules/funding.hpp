#pragma once
#include "ledger/rules/rule.hpp"

// Whose money may bear what, and how much of it there is.

namespace braid::ledger {

/// R30. The council must not meet what the NHS must: social-care money in a budget under continuing
/// healthcare. Care Act 2014 s.22.
Verdict council_leaves_nhs_duties(const Asked& asked, Body<schema::StrandAgreed> agreed);

/// R62. Capital and revenue never mix: a capital fund buys equipment only. Better Care Fund policy
/// framework; Disabled Facilities Grant determination.
Verdict capital_buys_equipment(const Asked& asked, Body<schema::StrandAgreed> agreed);

/// What the event takes out of a fund's allocation leaves it below zero in that year: the strand
/// and the shortfall are named.
Verdict fits_allocation(const Asked& asked);
Verdict allocation_suffices(const Asked& asked, Body<schema::StrandAgreed> agreed);
Verdict allocation_suffices(const Asked& asked, Body<schema::UpliftApplied> applied);
Verdict allocation_suffices(const Asked& asked, Body<schema::AllocationVaried> varied);
Verdict allocation_suffices(const Asked& asked, Body<schema::ContributionPaid> paid);
Verdict allocation_suffices(const Asked& asked, Body<schema::GrantAwarded> awarded);

/// A plan that employs personal assistants says who bears what employing costs beside the wages.
Verdict hidden_costs_are_named(const Asked& asked, Body<schema::PlanProposed> proposed);

}  // namespace braid::ledger
