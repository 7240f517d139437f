#include "ledger/pool.hpp"

#include <algorithm>

#include "events/native_rows.hpp"
#include "events/split.hpp"
#include "ledger/known.hpp"
#include "ledger/pool_money.hpp"

namespace braid::ledger {

namespace {

tl::expected<const SchemeRow*, Refusal> known_scheme(const Context& context,
                                                     schema::Uuid::Reader scheme,
                                                     const Uuid& pool) {
  const Uuid id = read(scheme);
  const auto* row = context.state.schemes.find({id});
  if (row == nullptr) return unknown("scheme", "scheme", id);
  if (row->pool != pool)
    return by_state("scheme", "Scheme ", id, " is of pool ", row->pool, ". Name that pool.");
  return row;
}

Checked strand_of_partner(const PoolRow& pool, schema::Strand::Reader strand) {
  if (partner_of(pool, strand) != nullptr) return {};
  return by_state("strand", "Pool ", pool.pool, " has no partner with ", strand, ".");
}

/// Whether the publisher is a partner that has not signed yet. By its own name: who signs binds
/// itself, and `apply` must know whom without asking the register.
bool has_to_sign(const Context& context, const PoolRow& pool) {
  return std::ranges::any_of(pool.partners, [&](const PartnerRow& partner) {
    return !partner.signed_ && partner.strand.organisation == context.publisher;
  });
}

}  // namespace

tl::expected<const PoolRow*, Refusal> known_pool(const Context& context,
                                                 schema::Uuid::Reader pool) {
  const Uuid id = read(pool);
  const auto* row = context.state.pools.find({id});
  if (row == nullptr) return unknown("pool", "pool", id);
  return row;
}

tl::expected<const PoolRow*, Refusal> pool_in_force(const Context& context,
                                                    schema::Uuid::Reader pool) {
  auto row = known_pool(context, pool);
  if (!row || (*row)->in_force) return row;
  return by_state("pool", "Pool ", (*row)->pool,
                  " is not in force: not every partner has signed its agreement yet.");
}

const PartnerRow* partner_of(const PoolRow& pool, schema::Strand::Reader strand) {
  const auto found = std::ranges::find_if(
      pool.partners, [&](const PartnerRow& own) { return is(own.strand, strand); });
  return found == pool.partners.end() ? nullptr : &*found;
}

PartnerRow* partner_of(PoolRow& pool, schema::Strand::Reader strand) {
  return const_cast<PartnerRow*>(partner_of(std::as_const(pool), strand));
}

const PartnerRow& host_partner(const PoolRow& pool) {
  const auto found = std::ranges::find_if(
      pool.partners, [&](const PartnerRow& own) { return own.strand.organisation == pool.host; });
  return found == pool.partners.end() ? pool.partners.front() : *found;
}

Checked check_state(const Context& context, Body<schema::PoolAgreementProposed> body) {
  const Uuid id = read(body.getPool());
  if (context.state.pools.find({id}) != nullptr) return known_already("pool", "pool", id);
  const auto partners = body.getPartners();
  for (unsigned i = 0; i < partners.size(); ++i)
    if (auto known = fund_is_known(context, at("partners", i, "strand"), partners[i].getStrand());
        !known)
      return known;
  return {};
}

Checked check_state(const Context& context, Body<schema::PartnerSigned> body) {
  const auto pool = known_pool(context, body.getAct());
  if (!pool) return tl::unexpected(Refusal{"state", "act", pool.error().sentence});
  if (!has_to_sign(context, **pool))
    return by_state("act", context.publisher, " is no partner of pool ", (*pool)->pool,
                    " that has yet to sign.");
  return {};
}

Checked check_state(const Context& context, Body<schema::ContributionCommitted> body) {
  const auto pool = pool_in_force(context, body.getPool());
  if (!pool) return tl::unexpected(pool.error());
  return strand_of_partner(**pool, body.getStrand());
}

Checked check_state(const Context& context, Body<schema::ContributionPaid> body) {
  const auto pool = known_pool(context, body.getPool());
  if (!pool) return tl::unexpected(pool.error());
  return strand_of_partner(**pool, body.getStrand());
}

Checked check_state(const Context& context, Body<schema::SchemeAdded> body) {
  const Uuid scheme = read(body.getScheme());
  if (context.state.schemes.find({scheme}) != nullptr)
    return known_already("scheme", "scheme", scheme);
  const auto pool = pool_in_force(context, body.getPool());
  if (!pool) return tl::unexpected(pool.error());
  const auto owner = view(body.getOwner());
  if (std::ranges::none_of((*pool)->partners,
                           [&](const PartnerRow& own) { return own.strand.organisation == owner; }))
    return by_state("owner", owner, " is no partner of pool ", (*pool)->pool,
                    ", so it cannot own a scheme of it.");
  return {};
}

Checked check_state(const Context& context, Body<schema::PoolSpent> body) {
  const auto pool = known_pool(context, body.getPool());
  if (!pool) return tl::unexpected(pool.error());
  const auto scheme = known_scheme(context, body.getScheme(), (*pool)->pool);
  if (!scheme) return tl::unexpected(scheme.error());
  return {};
}

void post(const Context&, Body<schema::ContributionPaid> body, Legs& legs) {
  legs.move(allocation(), pooled(read(body.getPool())), read(body.getStrand()), body.getYear(),
            body.getPence());
}

/// Spending falls on the partners in proportion to what each has left in the pool this year,
/// exactly; what the pool has not got falls on the host, who paid it, until the variance is shared.
void post(const Context& context, Body<schema::PoolSpent> body, Legs& legs) {
  const auto* pool = context.state.pools.find({read(body.getPool())});
  if (pool == nullptr) return;
  const auto from = pooled(pool->pool);
  const auto to = spent(pool->pool);
  const auto year = posting_year(context, pool->host, Date{body.getOn()});
  std::vector<std::int64_t> weights;
  std::int64_t there = 0;
  for (const auto& partner : pool->partners) {
    weights.push_back(std::max<std::int64_t>(0, legs.balance(from, partner.strand, year)));
    there = saturating_add(there, weights.back());
  }
  const auto covered = std::min(body.getPence(), there);
  if (covered > 0) {
    const auto shares = split(covered, weights);
    check(shares.has_value(), "weights that are not negative and not all zero split");
    for (std::size_t i = 0; i < shares->size(); ++i)
      legs.move(from, to, pool->partners[i].strand, year, (*shares)[i]);
  }
  legs.move(from, to, host_partner(*pool).strand, year, body.getPence() - covered);
}

void apply(State& state, const Record& record, Body<schema::PoolAgreementProposed> body) {
  auto& pool = state.pools.change({read(body.getPool())});
  pool.organisation = record.event.getPublisher();
  pool.officer = record.event.getOfficer();
  pool.host = body.getHost();
  pool.manager = body.getManager();
  pool.risk_share = body.getRiskShare();
  pool.capital = body.getCapital();
  pool.hard_limit = body.getHardLimit();
  pool.from = body.getFrom();
  pool.to = body.getTo();
  for (const auto function : body.getFunctions()) pool.functions.emplace_back(function);
  for (const auto partner : body.getPartners()) {
    auto& row = pool.partners.emplace_back();
    row.strand = read(partner.getStrand());
    row.parts_per_million = partner.getPartsPerMillion();
    row.cap = partner.getCap();
  }
}

/// One signature is good for every strand that its organisation brings.
void apply(State& state, const Record& record, Body<schema::PartnerSigned> body) {
  auto* pool = state.pools.change_existing({read(body.getAct())});
  if (pool == nullptr) return;
  const auto publisher = view(record.event.getPublisher());
  for (auto& partner : pool->partners) partner.signed_ |= partner.strand.organisation == publisher;
  pool->in_force = std::ranges::all_of(pool->partners, &PartnerRow::signed_);
}

void apply(State& state, const Record&, Body<schema::ContributionCommitted> body) {
  auto* pool = state.pools.change_existing({read(body.getPool())});
  if (pool == nullptr) return;
  if (auto* partner = partner_of(*pool, body.getStrand()))
    partner->committed = saturating_add(partner->committed, body.getPence());
}

void apply(State& state, const Record&, Body<schema::ContributionPaid> body) {
  auto* pool = state.pools.change_existing({read(body.getPool())});
  if (pool == nullptr) return;
  if (auto* partner = partner_of(*pool, body.getStrand()))
    partner->paid = saturating_add(partner->paid, body.getPence());
}

namespace {

/// The scheme's owner bears what its schemes vary, under ownRisk.
void vary(State& state, const SchemeRow& scheme, std::int64_t pence) {
  auto* pool = state.pools.change_existing({scheme.pool});
  if (pool == nullptr) return;
  const auto owner = std::ranges::find_if(pool->partners, [&](const PartnerRow& own) {
    return own.strand.organisation == scheme.owner;
  });
  if (owner != pool->partners.end()) owner->varied = saturating_add(owner->varied, pence);
}

}  // namespace

void apply(State& state, const Record&, Body<schema::SchemeAdded> body) {
  auto& scheme = state.schemes.change({read(body.getScheme())});
  scheme.pool = read(body.getPool());
  scheme.function = body.getFunction();
  scheme.owner = body.getOwner();
  scheme.pence = body.getPence();
  vary(state, scheme, -scheme.pence);
}

void apply(State& state, const Record&, Body<schema::PoolSpent> body) {
  auto* scheme = state.schemes.change_existing({read(body.getScheme())});
  if (scheme == nullptr) return;
  scheme->spent = saturating_add(scheme->spent, body.getPence());
  vary(state, *scheme, body.getPence());
}

}  // namespace braid::ledger
