#include "events/split.hpp"

#include <algorithm>
#include <numeric>

#include "events/wide.hpp"

namespace braid {
namespace {

UnsignedWide magnitude(std::int64_t amount) {
  const Wide wide = amount;
  return static_cast<UnsignedWide>(wide < 0 ? -wide : wide);
}

/// The places of `remainders` from the largest down, equal ones in order.
std::vector<std::size_t> by_size(const std::vector<UnsignedWide>& remainders) {
  std::vector<std::size_t> places(remainders.size());
  std::iota(places.begin(), places.end(), std::size_t{0});
  std::stable_sort(places.begin(), places.end(),
                   [&](std::size_t a, std::size_t b) { return remainders[a] > remainders[b]; });
  return places;
}

}  // namespace

Parsed<std::vector<std::int64_t>> split(std::int64_t amount,
                                        std::span<const std::int64_t> weights) {
  UnsignedWide total = 0;
  for (const std::int64_t weight : weights) {
    if (weight < 0) return unreadable("a share's weight is zero or more");
    total += static_cast<UnsignedWide>(weight);
  }
  if (total == 0) return unreadable("a split needs a weight above zero");

  const UnsignedWide whole = magnitude(amount);
  UnsignedWide left = whole;
  std::vector<UnsignedWide> shares, remainders;
  for (const std::int64_t weight : weights) {
    const UnsignedWide product =
        whole * static_cast<UnsignedWide>(weight);  // at most 2^63 * (2^63 - 1)
    shares.push_back(product / total);
    remainders.push_back(product % total);
    left -= shares.back();
  }
  // Fewer pennies are left than there are remainders above zero: those sum to left * total, and
  // each is below total.
  for (const std::size_t place : by_size(remainders)) {
    if (left == 0) break;
    ++shares[place];
    --left;
  }

  std::vector<std::int64_t> signed_shares;
  for (const UnsignedWide share : shares) {
    const Wide wide = static_cast<Wide>(share);
    signed_shares.push_back(static_cast<std::int64_t>(amount < 0 ? -wide : wide));
  }
  return signed_shares;
}

}  // namespace braid
