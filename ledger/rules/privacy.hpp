#pragma once
#include "ledger/rules/rule.hpp"

// Who may know a person, and when nobody may any more.

namespace braid::ledger {

/// R72. An identity is erased when no budget of the person is open and no other body has a live
/// legal basis for it. UK GDPR art. 17(1), (3): not while it is needed for a legal obligation, a
/// public task or a claim; art. 5(1)(e).
Verdict erased_when_nobody_needs_it(const Asked& asked, Body<schema::IdentityErased> erased);

/// R75. An opening names its officer, and its body has a legal basis that is live on the day, or
/// has recorded the person's consent to sharing, which was not withdrawn. UK GDPR arts 5(1)(a)-(b),
/// 5(2), 6, 9.
Verdict opened_on_a_basis(const Asked& asked, Body<schema::IdentityOpened> opened);

/// R76. A legal obligation and a public task rest on a law, which is named; health and care data
/// need a condition besides; consent is on the ledger; a public authority in its tasks has no
/// "legitimate interests". UK GDPR arts 6(1), 6(3), 7(1), 9(2); Data Protection Act 2018 ss.8, 10.
Verdict basis_is_founded(const Asked& asked, Body<schema::LegalBasisRecorded> recorded);

}  // namespace braid::ledger
