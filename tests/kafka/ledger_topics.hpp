#pragma once
#include "adapters/kafka/outgoing.hpp"
#include "adapters/kafka/topics.hpp"
#include "tests/support/kafka_topic.hpp"

namespace braid::test {

/// A ledger's topics, empty and of a test's own, on a broker that is there; removed at the end.
class LedgerTopics {
 public:
  explicit LedgerTopics(const std::string& brokers, std::uint32_t partitions = 1);
  ~LedgerTopics();
  LedgerTopics(const LedgerTopics&) = delete;
  LedgerTopics& operator=(const LedgerTopics&) = delete;

  /// As a plain client sees it: partition numbers are Kafka's.
  [[nodiscard]] support::KafkaTopic topic(const kafka::TopicPartition& of) const;
  /// Sends values as a plain client does.
  void produce(const kafka::TopicPartition& to, const std::vector<std::string>& values) const;
  /// Deletes what stands before an offset, as retention does.
  void delete_before(const kafka::TopicPartition& from, std::int64_t offset) const;
  /// Sends a message in a transaction of a stranger, and ends that: its mark follows the message
  /// when this returns. (Kafka answers that it has ended before it writes the mark.)
  void produce_in_transaction(const kafka::TopicPartition& to, const std::string& value,
                              bool commit) const;

  const std::string brokers;
  const kafka::Topics topics;
  const kafka::Connection connection;

 private:
  std::uint32_t partitions_;
};

}  // namespace braid::test
