#pragma once
#include "ledger/rules/rule.hpp"

namespace braid::ledger {

/// Spending from a pool is decided by an officer with the power "pool". A report is not refused for
/// the lack of one.
Verdict pool_spender_has_power(const Asked& asked, Body<schema::PoolSpent> spent);

}  // namespace braid::ledger
