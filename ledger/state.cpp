#include "ledger/state.hpp"

#include <algorithm>

#include "events/date.hpp"
#include "events/faults.hpp"

namespace braid::ledger {

namespace {

constexpr std::size_t least_dirty_rows = 20'000;
constexpr std::size_t least_memory_bytes = std::size_t{16} << 20;
constexpr std::size_t least_rows_kept = 2'000;

// Where a state stands, beside its rows: format, last recorded at, generation, offset, index, open
// count as little-endian words; then its own chain and the register's, each after its length.
constexpr std::uint64_t position_format = 3;

void put(OwnedBytes& out, std::uint64_t word) {
  for (int i = 0; i < 8; ++i, word >>= 8) out.push_back(static_cast<std::byte>(word & 0xff));
}

void put(OwnedBytes& out, const EntryChain& chain) {
  const auto bytes = chain.bytes();
  put(out, bytes.size());
  out.insert(out.end(), bytes.begin(), bytes.end());
}

[[noreturn]] void unreadable(std::string_view why) {
  throw HistoryBroken("the state's position cannot be read (" + std::string(why) +
                      "); delete the state and it is built anew from the log");
}

class PositionReader {
 public:
  explicit PositionReader(Bytes bytes) : left_(bytes) {}

  std::uint64_t word() {
    std::uint64_t value = 0;
    for (const auto byte : take(8)) value = value >> 8 | std::to_integer<std::uint64_t>(byte) << 56;
    return value;
  }
  EntryChain chain() {
    auto chain = EntryChain::parse(take(word()));
    if (!chain) unreadable(chain.error());
    return std::move(*chain);
  }
  void end() const {
    if (!left_.empty()) unreadable("there is more than a position");
  }

 private:
  Bytes take(std::uint64_t size) {
    if (size > left_.size()) unreadable("it is cut");
    const auto taken = left_.first(size);
    left_ = left_.subspan(size);
    return taken;
  }

  Bytes left_;
};

}  // namespace

StateLimits StateLimits::shared_by(std::size_t states) {
  const StateLimits whole;
  const auto parts = std::max<std::size_t>(states, 1);
  return {.dirty_rows = std::max(whole.dirty_rows / parts, least_dirty_rows),
          .memory_bytes = std::max(whole.memory_bytes / parts, least_memory_bytes),
          .rows_kept = std::max(whole.rows_kept / parts, least_rows_kept)};
}

State::State(RowStore& store, const History& history, StateLimits limits)
    : ledger(store),
      organisations(store),
      keys(store),
      officers(store),
      delegations(store),
      powers(store),
      own_key_limits(store),
      funds(store),
      event_ids(store),
      reversals(store),
      balances(store),
      persons(store),
      requests(store),
      plans(store),
      approvals(store),
      exceptions(store),
      budgets(store),
      duties(store),
      runs(store),
      suppliers(store),
      orders(store),
      accounts(store),
      invoices(store),
      payments(store),
      notices(store),
      recharges(store),
      suspicions(store),
      spend_lists(store),
      pools(store),
      schemes(store),
      grants(store),
      actions(store),
      store_(store),
      history_(history),
      limits_(limits) {
  FlushedTable* const tables[] = {
      &ledger,      &organisations,  &keys,      &officers,   &delegations, &powers,
      &own_key_limits, &funds,       &event_ids, &reversals,  &balances,    &persons,
      &requests,    &plans,          &approvals, &exceptions, &budgets,     &duties,
      &runs,        &suppliers,      &orders,    &accounts,   &invoices,    &payments,
      &notices,     &recharges,      &suspicions, &spend_lists, &pools,     &schemes,
      &grants,      &actions};
  for (auto* table : tables) tables_.add(*table);
  load_position();
}

void State::load_position() {
  const auto stored = store_.position();
  if (!stored) return;
  PositionReader reader(*stored);
  if (reader.word() != position_format) unreadable("another version wrote it");
  last_recorded_at_us = static_cast<std::int64_t>(reader.word());
  next.generation = static_cast<std::uint32_t>(reader.word());
  next.offset = reader.word();
  next.index = static_cast<std::uint32_t>(reader.word());
  open_count = static_cast<std::uint32_t>(reader.word());
  own_chain = reader.chain();
  register_chain = reader.chain();
  reader.end();
}

void State::flush() {
  OwnedBytes position;
  put(position, position_format);
  put(position, static_cast<std::uint64_t>(last_recorded_at_us));
  for (const std::uint64_t word : {std::uint64_t{next.generation}, next.offset,
                                   std::uint64_t{next.index}, std::uint64_t{open_count}})
    put(position, word);
  put(position, own_chain);
  put(position, register_chain);
  tables_.flush(store_, position);
  if (tables_.memory_bytes() > limits_.memory_bytes) tables_.trim(limits_.rows_kept);
}

std::size_t State::dirty_rows() const { return tables_.dirty(); }

void State::flush_if_large() {
  if (tables_.dirty() > limits_.dirty_rows) flush();
}

std::int64_t State::balance(Account account, const Uuid& subject, const Strand& strand,
                            std::uint16_t year) const {
  const auto* row =
      balances.find({account, subject, year, strand.organisation, strand.sector, strand.fund});
  return row == nullptr ? 0 : row->pence;
}

std::optional<Original> State::original(const Uuid& event) const {
  const auto* known = event_ids.find({event});
  if (known == nullptr) return std::nullopt;
  const auto bytes = history_.entry_at(known->sequence);
  const EntryReader entry(bytes);
  const auto stored = entry.event_bytes();
  if (!entry.get().isAccepted() || !stored)
    throw HistoryBroken("the entry at " + std::to_string(known->sequence) +
                        " is not the accepted event that the state remembers");
  return Original{
      {stored->begin(), stored->end()}, postings_of(entry.get().getAccepted()), known->sequence};
}

AdoptedRuleBook State::rule_book_at(std::int64_t recorded_at_us) const {
  const auto* row = ledger.find({0});
  AdoptedRuleBook in_force;
  if (row == nullptr) return in_force;
  const auto day = date_of(Instant{recorded_at_us}).days;
  for (const auto& book : row->rule_books)
    if (book.from <= day) in_force = book;
  return in_force;
}

}  // namespace braid::ledger
