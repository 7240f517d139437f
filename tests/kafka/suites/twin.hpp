#pragma once
#include "adapters/lmdb/event_log.hpp"
#include "tests/support/kafka_ledger.hpp"

namespace braid::test {

/// An embedded ledger that is given what the queues of one on Kafka hold, at the same moments: also
/// where a sequencer ended inside a submission and another went on.
class EmbeddedTwin {
 public:
  explicit EmbeddedTwin(const KafkaLedger& ledger);

  /// Judges what the partition's queue holds, as long after one another as `original` tells. The
  /// register first.
  void live(std::uint32_t partition, const EntrySource& original);
  [[nodiscard]] std::unique_ptr<EntrySource> history(std::uint32_t partition) const {
    return log_.reader(partition);
  }
  /// The digest of its views, made anew.
  [[nodiscard]] Digest views(std::uint32_t partition) const;

 private:
  class Life;

  const KafkaLedger& ledger_;
  lmdb::LedgerDirectory directory_;
  lmdb::EventLog log_;
};

}  // namespace braid::test
