#pragma once
#include "ledger/rules/rule.hpp"

// Who decides, and who consents.

namespace braid::ledger {

/// R01. A direct payment for health care is decided by a health body: CCG, ICB, NHS England, or a
/// council for its s.2B functions. NHS Act 2006 ss.12A-12D; SI 2013/1617 reg 2.
Verdict health_body_decides(const Asked& asked, Body<schema::RequestDecided> decided);
Verdict health_body_decides(const Asked& asked, Body<schema::BudgetOpened> opened);

/// R03. Under 16 a representative consents; from 16 on, with capacity, the person does. SI
/// 2013/1617 regs 1(2), 4.
Verdict right_one_consents(const Asked& asked, Body<schema::ConsentGiven> consent);

/// R65. The final decision on eligibility for continuing healthcare is the body's own. SI 2012/2996
/// reg 21.
Verdict decided_by_itself(const Asked& asked, Body<schema::EligibilityDecided> decided);

}  // namespace braid::ledger
