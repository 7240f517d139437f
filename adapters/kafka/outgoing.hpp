#pragma once
#include <chrono>

#include "adapters/kafka/topics.hpp"

namespace braid::kafka {

/// One message to be sent. Borrows what it names; `value` until the message is delivered or its
/// client is gone, for it is not copied.
struct Outgoing {
  const TopicPartition* to = nullptr;
  std::string_view key;  ///< empty: none
  Bytes value;
  HeadersHandle headers;
  void* tag = nullptr;  ///< comes back with the delivery report
};

/// Hands it to librdkafka, and does not wait. What went wrong; 0: nothing.
int send(rd_kafka_t* producer, Outgoing message);

/// What became of a message.
struct Delivery {
  int error = 0;  ///< librdkafka's
  std::int64_t offset = -1;
};

/// Sends one message and waits for what becomes of it, as long as the client itself tries. Nobody
/// else sends by this client meanwhile, or drains `queue`, which is its main one.
Delivery deliver(rd_kafka_t* producer, rd_kafka_queue_t* queue, Outgoing message);

/// Of a producer that never loses, doubles or reorders by itself, and gives a message up after
/// `patience`; zero: never.
std::vector<Property> careful_producer(std::chrono::milliseconds patience);

}  // namespace braid::kafka
