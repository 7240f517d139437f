#pragma once
#include "ledger/rules/rule.hpp"

namespace braid::ledger {

/// R48. The agreement states in writing all seven things that SI 2000/617 reg 7(3) asks for.
Verdict agreement_is_complete(const Asked& asked, Body<schema::PoolAgreementProposed> agreement);
/// R50. A trust is a partner only together with a commissioner, whose signature is its consent.
Verdict trust_has_commissioner(const Asked& asked, Body<schema::PoolAgreementProposed> agreement);
/// R49. Spent only on the functions in the agreement.
Verdict scheme_has_agreed_function(const Asked& asked, Body<schema::SchemeAdded> scheme);
Verdict spent_on_agreed_function(const Asked& asked, Body<schema::PoolSpent> spent);
/// R54. Over- and underspend is shared by the agreement's rule, to the penny.
Verdict risk_shared_by_agreement(const Asked& asked, Body<schema::RiskShareApplied> applied);
/// R62. Capital and revenue never mix.
Verdict committed_fund_fits_pool(const Asked& asked, Body<schema::ContributionCommitted> committed);
Verdict paid_fund_fits_pool(const Asked& asked, Body<schema::ContributionPaid> paid);
/// A pool with a hard limit takes on no scheme that its contributions do not cover.
Verdict scheme_within_hard_limit(const Asked& asked, Body<schema::SchemeAdded> scheme);
/// A pool that spends more than it has been paid is recorded as overspent.
Verdict pool_not_overspent(const Asked& asked, Body<schema::PoolSpent> spent);
/// Money moves in a pool only under an agreement that every partner has signed.
Verdict pool_spent_in_force(const Asked& asked, Body<schema::PoolSpent> spent);
Verdict pool_paid_in_force(const Asked& asked, Body<schema::ContributionPaid> paid);

}  // namespace braid::ledger
