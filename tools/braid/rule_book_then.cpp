#include "tools/braid/rule_book_then.hpp"

#include <algorithm>

#include "adapters/lmdb/event_log.hpp"
#include "events/table/memory_row_store.hpp"
#include "ledger/pending_history.hpp"
#include "ledger/replay.hpp"
#include "ledger/rules/rule.hpp"
#include "tools/braid/command.hpp"

namespace braid::cli {
namespace {

constexpr std::size_t batch_bytes = 1 << 20;

RuleBookThen rule_book_at(const EntrySource& registry, Sequence size, std::int64_t recorded_at_us) {
  MemoryRowStore rows;
  ledger::PendingHistory history(registry);
  ledger::State state(rows, history);
  follow_register(state, registry, size);
  RuleBookThen then{date_of(Instant{recorded_at_us}), state.rule_book_at(recorded_at_us), true,
                    true};
  then.adopted = then.book.version != 0;
  then.book.version = std::max<std::uint16_t>(then.book.version, 1);
  return then;
}

/// How many of the register's entries were recorded before this instant.
Sequence entries_before(const EntrySource& registry, std::int64_t us) {
  EntryBatch batch;
  Sequence size = 0;
  for (;;) {
    registry.read(size, batch_bytes, std::chrono::milliseconds{0}, batch);
    if (batch.entries.empty()) return size;
    for (const auto bytes : batch.entries) {
      if (EntryReader(bytes).head().recorded_at_us >= us) return size;
      ++size;
    }
  }
}

EntryHead head_of(const EntrySource& source, const std::string& partition, Sequence sequence) {
  EntryBatch batch;
  source.read(sequence, 1, std::chrono::milliseconds{0}, batch);
  if (batch.entries.empty())
    throw UsageError("--at " + std::to_string(sequence) + ": there is no such entry; " +
                     (partition == "register" ? "the register" : "partition " + partition) +
                     " has " + std::to_string(source.size()));
  return EntryReader(batch.entries[0]).head();
}

}  // namespace

RuleBookThen newest_rule_book(Date day) {
  RuleBookThen then;
  then.day = day;
  then.book.version = ledger::newest_rule_book;
  return then;
}

RuleBookThen rule_book_of_day(const Ledger& ledger, Date day) {
  const auto registry = lmdb::EventLog(ledger.directory).reader(register_partition);
  const auto end_of_day = start_of(Date{day.days + 1}).us;
  return rule_book_at(*registry, entries_before(*registry, end_of_day), end_of_day - 1);
}

RuleBookThen rule_book_of_entry(const Ledger& ledger, const std::string& partition,
                                Sequence sequence) {
  const lmdb::EventLog log(ledger.directory);
  const auto registry = log.reader(register_partition);
  const auto number = partition_named(ledger.founding, partition);
  const auto head = head_of(*log.reader(number), partition, sequence);
  return rule_book_at(*registry, head.register_size, head.recorded_at_us);
}

}  // namespace braid::cli
