#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "adapters/kafka/connection.hpp"
#include "events/entry_source.hpp"

namespace braid::kafka {

/// One partition of one topic.
struct TopicPartition {
  std::string topic;
  std::int32_t partition = 0;

  auto operator<=>(const TopicPartition&) const = default;
};

/// Which topics a ledger's partitions have. `partition` is the ledger's: a place's number, or
/// `register_partition`, whose topics are of their own and have one partition.
class Topics {
 public:
  explicit Topics(std::string prefix) : prefix_(std::move(prefix)) {}

  [[nodiscard]] TopicPartition log(std::uint32_t partition) const;
  [[nodiscard]] TopicPartition submissions(std::uint32_t partition) const;
  [[nodiscard]] TopicPartition receipts(std::uint32_t partition) const;
  [[nodiscard]] TopicPartition checkpoints() const;
  /// The ledger's partition whose submissions come there; the reverse of `submissions`.
  [[nodiscard]] std::uint32_t partition_of_submissions(const TopicPartition& from) const;
  /// CloudEvents source: "/braid/0", "/braid/register".
  [[nodiscard]] std::string source(std::uint32_t partition) const;
  /// Every topic with its number of partitions, for a ledger founded with `partitions`.
  [[nodiscard]] std::vector<std::pair<std::string, std::int32_t>> all(std::uint32_t partitions) const;
  [[nodiscard]] const std::string& prefix() const { return prefix_; }

 private:
  std::string prefix_;
};

/// Makes the topics that are missing, with safe settings: kept for ever, never compacted,
/// min.insync.replicas 2 (1 on a single broker), no unclean election. Replication 3, or 1 where
/// `single_broker`. Throws Fault, naming topic and reason.
void create_topics(const Connection& connection, const Topics& topics, std::uint32_t partitions,
                   bool single_broker);

}  // namespace braid::kafka
