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

/// For people: "braid.ledger/3".
std::string text_of(const TopicPartition& place);

/// What a topic holds, on which it depends what must be safe about it.
enum class TopicRole { submissions, log, receipts, checkpoints };

/// One of a ledger's topics.
struct LedgerTopic {
  std::string name;
  TopicRole role{};
  std::int32_t partitions = 0;

  bool operator==(const LedgerTopic&) const = default;
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
  /// Every topic, for a ledger founded with `partitions`.
  [[nodiscard]] std::vector<LedgerTopic> all(std::uint32_t partitions) const;
  [[nodiscard]] const std::string& prefix() const { return prefix_; }

 private:
  [[nodiscard]] TopicPartition find(TopicRole role, std::uint32_t partition) const;

  std::string prefix_;
};

/// Makes the topics that are missing, with the safe settings of topic_settings, and returns when all
/// of them have leaders. Replication 3, or 1 where `single_broker`. Throws Fault, naming topic and
/// reason.
void create_topics(const Connection& connection, const Topics& topics, std::uint32_t partitions,
                   bool single_broker);

}  // namespace braid::kafka
