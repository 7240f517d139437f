#include "adapters/kafka/outgoing.hpp"

#include <array>

namespace braid::kafka {
namespace {

rd_kafka_vu_t memory(rd_kafka_vtype_t type, Bytes bytes) {
  rd_kafka_vu_t argument{};
  argument.vtype = type;
  // librdkafka takes what it only reads as something it might write.
  argument.u.mem.ptr = const_cast<std::byte*>(bytes.data());
  argument.u.mem.size = bytes.size();
  return argument;
}

}  // namespace

int send(rd_kafka_t* producer, Outgoing message) {
  std::array<rd_kafka_vu_t, 6> arguments{};
  arguments[0].vtype = RD_KAFKA_VTYPE_TOPIC;
  arguments[0].u.cstr = message.to->topic.c_str();
  arguments[1].vtype = RD_KAFKA_VTYPE_PARTITION;
  arguments[1].u.i32 = message.to->partition;
  arguments[2] = memory(RD_KAFKA_VTYPE_VALUE, message.value);
  arguments[3].vtype = RD_KAFKA_VTYPE_OPAQUE;
  arguments[3].u.ptr = message.tag;
  arguments[4].vtype = RD_KAFKA_VTYPE_HEADERS;
  arguments[4].u.headers = message.headers.get();
  arguments[5] = memory(RD_KAFKA_VTYPE_KEY, as_bytes(message.key));
  const auto count = arguments.size() - (message.key.empty() ? 1 : 0);
  const ErrorHandle error(rd_kafka_produceva(producer, arguments.data(), count));
  if (error) return rd_kafka_error_code(error.get());
  static_cast<void>(message.headers.release());  // the message's from here on
  return RD_KAFKA_RESP_ERR_NO_ERROR;
}

Delivery deliver(rd_kafka_t* producer, rd_kafka_queue_t* queue, Outgoing message) {
  static constexpr int look_again_ms = 1'000;
  if (const auto error = send(producer, std::move(message)); error != 0) return {error, -1};
  for (;;) {
    const EventHandle event(rd_kafka_queue_poll(queue, look_again_ms));
    if (!event || rd_kafka_event_type(event.get()) != RD_KAFKA_EVENT_DR) continue;
    const auto* report = rd_kafka_event_message_next(event.get());
    return {report->err, report->offset};
  }
}

std::vector<Property> careful_producer(std::chrono::milliseconds patience) {
  return {
      {"enable.idempotence", "true"},
      {"acks", "all"},
      {"message.timeout.ms", std::to_string(patience.count())},
      {"linger.ms", "0"},
      {"topic.metadata.propagation.max.ms", "5000"},  // then what is unknown is missing
      {"message.max.bytes", "2000000"},
  };
}

}  // namespace braid::kafka
