#pragma once
#include <chrono>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace braid::support {

// A plain client's view of a topic, for tests that stand beside Braid: they make topics, send what
// Braid never would, and read what it wrote. Each call has a client of its own, waits for the
// brokers (half a minute at most), and throws std::runtime_error with librdkafka's words.

using KafkaHeaders = std::vector<std::pair<std::string, std::string>>;

struct KafkaMessage {
  std::string key;
  std::string value;
  KafkaHeaders headers;
  std::int64_t offset = -1;  ///< set by reading

  bool operator==(const KafkaMessage&) const = default;
};

struct KafkaTopic {
  std::string brokers;
  std::string name;

  /// Returns when the brokers show it.
  void create(int partitions = 1, int replication = 1) const;
  void remove() const;
  /// Whether there is one; asking would make it where brokers make topics by themselves.
  [[nodiscard]] bool exists() const;
  /// Appends in order; returns when all in-sync replicas have all of it.
  void produce(const std::vector<KafkaMessage>& messages, std::int32_t partition = 0) const;
  /// `count` messages from `offset` on; fewer where `patience` runs out first.
  [[nodiscard]] std::vector<KafkaMessage> consume(
      std::size_t count, std::int64_t offset = 0, std::int32_t partition = 0,
      std::chrono::milliseconds patience = std::chrono::seconds(30)) const;
};

}  // namespace braid::support
