#pragma once
#include "ledger/rules/rule.hpp"

namespace braid::ledger {

/// A holder cannot commit more of a direct payment than there is. The statutory care of other budgets is led by demand.
Verdict order_within_direct_payment(const Asked& asked, Body<schema::OrderPlaced> order);
/// An order beyond what its strands have left is placed, and flagged.
Verdict order_within_allocated(const Asked& asked, Body<schema::OrderPlaced> order);
/// R40. A direct payment pays for agreed provision, never for a place at a school or post-16 institution.
Verdict no_school_place_from_direct_payment(const Asked& asked, Body<schema::OrderPlaced> order);
/// R10 (NHS), R31 (council). A family member or friend of the same household is paid only by exception.
Verdict nhs_assistant_of_other_household(const Asked& asked, Body<schema::PersonalAssistantEngaged> engaged);
Verdict council_assistant_of_other_household(const Asked& asked, Body<schema::PersonalAssistantEngaged> engaged);

}  // namespace braid::ledger
