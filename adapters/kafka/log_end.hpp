#pragma once
#include <chrono>
#include <optional>

#include "adapters/kafka/connection.hpp"
#include "adapters/kafka/topics.hpp"

namespace braid::kafka {

/// Asks the brokers where partitions end: one question, nothing read. Thread: any.
class LogEnd {
 public:
  /// Throws Fault.
  explicit LogEnd(const Connection& connection);
  LogEnd(const LogEnd&) = delete;
  LogEnd& operator=(const LogEnd&) = delete;

  /// The offset behind the partition's last message; nothing where no broker answers within
  /// `patience`.
  [[nodiscard]] std::optional<std::int64_t> ask(const TopicPartition& place,
                                                std::chrono::milliseconds patience) const;

 private:
  ClientHandle client_;
  QueueHandle events_;
};

}  // namespace braid::kafka
