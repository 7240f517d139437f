// Sharing a pooled fund's over- and underspend. Declared in pool.hpp and pool_money.hpp.
#include <algorithm>
#include <limits>

#include "events/native_rows.hpp"
#include "events/split.hpp"
#include "ledger/pool.hpp"
#include "ledger/pool_money.hpp"

namespace braid::ledger {

namespace {

constexpr auto least_pence =
    -std::numeric_limits<std::int64_t>::max();  // the least that has an opposite

std::vector<std::int64_t> agreed_weights(const PoolRow& pool) {
  std::vector<std::int64_t> weights;
  for (const auto& partner : pool.partners) weights.push_back(partner.parts_per_million);
  return weights;
}

/// By weights where they can split, else by agreed shares: a year in which nobody paid in has no
/// paid-in shares.
std::vector<std::int64_t> by_weights(const PoolRow& pool, std::int64_t pence,
                                     const std::vector<std::int64_t>& weights) {
  if (auto shares = split(pence, weights)) return std::move(*shares);
  if (auto shares = split(pence, agreed_weights(pool))) return std::move(*shares);
  return std::vector<std::int64_t>(pool.partners.size(), 0);
}

std::vector<std::int64_t> by_own_risk(const PoolRow& pool, std::int64_t variance) {
  std::vector<std::int64_t> bears;
  std::int64_t own = 0;
  for (const auto& partner : pool.partners) {
    bears.push_back(partner.varied);
    own = saturating_add(own, partner.varied);
  }
  const auto rest = by_weights(pool, saturating_add(variance, -own), agreed_weights(pool));
  for (std::size_t i = 0; i < bears.size(); ++i) bears[i] = saturating_add(bears[i], rest[i]);
  return bears;
}

std::vector<std::int64_t> by_waterfall(const PoolRow& pool, std::int64_t variance) {
  if (variance <= 0) return by_weights(pool, variance, agreed_weights(pool));
  const auto& host = host_partner(pool);
  const auto first = std::min(variance, std::max<std::int64_t>(0, host.cap));
  auto weights = agreed_weights(pool);
  std::size_t host_index = 0;
  while (&pool.partners[host_index] != &host) ++host_index;
  weights[host_index] = 0;
  auto bears = by_weights(pool, variance - first, weights);
  bears[host_index] = saturating_add(bears[host_index], first);
  return bears;
}

}  // namespace

RiskShares risk_shares(const Context& context, const PoolRow& pool, std::uint16_t year) {
  RiskShares shares;
  std::vector<std::int64_t> paid_in;
  for (const auto& partner : pool.partners) {
    shares.left.push_back(context.state.balance(Account::POOL, pool.pool, partner.strand, year));
    const auto spent = context.state.balance(Account::SPENT, pool.pool, partner.strand, year);
    paid_in.push_back(std::max<std::int64_t>(0, saturating_add(shares.left.back(), spent)));
    shares.variance = saturating_add(shares.variance, -shares.left.back());
  }
  switch (pool.risk_share) {
    case schema::RiskShare::FIXED_SHARE:
      shares.bears = by_weights(pool, shares.variance, agreed_weights(pool));
      break;
    case schema::RiskShare::VARIABLE_SHARE:
      shares.bears = by_weights(pool, shares.variance, paid_in);
      break;
    case schema::RiskShare::OWN_RISK:
      shares.bears = by_own_risk(pool, shares.variance);
      break;
    case schema::RiskShare::WATERFALL:
      shares.bears = by_waterfall(pool, shares.variance);
      break;
  }
  return shares;
}

Checked check_state(const Context& context, Body<schema::RiskShareApplied> body) {
  const auto pool = pool_in_force(context, body.getPool());
  if (!pool) return tl::unexpected(pool.error());
  const auto shares = body.getShares();
  for (unsigned i = 0; i < shares.size(); ++i)
    if (partner_of(**pool, shares[i].getStrand()) == nullptr)
      return by_state(at("shares", i, "strand"), "Pool ", (*pool)->pool, " has no partner with ",
                      shares[i].getStrand(), ".");
  return {};
}

Checked check_state(const Context& context, Body<schema::RiskShareSettled> body) {
  const auto pool = known_pool(context, body.getPool());
  if (!pool) return tl::unexpected(pool.error());
  const auto* partner = partner_of(**pool, body.getStrand());
  if (partner == nullptr)
    return by_state("strand", "Pool ", (*pool)->pool, " has no partner with ", body.getStrand(),
                    ".");
  if (partner == &host_partner(**pool))
    return by_state(
        "strand",
        "The host holds the pool's money: it settles with the other partners, not with itself.");
  return {};
}

/// Clears every partner's balance in the pool for the year. A partner then has spent what it bears;
/// what that is more than it paid in, it owes the host, who paid the bills. The shares are the
/// event's own: that they are the agreement's is R54's.
void post(const Context& context, Body<schema::RiskShareApplied> body, Legs& legs) {
  const auto* pool = context.state.pools.find({read(body.getPool())});
  if (pool == nullptr) return;
  const auto year = body.getYear();
  const auto left = risk_shares(context, *pool, year);
  const auto& host = host_partner(*pool);
  const auto purse = pooled(pool->pool);
  std::int64_t from_others = 0;
  for (std::size_t i = 0; i < pool->partners.size(); ++i) {
    const auto& partner = pool->partners[i];
    std::int64_t bears = 0;
    for (const auto share : body.getShares())
      if (is(partner.strand, share.getStrand()))
        bears =
            share.getVariance() == schema::Change::INCREASE ? share.getPence() : -share.getPence();
    legs.move(purse, spent(pool->pool), partner.strand, year, left.left[i]);
    if (&partner == &host) {
      legs.move(allocation(), spent(pool->pool), partner.strand, year, bears);
    } else {
      legs.move(due(pool->pool), spent(pool->pool), partner.strand, year, bears);
      from_others = saturating_add(from_others, bears);
    }
  }
  legs.move(allocation(), due(pool->pool), host.strand, year, from_others);
}

/// A settlement clears what is due for the earliest years first, in the years for which it is due;
/// what is more than that stands in the year of its day.
void post(const Context& context, Body<schema::RiskShareSettled> body, Legs& legs) {
  const auto* pool = context.state.pools.find({read(body.getPool())});
  if (pool == nullptr) return;
  const Strand strand = read(body.getStrand());
  const auto& host = host_partner(*pool).strand;
  const bool to_host = body.getVariance() == schema::Change::INCREASE;
  const auto settle = [&](std::uint16_t year, std::int64_t pence) {
    legs.move(allocation(), due(pool->pool), strand, year, to_host ? pence : -pence);
    legs.move(due(pool->pool), allocation(), host, year, to_host ? pence : -pence);
  };
  auto left = body.getPence();
  for (const auto year : pool->shared_years) {
    const auto owed =
        legs.balance(due(pool->pool), strand, year);  // negative: the partner owes the host
    const auto part =
        std::min(left, std::max<std::int64_t>(0, to_host ? -std::max(owed, least_pence) : owed));
    settle(year, part);
    left -= part;
  }
  settle(posting_year(context, pool->host, Date{body.getOn()}), left);
}

/// The schemes begin anew: what they varied has been shared.
void apply(State& state, const Record&, Body<schema::RiskShareApplied> body) {
  auto* pool = state.pools.change_existing({read(body.getPool())});
  if (pool == nullptr) return;
  for (auto& partner : pool->partners) partner.varied = 0;
  const auto later = std::ranges::lower_bound(pool->shared_years, body.getYear());
  if (later == pool->shared_years.end() || *later != body.getYear())
    pool->shared_years.insert(later, body.getYear());
}

void apply(State&, const Record&, Body<schema::RiskShareSettled>) {}

}  // namespace braid::ledger
