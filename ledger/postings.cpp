#include "ledger/postings.hpp"

#include <algorithm>

#include "events/wide.hpp"
#include "ledger/refusals.hpp"

namespace braid::ledger {

namespace {

bool is_in(const Posting& posting, const Purse& purse, const Strand& strand, std::uint16_t year) {
  return posting.account == purse.account && posting.year == year &&
         posting.subject == purse.subject && posting.strand == strand;
}

bool is_in(const BalanceRow& row, const Purse& purse, const Strand& strand, std::uint16_t year) {
  return row.account == purse.account && row.year == year && row.subject == purse.subject &&
         row.sector == strand.sector && row.organisation == strand.organisation &&
         row.fund == strand.fund;
}

bool fits(Wide amount) {
  return amount <= std::numeric_limits<std::int64_t>::max() &&
         amount >= std::numeric_limits<std::int64_t>::min();
}

std::size_t count_strands(const std::vector<Posting>& legs) {
  std::size_t count = 0;
  for (auto leg = legs.begin(); leg != legs.end(); ++leg)
    count += std::none_of(legs.begin(), leg,
                          [&](const Posting& other) { return other.strand == leg->strand; });
  return count;
}

}  // namespace

void Legs::move(const Purse& from, const Purse& to, const Strand& strand, std::uint16_t year,
                std::int64_t pence) {
  if (pence == 0 || refusal_) return;
  if (pence == std::numeric_limits<std::int64_t>::min())
    return refuse("", say("An amount is larger than the ledger can hold."));
  add(from, strand, year, -pence);
  add(to, strand, year, pence);
}

void Legs::add(const Purse& purse, const Strand& strand, std::uint16_t year, std::int64_t pence) {
  post({.account = purse.account,
        .strand = strand,
        .year = year,
        .pence = pence,
        .subject = purse.subject});
}

void Legs::post(const Posting& posting) {
  if (refusal_) return;
  if (legs_.size() == max_postings)
    return refuse("", say("The money of this event would fall on more than ", max_postings,
                          " postings. Send it as several events."));
  const Purse purse{posting.account, posting.subject};
  if (!fits(Wide{balance(purse, posting.strand, posting.year)} + posting.pence))
    return refuse(
        "", say("The balance of ", posting.strand, " would be larger than the ledger can hold."));
  if (legs_.empty()) legs_.reserve(4);
  legs_.push_back(posting);
  if (auto* seen = look_up(purse, posting.strand, posting.year)) seen->moved += posting.pence;
}

void Legs::draw(const Purse& from, const Purse& to, const Strand& strand, std::int64_t pence,
                Date on) {
  const auto moved = draw_up_to(from, to, strand, pence);
  if (moved < pence)
    move(from, to, strand, posting_year(context_, strand.organisation, on), pence - moved);
}

std::int64_t Legs::draw_up_to(const Purse& from, const Purse& to, const Strand& strand,
                              std::int64_t pence) {
  const auto* budget = context_.state.budgets.find({from.subject});
  if (budget == nullptr) return 0;
  std::int64_t moved = 0;
  for (const auto& lot : budget->lots) {
    if (moved == pence) break;
    if (lot.strand != strand) continue;
    const auto part =
        std::min(pence - moved, std::max<std::int64_t>(0, balance(from, strand, lot.year)));
    move(from, to, strand, lot.year, part);
    moved += part;
  }
  return moved;
}

/// The place of a balance among those looked up; nothing where it has no row yet, or there are too
/// many.
Legs::Seen* Legs::look_up(const Purse& purse, const Strand& strand, std::uint16_t year) const {
  for (std::size_t i = 0; i < seen_count_; ++i)
    if (is_in(*seen_[i].row, purse, strand, year)) return &seen_[i];
  if (seen_count_ == seen_.size()) return nullptr;
  const auto* row = context_.state.balances.find(
      {purse.account, purse.subject, year, strand.organisation, strand.sector, strand.fund});
  if (row == nullptr) return nullptr;
  seen_[seen_count_] = {row, 0};
  return &seen_[seen_count_++];
}

std::int64_t Legs::balance(const Purse& purse, const Strand& strand, std::uint16_t year) const {
  if (const auto* seen = look_up(purse, strand, year)) return seen->row->pence + seen->moved;
  auto pence = context_.state.balance(purse.account, purse.subject, strand, year);
  for (const auto& leg : legs_)
    if (is_in(leg, purse, strand, year))
      pence += leg.pence;  // each leg was added only where this fits
  return pence;
}

std::int64_t Legs::available(const Purse& purse, const Strand& strand) const {
  const auto* budget = context_.state.budgets.find({purse.subject});
  std::int64_t sum = 0;
  if (budget == nullptr) return sum;
  for (const auto& lot : budget->lots)
    if (lot.strand == strand)
      sum = saturating_add(sum, std::max<std::int64_t>(0, balance(purse, strand, lot.year)));
  return sum;
}

void Legs::refuse(std::string field, std::string sentence) {
  if (!refusal_) refusal_ = Refusal{"arithmetic", std::move(field), std::move(sentence)};
}

tl::expected<std::vector<Posting>, Refusal> Legs::finish() && {
  if (!refusal_ && count_strands(legs_) > max_strands)
    refuse("", say("The money of this event would fall on more than ", max_strands,
                   " strands. Send it as several events."));
  if (refusal_) return tl::unexpected(std::move(*refusal_));
  return std::move(legs_);
}

}  // namespace braid::ledger
