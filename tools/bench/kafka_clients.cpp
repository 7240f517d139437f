#include "tools/bench/kafka_clients.hpp"

#include <array>
#include <memory>
#include <stdexcept>

namespace braid::bench {
namespace {

constexpr std::chrono::seconds patience_with_brokers{60};
constexpr int bounds_within_ms = 10'000;

const std::vector<kafka::Property> producing = {{"enable.idempotence", "true"},
                                                {"linger.ms", "1"},
                                                {"socket.nagle.disable", "true"},
                                                {"queue.buffering.max.messages", "10000000"},
                                                {"queue.buffering.max.kbytes", "1048576"}};
const std::vector<kafka::Property> consuming = {{"enable.auto.commit", "false"},
                                                {"auto.offset.reset", "error"},
                                                {"check.crcs", "true"},
                                                {"queued.min.messages", "1000000"},
                                                {"queued.max.messages.kbytes", "262144"},
                                                {"fetch.message.max.bytes", "4194304"},
                                                {"fetch.wait.max.ms", "100"},
                                                {"fetch.error.backoff.ms", "50"}};

[[noreturn]] void fail(const std::string& what, const std::string& why) {
  throw std::runtime_error(what + ": " + why);
}

}  // namespace

BareProducer::BareProducer(const kafka::Connection& connection, kafka::TopicPartition to,
                           Delivered delivered)
    : to_(std::move(to)),
      delivered_(std::move(delivered)),
      client_(connection.producer(producing)),
      queue_(rd_kafka_queue_get_main(client_.get())) {}

void BareProducer::send(std::size_t number, std::string_view key, Bytes value,
                        kafka::HeadersHandle headers) {
  std::array<rd_kafka_vu_t, 7> said{};
  said[0].vtype = RD_KAFKA_VTYPE_TOPIC;
  said[0].u.cstr = to_.topic.c_str();
  said[1].vtype = RD_KAFKA_VTYPE_PARTITION;
  said[1].u.i32 = to_.partition;
  said[2].vtype = RD_KAFKA_VTYPE_MSGFLAGS;
  said[2].u.i = RD_KAFKA_MSG_F_COPY;
  said[3].vtype = RD_KAFKA_VTYPE_KEY;
  said[3].u.mem = {const_cast<char*>(key.data()), key.size()};
  said[4].vtype = RD_KAFKA_VTYPE_VALUE;
  said[4].u.mem = {const_cast<std::byte*>(value.data()), value.size()};
  said[5].vtype = RD_KAFKA_VTYPE_OPAQUE;
  said[5].u.ptr = reinterpret_cast<void*>(number);
  said[6].vtype = RD_KAFKA_VTYPE_HEADERS;
  said[6].u.headers = headers.get();
  const auto count = headers ? said.size() : said.size() - 1;
  kafka::ErrorHandle error;
  for (;;) {
    error.reset(rd_kafka_produceva(client_.get(), said.data(), count));
    if (!error || rd_kafka_error_code(error.get()) != RD_KAFKA_RESP_ERR__QUEUE_FULL) break;
    poll(std::chrono::milliseconds{10});
  }
  if (error) fail("sending to " + text_of(to_), rd_kafka_error_string(error.get()));
  [[maybe_unused]] const auto* owned_by_message = headers.release();
  ++on_the_way_;
}

void BareProducer::poll(std::chrono::milliseconds patience) {
  auto wait = static_cast<int>(patience.count());
  for (;;) {
    const kafka::EventHandle event(rd_kafka_queue_poll(queue_.get(), std::exchange(wait, 0)));
    if (!event) return;
    if (rd_kafka_event_type(event.get()) != RD_KAFKA_EVENT_DR) continue;
    while (const auto* message = rd_kafka_event_message_next(event.get())) {
      if (message->err != RD_KAFKA_RESP_ERR_NO_ERROR)
        fail("sending to " + text_of(to_), rd_kafka_err2str(message->err));
      --on_the_way_;
      delivered_(reinterpret_cast<std::size_t>(message->_private), message->offset);
    }
  }
}

void BareProducer::finish() {
  const auto until = std::chrono::steady_clock::now() + patience_with_brokers;
  while (on_the_way_ != 0) {
    poll(std::chrono::milliseconds{100});
    if (std::chrono::steady_clock::now() > until) fail("sending to " + text_of(to_), "no report");
  }
}

BareConsumer::BareConsumer(const kafka::Connection& connection, kafka::TopicPartition from)
    : from_(std::move(from)),
      client_(connection.consumer(consuming)),
      topic_(rd_kafka_topic_new(client_.get(), from_.topic.c_str(), nullptr)),
      queue_(rd_kafka_queue_new(client_.get())) {
  static_cast<void>(end());
}

BareConsumer::~BareConsumer() {
  if (started_) rd_kafka_consume_stop(topic_.get(), from_.partition);
}

std::int64_t BareConsumer::end() const {
  std::int64_t first = 0;
  std::int64_t end = 0;
  const auto error = rd_kafka_query_watermark_offsets(
      client_.get(), from_.topic.c_str(), from_.partition, &first, &end, bounds_within_ms);
  if (error != RD_KAFKA_RESP_ERR_NO_ERROR) fail(text_of(from_), rd_kafka_err2str(error));
  return end;
}

void BareConsumer::start(std::int64_t offset) {
  if (rd_kafka_consume_start_queue(topic_.get(), from_.partition, offset, queue_.get()) != 0)
    fail(text_of(from_), rd_kafka_err2str(rd_kafka_last_error()));
  started_ = true;
}

std::size_t BareConsumer::read(std::chrono::milliseconds patience, const Take& take) {
  std::array<rd_kafka_message_t*, 1'024> messages{};
  messages[0] = rd_kafka_consume_queue(queue_.get(), static_cast<int>(patience.count()));
  if (messages[0] == nullptr) return 0;
  const auto more =
      rd_kafka_consume_batch_queue(queue_.get(), 0, messages.data() + 1, messages.size() - 1);
  const auto count = 1 + static_cast<std::size_t>(std::max<ssize_t>(more, 0));
  for (std::size_t i = 0; i < count; ++i) {
    const kafka::MessageHandle owned(messages[i]);
    if (owned->err == RD_KAFKA_RESP_ERR_NO_ERROR) take(*owned);
  }
  return count;
}

void BareConsumer::read_range(std::int64_t first, std::int64_t end, const Take& take) {
  start(first);
  bool done = first >= end;
  while (!done)
    if (read(patience_with_brokers, [&](const rd_kafka_message_t& message) {
          if (message.offset < end) take(message);
          done = message.offset + 1 >= end;
        }) == 0)
      fail(text_of(from_), "nothing comes");
  rd_kafka_consume_stop(topic_.get(), from_.partition);
  started_ = false;
}

}  // namespace braid::bench
