#pragma once
#include <chrono>
#include <cstdint>

#include "adapters/kafka/topics.hpp"

namespace braid::kafka {

/// An end of a partition, as a ListOffsets request names it.
enum class Edge : std::int64_t { begin = -2, end = -1 };

/// What brokers answered: `offset` where `error` is 0, else librdkafka's code.
struct AskedOffset {
  int error = 0;
  std::int64_t offset = -1;
};

/// Asks the partition's leader for its first offset, or for the one behind its last message. Takes no
/// longer than `patience`, whatever brokers die: where the leader that is known does not answer, the
/// others are asked who leads. `client` is a consumer that reads uncommitted. Thread: any.
AskedOffset ask_offset(rd_kafka_t* client, const TopicPartition& place, Edge edge,
                       std::chrono::milliseconds patience);

}  // namespace braid::kafka
