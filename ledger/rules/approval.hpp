#pragma once
#include "ledger/rules/rule.hpp"

// How decisions are made: on record, and by different people.

namespace braid::ledger {

/// R67. An executive decision states reasons, alternatives rejected and conflicts of interest: one
/// that rests on a minute or another named authority. SI 2012/2089 regs 12-13.
Verdict executive_decision_is_recorded(const Asked& asked, Body<schema::ApprovalGiven> given);
/// R68. So does an officer's decision under delegation. SI 2014/2095 reg 7.
Verdict officer_decision_is_recorded(const Asked& asked, Body<schema::ApprovalGiven> given);

/// R69. Who proposes does not approve; broker, approver of brokerage, payer and approver of
/// payments are four people; the education strand is approved by another officer than the
/// social-care strand. Practice.
Verdict duties_are_apart(const Asked& asked, Body<schema::ApprovalGiven> given);
Verdict duties_are_apart(const Asked& asked, Body<schema::OrderPlaced> placed);
Verdict duties_are_apart(const Asked& asked, Body<schema::PaymentInstructed> instructed);
Verdict duties_are_apart(const Asked& asked, Body<schema::UpliftApproved> approved);

/// R17. A review finds whether the plan is still right, the money is used effectively, the amount
/// is sufficient and the obligations are met. SI 2013/1617 reg 12.
Verdict review_finds_four_things(const Asked& asked, Body<schema::ReviewCompleted> review);

}  // namespace braid::ledger
