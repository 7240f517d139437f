#pragma once
#include <chrono>
#include <functional>
#include <string_view>

#include "adapters/kafka/topics.hpp"
#include "events/bytes.hpp"

namespace braid::bench {

/// librdkafka's own idempotent producer with nothing above it: many messages on their way, in order.
/// Thread: one.
class BareProducer {
 public:
  /// Hears where a message came to lie, by the number that it was sent with.
  using Delivered = std::function<void(std::size_t number, std::int64_t offset)>;

  BareProducer(const kafka::Connection& connection, kafka::TopicPartition to, Delivered delivered);

  void send(std::size_t number, std::string_view key, Bytes value, kafka::HeadersHandle headers);
  /// Hears reports that lie ready. Throws where a message was not delivered.
  void poll(std::chrono::milliseconds patience = std::chrono::milliseconds{0});
  /// Until every message is delivered.
  void finish();

 private:
  kafka::TopicPartition to_;
  Delivered delivered_;
  kafka::ClientHandle client_;
  kafka::QueueHandle queue_;
  std::size_t on_the_way_ = 0;
};

/// librdkafka's own consumer of one partition, set as the follower's is. Thread: one.
class BareConsumer {
 public:
  using Take = std::function<void(const rd_kafka_message_t& message)>;

  /// Knows the partition's leader when this returns.
  BareConsumer(const kafka::Connection& connection, kafka::TopicPartition from);
  ~BareConsumer();
  BareConsumer(const BareConsumer&) = delete;
  BareConsumer& operator=(const BareConsumer&) = delete;

  /// Where the partition ends now.
  [[nodiscard]] std::int64_t end() const;
  void start(std::int64_t offset);
  /// What lies ready, after waiting for the first of it. How many messages.
  std::size_t read(std::chrono::milliseconds patience, const Take& take);
  /// From `first` up to `end`; throws where nothing comes for a minute.
  void read_range(std::int64_t first, std::int64_t end, const Take& take);

 private:
  kafka::TopicPartition from_;
  kafka::ClientHandle client_;
  kafka::TopicHandle topic_;
  kafka::QueueHandle queue_;
  bool started_ = false;
};

}  // namespace braid::bench
