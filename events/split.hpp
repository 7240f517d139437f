#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "events/parsed.hpp"

namespace braid {

/// Shares of `amount` in proportion to `weights`, in their order; they sum to `amount` exactly.
///
/// Largest remainder (Hamilton): each gets its proportion rounded towards zero, and the pennies
/// left over go one each to the largest remainders; equal remainders in the order given. No share
/// is a penny or more from its proportion; a weight of zero gets nothing; the shares of -amount are
/// those of amount with the sign turned, so that a reversal splits as what it reverses. Any amount,
/// any weights: products take 128 bits.
/// A sentence instead when a weight is negative or all are zero: then there is nobody to give the
/// money to.
Parsed<std::vector<std::int64_t>> split(std::int64_t amount, std::span<const std::int64_t> weights);

}  // namespace braid
