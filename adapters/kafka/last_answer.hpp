#pragma once
#include <chrono>
#include <cstdint>

#include "adapters/kafka/topics.hpp"

namespace braid::kafka {

/// Up to which offset of a partition's submissions answers are delivered, as the last of them say;
/// 0 where there is none. Never more than is true: answers come in order, but may come again. Waits
/// for brokers up to `patience`. Throws IoFault.
std::int64_t answered_up_to(const Connection& connection, const Topics& topics,
                            std::uint32_t partition, std::chrono::milliseconds patience);

}  // namespace braid::kafka
