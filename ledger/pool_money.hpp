#pragma once
#include "ledger/postings.hpp"
#include "ledger/refusals.hpp"

// What every event about a pooled fund asks.

namespace braid::ledger {

/// The pool, or why there is none. Reports need no more; intentions also `pool_in_force`.
tl::expected<const PoolRow*, Refusal> known_pool(const Context& context, schema::Uuid::Reader pool);
/// The pool, signed by every partner.
tl::expected<const PoolRow*, Refusal> pool_in_force(const Context& context, schema::Uuid::Reader pool);

/// The partner of this strand, or nothing.
const PartnerRow* partner_of(const PoolRow& pool, schema::Strand::Reader strand);
PartnerRow* partner_of(PoolRow& pool, schema::Strand::Reader strand);
/// The partner that holds the pool's money and pays its bills.
const PartnerRow& host_partner(const PoolRow& pool);

/// A pool's year as the partners must settle it: for each partner, in the agreement's order, what
/// it bears of the variance (positive) or gets back (negative), by the agreement's rule, exact to
/// the penny.
struct RiskShares {
  std::int64_t variance = 0;              ///< positive: more was spent than paid in
  std::vector<std::int64_t> bears;        ///< sums to the variance
  std::vector<std::int64_t> left;         ///< each partner's balance in the pool
};

/// The shares of a year's variance by the pool's rule (R54; NHS Act 2006 s.75 agreements):
/// - fixedShare: by the partners' agreed shares;
/// - variableShare: by what each paid in for the year;
/// - ownRisk: each bears what its own schemes spent beyond their amounts, the rest by agreed shares;
/// - waterfall: of an overspend the host bears up to its cap first, the others the rest by their
/// shares; an underspend by
///   agreed shares.
RiskShares risk_shares(const Context& context, const PoolRow& pool, std::uint16_t year);

}  // namespace braid::ledger
