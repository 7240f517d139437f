#pragma once
#include "ledger/rules/rule.hpp"

// What people pay towards their own care.

namespace braid::ledger {

/// R26. The cost is what the adult pays and what the body pays, to the penny. Care Act 2014
/// s.26(1).
Verdict triple_adds_up(const Asked& asked, Body<schema::StrandAgreed> agreed);

/// R28. A charge is not more than the care costs; a carer is not charged for the adult's care. Care
/// Act 2014 s.14(3), (4).
Verdict charge_is_within_cost(const Asked& asked, Body<schema::ContributionAssessed> assessed);

/// R29. A contribution falls only on chargeable strands, never on NHS money. Care Act 2014 s.14;
/// NHS Act 2006 s.1(4).
Verdict contribution_spares_nhs_money(const Asked& asked, Body<schema::StrandAgreed> agreed);
Verdict contribution_spares_nhs_money(const Asked& asked,
                                      Body<schema::ContributionAssessed> assessed);
/// Also when care that was paid towards turned out to be the NHS's (R66).
Verdict contribution_spares_nhs_money(const Asked& asked,
                                      Body<schema::ContributionReceived> received);

}  // namespace braid::ledger
