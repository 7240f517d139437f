#include "tools/braid/operator_keys.hpp"

#include "adapters/lmdb/event_log.hpp"
#include "events/entry.hpp"

namespace braid::cli {

OperatorKeys::OperatorKeys(const Ledger& ledger)
    : ledger_(ledger),
      keys_(ledger.founding.name, ledger.founding.operator_, ledger.founding.operator_key) {}

const ledger::CheckpointKeys& OperatorKeys::now() {
  keys_.follow(*lmdb::EventLog(ledger_.directory).reader(register_partition));
  return keys_;
}

ledger::LogKeys log_keys(const Ledger& ledger, std::uint32_t partition) {
  return OperatorKeys(ledger).now().of_log(partition);
}

std::optional<Sequence> register_covered(const Ledger& ledger, std::uint32_t partition,
                                         Sequence size) {
  if (size == 0) return 0;
  const auto log = lmdb::EventLog(ledger.directory).reader(partition);
  if (size > log->size()) return std::nullopt;
  if (partition == register_partition) return size;
  EntryBatch batch;
  log->read(size - 1, 1, std::chrono::milliseconds{0}, batch);
  if (batch.entries.empty()) return std::nullopt;
  return EntryReader(batch.entries.front()).head().register_size;
}

}  // namespace braid::cli
