#pragma once
#include <string>
#include <vector>

#include "adapters/kafka/topics.hpp"

namespace braid::kafka {

/// A setting of a topic or broker on which the ledger's promises do not hold.
struct UnsafeSetting {
  std::string topic;
  std::string setting;   ///< as Kafka names it: "retention.ms", "partitions" ...
  std::string found;
  std::string expected;
  std::string why;       ///< what may be lost, and the remedy, in a sentence
  bool single_broker = false;  ///< tolerated on a single broker, for trying out
};

/// Asks the cluster: finite retention, compaction, replication below 3, min.insync.replicas below 2,
/// unclean election, message size below what a submission takes, a partition count other than the
/// founded one, a missing topic. `partitions`: as founded. Throws Fault where the brokers do not answer.
std::vector<UnsafeSetting> check_topics(const Connection& connection, const Topics& topics,
                                        std::uint32_t partitions);

}  // namespace braid::kafka
