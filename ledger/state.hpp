#pragma once
#include "events/entry.hpp"
#include "events/entry_chain.hpp"
#include "events/table/table.hpp"
#include "events/table/table_set.hpp"
#include "ledger/schema/state.rows.hpp"

namespace braid::ledger {

/// An accepted entry as `apply` takes it: what stands in the log, nothing more. Borrows.
struct Record {
  Sequence sequence = 0;
  bool of_register = false;
  bool followed = false;                ///< of the register, taken into the state of a place
  std::int64_t recorded_at_us = 0;
  schema::Event::Reader event;
  Digest hash;                          ///< leaf hash of the event's bytes
  std::span<const Posting> postings;
};

/// Answers "what does the entry at this place of our partition say?" from the log itself and from what is about to be
/// appended to it, so that the state need not hold the events.
class History {
 public:
  virtual ~History() = default;
  /// A copy of the entry's bytes. `sequence` is below the end of the log with what is pending.
  [[nodiscard]] virtual OwnedBytes entry_at(Sequence sequence) const = 0;
};

/// An accepted event from the history: its bytes and what the ledger found.
struct Original {
  OwnedBytes event;
  std::vector<Posting> postings;
  Sequence sequence = 0;
};

/// The next event to be judged: a submission's place in the queue, and how many of its events have
/// their entries already.
struct QueuePosition {
  std::uint32_t generation = 0;
  std::uint64_t offset = 0;
  std::uint32_t index = 0;

  bool operator==(const QueuePosition&) const = default;
};

/// How much of a state may stand in memory. Rows that were written are dropped above it; those that
/// changed are written.
struct StateLimits {
  std::size_t dirty_rows = 400'000;  ///< that may change before a replay or a sequencer flushes
  std::size_t memory_bytes = std::size_t{768} << 20;
  std::size_t rows_kept = 200'000;  ///< of a table, when rows are dropped

  /// A part for each of so many states of one process, which together keep to the limits of one.
  [[nodiscard]] static StateLimits shared_by(std::size_t states);
};

/// What the decider knows of one partition and of the register: tables over a row store, and
/// nothing else. `decide` reads it, only `apply` writes it. A projection of the log: lagging,
/// rebuilt from it, never the truth. Borrows store and history, which outlive it. Thread: the
/// sequencer's.
class State {
 public:
  State(RowStore& store, const History& history, StateLimits limits = {});

  // The tables, in the order of ledger/schema/state.capnp. Reading through a const State fills caches only.
  mutable Table<LedgerRow> ledger;
  mutable Table<OrganisationRow> organisations;
  mutable Table<KeyRow> keys;
  mutable Table<OfficerRow> officers;
  mutable Table<DelegationRow> delegations;
  mutable Table<PowerRow> powers;
  mutable Table<OwnKeyLimitRow> own_key_limits;
  mutable Table<FundRow> funds;
  mutable Table<EventIdRow> event_ids;
  mutable Table<ReversalRow> reversals;
  mutable Table<BalanceRow> balances;
  mutable Table<PersonRow> persons;
  mutable Table<RequestRow> requests;
  mutable Table<PlanRow> plans;
  mutable Table<ApprovalRow> approvals;
  mutable Table<ExceptionRow> exceptions;
  mutable Table<BudgetRow> budgets;
  mutable Table<DutyRow> duties;
  mutable Table<RunRow> runs;
  mutable Table<SupplierRow> suppliers;
  mutable Table<OrderRow> orders;
  mutable Table<AccountRow> accounts;
  mutable Table<InvoiceRow> invoices;
  mutable Table<PaymentRow> payments;
  mutable Table<NoticeRow> notices;
  mutable Table<RechargeRow> recharges;
  mutable Table<SuspicionRow> suspicions;
  mutable Table<SpendListRow> spend_lists;
  mutable Table<PoolRow> pools;
  mutable Table<SchemeRow> schemes;
  mutable Table<GrantRow> grants;
  mutable Table<ActionRow> actions;

  /// The pence on an account for a subject, strand and financial year. For a fund's own money `subject` is nil.
  [[nodiscard]] std::int64_t balance(Account account, const Uuid& subject, const Strand& strand,
                                     std::uint16_t year) const;
  /// An event accepted in this partition, from the log; nothing where there is none of that id.
  [[nodiscard]] std::optional<Original> original(const Uuid& event) const;
  /// The rule book in force on the day of `recorded_at_us`; version 0 before any is adopted.
  [[nodiscard]] AdoptedRuleBook rule_book_at(std::int64_t recorded_at_us) const;

  /// Writes what changed, and where in both histories this state stands, in one durable step.
  void flush();
  /// Rows changed since the last flush.
  [[nodiscard]] std::size_t dirty_rows() const;
  /// Flushes where more rows have changed than may.
  void flush_if_large();

  /// Where this state stands: in its partition and in the register. Stored with the rows.
  EntryChain own_chain;
  EntryChain register_chain;
  std::int64_t last_recorded_at_us = 0;
  QueuePosition next;
  std::uint32_t open_count = 0;         ///< events of the submission that `next` is in, or of the last one

 private:
  void load_position();

  RowStore& store_;
  const History& history_;
  StateLimits limits_;
  TableSet tables_;
};

}  // namespace braid::ledger
