#include "adapters/kafka/log_end.hpp"

namespace braid::kafka {

// librdkafka asks a broker that has died three times, for so long each, whatever patience it is given.
LogEnd::LogEnd(const Connection& connection)
    : client_(connection.producer({{"socket.timeout.ms", "1000"}})), events_(rd_kafka_queue_get_main(client_.get())) {}

std::optional<std::int64_t> LogEnd::ask(const TopicPartition& place,
                                        std::chrono::milliseconds patience) const {
  while (EventHandle(rd_kafka_queue_poll(events_.get(), 0))) {  // of brokers that come and go
  }
  std::int64_t first = 0;
  std::int64_t end = 0;
  const auto error = rd_kafka_query_watermark_offsets(client_.get(), place.topic.c_str(),
                                                      place.partition, &first, &end,
                                                      static_cast<int>(patience.count()));
  if (error != RD_KAFKA_RESP_ERR_NO_ERROR) return std::nullopt;
  return end;
}

}  // namespace braid::kafka
