#include "adapters/kafka/admin.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "adapters/kafka/faults.hpp"

namespace braid::kafka {

Admin::Admin(const Connection& connection)
    : client_(connection.producer({})), answers_(rd_kafka_queue_new(client_.get())) {}

MetadataHandle Admin::metadata() const {
  constexpr int all_topics = 1;
  const rd_kafka_metadata_t* metadata = nullptr;
  const auto error = rd_kafka_metadata(client_.get(), all_topics, nullptr, &metadata, patience_ms);
  if (error != RD_KAFKA_RESP_ERR_NO_ERROR) throw_fault(error, "ask the brokers for their topics");
  return MetadataHandle(metadata);
}

EventHandle Admin::ask(rd_kafka_admin_op_t operation, std::string_view doing,
                       const Send& send) const {
  auto answer = ask_whether(operation, doing, send);
  const auto error = rd_kafka_event_error(answer.get());
  if (error != RD_KAFKA_RESP_ERR_NO_ERROR) throw_fault(error, doing);
  return answer;
}

EventHandle Admin::ask_whether(rd_kafka_admin_op_t operation, std::string_view doing,
                               const Send& send) const {
  const AdminOptionsHandle options(rd_kafka_AdminOptions_new(client_.get(), operation));
  std::array<char, 256> details{};
  const auto error = rd_kafka_AdminOptions_set_request_timeout(options.get(), patience_ms,
                                                               details.data(), details.size());
  if (error != RD_KAFKA_RESP_ERR_NO_ERROR) throw_fault(error, doing);
  send(client_.get(), options.get(), answers_.get());
  constexpr int longer = 2 * patience_ms;  // librdkafka ends it sooner, with a reason
  EventHandle answer(rd_kafka_queue_poll(answers_.get(), longer));
  if (!answer) throw_fault(RD_KAFKA_RESP_ERR__TIMED_OUT, doing);
  return answer;
}

const rd_kafka_metadata_topic_t* find_topic(const rd_kafka_metadata_t& metadata,
                                            std::string_view name) {
  const std::span topics(metadata.topics, static_cast<std::size_t>(metadata.topic_cnt));
  const auto topic =
      std::ranges::find_if(topics, [&](const auto& each) { return name == each.topic; });
  return topic == topics.end() ? nullptr : &*topic;
}

}  // namespace braid::kafka
