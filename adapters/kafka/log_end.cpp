#include "adapters/kafka/log_end.hpp"

#include "adapters/kafka/ask_offset.hpp"

namespace braid::kafka {

LogEnd::LogEnd(const Connection& connection)
    : client_(connection.consumer({{"isolation.level", "read_uncommitted"}})),
      events_(rd_kafka_queue_get_main(client_.get())) {}

std::optional<std::int64_t> LogEnd::ask(const TopicPartition& place,
                                        std::chrono::milliseconds patience) const {
  while (EventHandle(rd_kafka_queue_poll(events_.get(), 0))) {  // of brokers that come and go
  }
  const auto end = ask_offset(client_.get(), place, Edge::end, patience);
  if (end.error != 0) return std::nullopt;
  return end.offset;
}

}  // namespace braid::kafka
