#include <algorithm>

#include "events/date.hpp"
#include "projections/fold.hpp"
#include "projections/schema/views.rows.hpp"
#include "projections/subject.hpp"

namespace braid::projections {

namespace {

struct PoolTables {
  Table<PoolRow> pools;
  Table<PoolSpendRow> spending;
  PoolTables(const RowReader& store, TableSet& set) : pools(store), spending(store) {
    set.add(pools);
    set.add(spending);
  }
};

PoolPartner* partner_of(PoolRow& pool, const Strand& strand) {
  const auto found = std::ranges::find(pool.partners, strand, &PoolPartner::strand);
  return found == pool.partners.end() ? nullptr : &*found;
}

PoolScheme* scheme_of(PoolRow& pool, const Uuid& scheme) {
  const auto found = std::ranges::find(pool.schemes, scheme, &PoolScheme::scheme);
  return found == pool.schemes.end() ? nullptr : &*found;
}

void fold(PoolTables& tables, const Record& record, Body<schema::PoolAgreementProposed> agreement) {
  auto& pool = tables.pools.change({read(agreement.getPool())});
  pool.name = agreement.getName();
  pool.place = record.event.getPlace();
  pool.host = agreement.getHost();
  pool.manager = agreement.getManager();
  pool.risk_share = agreement.getRiskShare();
  pool.from = agreement.getFrom();
  pool.to = agreement.getTo();
  for (const auto partner : agreement.getPartners())
    pool.partners.push_back(
        {.strand = read(partner.getStrand()), .parts_per_million = partner.getPartsPerMillion()});
}

/// A joint act is in force on the day the last partner signs. A successor signs for the body it
/// succeeds, so the strand's organisation may be another than the publisher: then the first partner
/// that has not signed.
void fold(PoolTables& tables, const Record& record, Body<schema::PartnerSigned> signing) {
  auto* pool = tables.pools.change_existing({read(signing.getAct())});
  if (pool == nullptr) return;
  const std::string publisher = record.event.getPublisher();
  const auto unsigned_yet = [](const PoolPartner& partner) { return partner.signed_ == no_day; };
  auto partner = std::ranges::find_if(pool->partners, [&](const PoolPartner& candidate) {
    return unsigned_yet(candidate) && candidate.strand.organisation == publisher;
  });
  if (partner == pool->partners.end()) partner = std::ranges::find_if(pool->partners, unsigned_yet);
  if (partner != pool->partners.end()) partner->signed_ = record.event.getEffective();
  if (std::ranges::none_of(pool->partners, unsigned_yet))
    pool->in_force = record.event.getEffective();
}

void fold(PoolTables& tables, const Record&, Body<schema::ContributionCommitted> committed) {
  auto* pool = tables.pools.change_existing({read(committed.getPool())});
  if (pool == nullptr) return;
  if (auto* partner = partner_of(*pool, read(committed.getStrand())))
    partner->committed += committed.getPence();
}

void fold(PoolTables& tables, const Record&, Body<schema::SchemeAdded> added) {
  auto* pool = tables.pools.change_existing({read(added.getPool())});
  if (pool == nullptr) return;
  pool->schemes.push_back({.scheme = read(added.getScheme()),
                           .function = added.getFunction(),
                           .owner = added.getOwner(),
                           .budget = added.getPence(),
                           .spent = 0});
}

void fold(PoolTables& tables, const Record& record, Body<schema::PoolSpent> spent) {
  auto& spend = tables.spending.change({id_of(record.event)});
  spend.pool = read(spent.getPool());
  spend.scheme = read(spent.getScheme());
  spend.pence = spent.getPence();
  auto* pool = tables.pools.change_existing({spend.pool});
  if (pool == nullptr) return;
  if (auto* scheme = scheme_of(*pool, spend.scheme)) scheme->spent += spend.pence;
}

void fold(PoolTables& tables, const Record&, Body<schema::EventReversed> reversed) {
  const auto* spend = tables.spending.find({read(reversed.getEvent())});
  if (spend == nullptr) return;
  auto* pool = tables.pools.change_existing({spend->pool});
  if (pool == nullptr) return;
  if (auto* scheme = scheme_of(*pool, spend->scheme)) scheme->spent -= spend->pence;
}

void fold(PoolTables& tables, const Record&, Body<schema::RiskShareApplied> applied) {
  auto* pool = tables.pools.change_existing({read(applied.getPool())});
  if (pool == nullptr) return;
  for (const auto share : applied.getShares()) {
    auto* partner = partner_of(*pool, read(share.getStrand()));
    if (partner == nullptr || partner->strand.organisation == pool->host)
      continue;  // the host owes itself nothing
    partner->risk_share +=
        share.getVariance() == schema::Change::INCREASE ? share.getPence() : -share.getPence();
  }
}

void fold(PoolTables& tables, const Record&, Body<schema::RiskShareSettled> settled) {
  auto* pool = tables.pools.change_existing({read(settled.getPool())});
  if (pool == nullptr) return;
  if (auto* partner = partner_of(*pool, read(settled.getStrand())))
    partner->risk_share -= settled.getVariance() == schema::Change::INCREASE ? settled.getPence()
                                                                             : -settled.getPence();
}

LeftAlone fold(PoolTables&, const Record&, RegisterKind auto) { return {}; }
LeftAlone fold(PoolTables&, const Record&, PersonKind auto) { return {}; }
LeftAlone fold(PoolTables&, const Record&, PlanKind auto) { return {}; }
LeftAlone fold(PoolTables&, const Record&, BudgetKind auto) { return {}; }
LeftAlone fold(PoolTables&, const Record&, PurchaseKind auto) { return {}; }
LeftAlone fold(PoolTables&, const Record&, PaymentKind auto) { return {}; }
LeftAlone fold(PoolTables&, const Record&, PoolKind auto) { return {}; }
LeftAlone fold(PoolTables&, const Record&, OutcomeKind auto) { return {}; }

/// Money moves by the ledger's postings, whatever the kind, so that reversals need no code of their
/// own. What a partner paid in came from its allocation; what a risk share moves is not paid, it
/// settles what was.
void take_postings(PoolTables& tables, const Record& record) {
  const bool is_risk_share = std::ranges::any_of(
      record.postings, [](const Posting& posting) { return posting.account == Account::DUE; });
  for (const auto& posting : record.postings) {
    if (posting.account != Account::POOL && posting.account != Account::SPENT) continue;
    auto* pool = tables.pools.change_existing({posting.subject});
    if (pool == nullptr) continue;
    pool->last_sequence = record.sequence();
    auto* partner = partner_of(*pool, posting.strand);
    if (posting.account == Account::POOL) pool->balance += posting.pence;
    if (partner == nullptr) continue;
    if (posting.account == Account::SPENT) partner->spent += posting.pence;
    const bool from_allocation = std::ranges::any_of(record.postings, [&](const Posting& other) {
      return other.account == Account::ALLOCATION && other.strand == posting.strand;
    });
    if (posting.account == Account::POOL && from_allocation && !is_risk_share)
      partner->paid += posting.pence;
  }
}

void flag(PoolTables& tables, const Record& record) {
  const auto flags = record.entry.getAccepted().getFlags().size();
  if (flags == 0) return;
  if (auto* pool = tables.pools.change_existing({subject_of(record.event)})) pool->flags += flags;
}

void fold_entry(PoolTables& tables, const Record& record) {
  if (!record.is_accepted()) return;
  fold_body(tables, record);
  take_postings(tables, record);
  flag(tables, record);
}

}  // namespace

const Projection pools_projection = {"pools", 1, TableFold<PoolTables>::start};

}  // namespace braid::projections
