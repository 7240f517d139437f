#include "tests/support/kafka_copies.hpp"

#include "adapters/lmdb/event_log.hpp"
#include "adapters/lmdb/row_store.hpp"
#include "adapters/lmdb/view_directory.hpp"
#include "events/merkle.hpp"
#include "projections/worker.hpp"

namespace braid::test {

EntryChain chain_of(const EntrySource& source) {
  EntryChain chain;
  EntryBatch batch;
  for (;;) {
    source.read(chain.size(), 1 << 20, std::chrono::milliseconds{0}, batch);
    if (batch.entries.empty()) return chain;
    for (const auto bytes : batch.entries)
      chain.follow(EntryReader(bytes).head(), leaf_hash(bytes));
  }
}

EntryChain chain_of(const KafkaLedger& ledger, const std::string& member, std::uint32_t partition) {
  return chain_of(*lmdb::EventLog(ledger.directory(member)).reader(partition));
}

std::optional<Digest> views_of(const KafkaLedger& ledger, const std::string& member,
                               std::uint32_t partition) {
  const auto directory = lmdb::LedgerDirectory::open(ledger.folder(member) / "data");
  if (!directory) return std::nullopt;
  const auto current = lmdb::ViewDirectory(directory->views(partition)).current();
  if (!current) return std::nullopt;
  return projections::views_digest(lmdb::RowSnapshot(current->folder()));
}

}  // namespace braid::test
