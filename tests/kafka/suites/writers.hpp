#pragma once
#include "tests/support/kafka_ledger.hpp"
#include "tests/support/kafka_process.hpp"

namespace braid::test {

/// Watches who writes a ledger's partitions, as any reader can. Makes a folder of its own.
class Writers {
 public:
  explicit Writers(const KafkaLedger& ledger);

  /// By partition; nil where nobody has written.
  [[nodiscard]] std::map<std::uint32_t, kafka::WriterId> now() const;
  /// Whether within half a minute another writer of any partition is met, and has opened it.
  [[nodiscard]] bool change(const std::map<std::uint32_t, kafka::WriterId>& from) const;
  /// Void messages met, and gaps.
  [[nodiscard]] kafka::ReaderCounts counts() const;

  support::KafkaProcess process;

 private:
  std::vector<std::uint32_t> partitions_;
};

}  // namespace braid::test
