#include "ledger/rules/authority.hpp"

#include "ledger/powers.hpp"

namespace braid::ledger {

Verdict pool_spender_has_power(const Asked& asked, Body<schema::PoolSpent>) {
  auto held = holds_power(asked, Power::POOL, decided_by(asked));
  if (held) return holds;
  return Breach{std::move(held.error().field), std::move(held.error().sentence)};
}

}  // namespace braid::ledger
