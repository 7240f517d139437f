#pragma once
#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "adapters/kafka/topics.hpp"

namespace braid::kafka {

/// The name that a cluster gave itself when it was made, the same from each of its brokers; empty
/// where none has told it within a few seconds. Throws Fault where no client can be made.
std::string cluster_id(const Connection& connection);

/// How far each of these reaches now: the offset behind its last message; -1 where no broker tells
/// within `patience`. Throws Fault where no client can be made.
std::vector<std::int64_t> ends_of(const Connection& connection,
                                  const std::vector<TopicPartition>& places,
                                  std::chrono::milliseconds patience);

}  // namespace braid::kafka
