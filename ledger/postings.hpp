#pragma once
#include <array>
#include <vector>

#include "ledger/context.hpp"

namespace braid::ledger {

/// Where money stands: an account, for a budget, pool or grant, or (nil) for the fund itself.
struct Purse {
  Account account{};
  Uuid subject;

  bool operator==(const Purse&) const = default;
};

inline Purse funding() { return {Account::FUNDING, {}}; }
inline Purse allocation() { return {Account::ALLOCATION, {}}; }
inline Purse allocated(const Uuid& subject) { return {Account::ALLOCATED, subject}; }
inline Purse committed(const Uuid& subject) { return {Account::COMMITTED, subject}; }
inline Purse held(const Uuid& subject) { return {Account::HELD, subject}; }
inline Purse pooled(const Uuid& pool) { return {Account::POOL, pool}; }
inline Purse due(const Uuid& subject) { return {Account::DUE, subject}; }
inline Purse spent(const Uuid& subject) { return {Account::SPENT, subject}; }
inline Purse contribution(const Uuid& subject) { return {Account::CONTRIBUTION, subject}; }
inline Purse recovered(const Uuid& subject) { return {Account::RECOVERED, subject}; }

/// The legs of one event, in pairs: what leaves one purse arrives in another, of the same strand
/// and year, so that every strand sums to zero whatever is done here. Knows what earlier legs of
/// the same event have moved.
///
/// What 64 bits cannot hold, and more than an entry may have, is kept as a refusal that `finish`
/// answers with; until then every call is safe.
class Legs {
 public:
  static constexpr std::size_t max_postings = 40;
  static constexpr std::size_t max_strands = 20;

  /// Borrows the context.
  explicit Legs(const Context& context) : context_(context) {}
  Legs(const Legs&) = delete;
  Legs& operator=(const Legs&) = delete;

  /// Moves pence: `from` is credited, `to` debited. A negative amount moves the other way; nothing
  /// is no leg.
  void move(const Purse& from, const Purse& to, const Strand& strand, std::uint16_t year,
            std::int64_t pence);
  /// Moves `pence` (not negative) out of a budget's purse over the financial years in which this
  /// strand of it has money there: the oldest first; what there is no money for, in the posting
  /// year of `on`. `from.subject` is the budget.
  void draw(const Purse& from, const Purse& to, const Strand& strand, std::int64_t pence, Date on);
  /// As `draw`, but no more than there is; returns how much was moved.
  std::int64_t draw_up_to(const Purse& from, const Purse& to, const Strand& strand,
                          std::int64_t pence);
  /// One leg as it is, for the exact opposite of an earlier event. The caller answers for the
  /// balance.
  void post(const Posting& posting);

  /// What stands in a purse, this event's legs so far included.
  [[nodiscard]] std::int64_t balance(const Purse& purse, const Strand& strand,
                                     std::uint16_t year) const;
  /// What stands in a budget's purse of one strand: its positive balances over all years.
  [[nodiscard]] std::int64_t available(const Purse& purse, const Strand& strand) const;

  /// Keeps the first refusal (rule "arithmetic") that `finish` will answer with.
  void refuse(std::string field, std::string sentence);
  [[nodiscard]] tl::expected<std::vector<Posting>, Refusal> finish() &&;

 private:
  /// A balance that was looked up, and what this event has moved on it: most are asked for again.
  struct Seen {
    const BalanceRow* row = nullptr;
    std::int64_t moved = 0;
  };

  void add(const Purse& purse, const Strand& strand, std::uint16_t year, std::int64_t pence);
  Seen* look_up(const Purse& purse, const Strand& strand, std::uint16_t year) const;

  const Context& context_;
  std::vector<Posting> legs_;
  mutable std::array<Seen, 8> seen_;
  mutable std::size_t seen_count_ = 0;
  std::optional<Refusal> refusal_;
};

}  // namespace braid::ledger
