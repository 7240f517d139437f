#include "adapters/kafka/log_fetch.hpp"

#include "adapters/kafka/ask_offset.hpp"
#include "adapters/kafka/faults.hpp"

namespace braid::kafka {
namespace {

constexpr std::chrono::milliseconds patience_for_bounds{2'000};

/// librdkafka 2.0.2 stops fetching for up to a second when its queue is full, so the queue is large
/// in messages and bounded in bytes: it holds about what is read in that second.
const std::vector<Property> properties = {
    {"auto.offset.reset", "error"},
    {"isolation.level", "read_uncommitted"},
    {"enable.auto.commit", "false"},
    {"enable.auto.offset.store", "false"},
    {"enable.partition.eof", "true"},
    {"check.crcs", "true"},
    {"queued.min.messages", "1000000"},
    {"queued.max.messages.kbytes", "262144"},
    {"fetch.message.max.bytes", "4194304"},
    {"socket.timeout.ms", "10000"},  // of a broker that stands still; leaders move sooner
    {"fetch.wait.max.ms", "100"},
    {"fetch.error.backoff.ms", "50"},
    {"reconnect.backoff.max.ms", "1000"},
    {"statistics.interval.ms", "5000"},
};

}  // namespace

LogFetch::LogFetch(const Connection& connection)
    : client_(connection.consumer(properties)),
      messages_(rd_kafka_queue_new(client_.get())),
      events_(rd_kafka_queue_get_main(client_.get())) {}

LogFetch::~LogFetch() {
  give_back();
  while (!started_.empty()) stop(TopicPartition(*started_.begin()));
}

void LogFetch::start(const TopicPartition& place, Offset offset) {
  stop(place);
  if (rd_kafka_consume_start_queue(topic(place.topic), place.partition, offset,
                                   messages_.get()) != 0)
    throw_fault(rd_kafka_last_error(), "read " + text_of(place));
  started_.insert(place);
}

void LogFetch::stop(const TopicPartition& place) {
  if (started_.erase(place) != 0) rd_kafka_consume_stop(topic(place.topic), place.partition);
}

LogFetch::Messages LogFetch::receive() {
  give_back();
  constexpr int at_once_ms = 0;
  const auto count = rd_kafka_consume_batch_queue(messages_.get(), at_once_ms, received_.data(),
                                                  received_.size());
  received_count_ = count < 0 ? 0 : static_cast<std::size_t>(count);
  return {received_.data(), received_count_};
}

Offset LogFetch::end_of(const TopicPartition& place) const {
  Offset first = 0;
  Offset end = 0;
  const auto error = rd_kafka_get_watermark_offsets(client_.get(), place.topic.c_str(),
                                                    place.partition, &first, &end);
  return error == RD_KAFKA_RESP_ERR_NO_ERROR && end >= 0 ? end : -1;
}

std::optional<LogFetch::Bounds> LogFetch::ask_bounds(const TopicPartition& place) const {
  const auto first = ask_offset(client_.get(), place, Edge::begin, patience_for_bounds);
  if (first.error != 0) return std::nullopt;
  const auto end = ask_offset(client_.get(), place, Edge::end, patience_for_bounds);
  if (end.error != 0) return std::nullopt;
  return Bounds{first.offset, end.offset};
}

rd_kafka_topic_t* LogFetch::topic(const std::string& name) {
  auto& handle = topics_[name];
  if (!handle) handle.reset(rd_kafka_topic_new(client_.get(), name.c_str(), nullptr));
  if (!handle) throw_fault(rd_kafka_last_error(), "read " + name);
  return handle.get();
}

void LogFetch::give_back() {
  for (std::size_t i = 0; i < received_count_; ++i) rd_kafka_message_destroy(received_[i]);
  received_count_ = 0;
}

}  // namespace braid::kafka
