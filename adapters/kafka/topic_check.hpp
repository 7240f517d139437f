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

/// Asks the cluster: a missing topic, a partition count other than the founded one, replication
/// below 3, and each row of topic_settings. `partitions`: as founded. Empty: all is safe. Throws
/// Fault where the brokers do not answer.
std::vector<UnsafeSetting> check_topics(const Connection& connection, const Topics& topics,
                                        std::uint32_t partitions);

/// Who may write the topics of the log, which only sequencers should: what the cluster's access
/// lists say of it, in a sentence a topic, or that it is not known. For people, for who is a
/// sequencer is not known here. librdkafka 2.0.2 does not tell a cluster without an authorizer from
/// one that refuses to say. Throws Fault where the brokers do not answer.
std::vector<std::string> who_may_write(const Connection& connection, const Topics& topics);

}  // namespace braid::kafka
