#include "tests/support/kafka_topic.hpp"

#include <array>
#include <stdexcept>

#include "adapters/kafka/handles.hpp"
#include "tests/support/soon.hpp"

namespace braid::support {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;
constexpr auto patience_with_brokers = 30s;
using TopicHandle = std::unique_ptr<rd_kafka_topic_t, kafka::Destroy<rd_kafka_topic_destroy>>;
using MetadataHandle =
    std::unique_ptr<const rd_kafka_metadata_t, kafka::Destroy<rd_kafka_metadata_destroy>>;

[[noreturn]] void fail(const std::string& what, const std::string& why) {
  throw std::runtime_error(what + ": " + why);
}

kafka::ConfigurationHandle settings(
    const std::string& brokers,
    const std::vector<std::pair<const char*, const char*>>& more = {}) {
  kafka::ConfigurationHandle configuration(rd_kafka_conf_new());
  std::array<char, 512> why{};
  const auto set = [&](const char* name, const char* value) {
    if (rd_kafka_conf_set(configuration.get(), name, value, why.data(), why.size()) !=
        RD_KAFKA_CONF_OK)
      fail(name, why.data());
  };
  set("bootstrap.servers", brokers.c_str());
  set("log_level", "0");
  set("reconnect.backoff.max.ms", "500");
  for (const auto& [name, value] : more) set(name, value);
  return configuration;
}

kafka::ClientHandle client(rd_kafka_type_t type, kafka::ConfigurationHandle configuration) {
  std::array<char, 512> why{};
  kafka::ClientHandle made(rd_kafka_new(type, configuration.get(), why.data(), why.size()));
  if (!made) fail("no client", why.data());
  [[maybe_unused]] const auto* owned_by_client = configuration.release();
  return made;
}

/// Waits for the answer to an admin call that was put to `queue`.
kafka::EventHandle answer(const std::string& what, rd_kafka_queue_t* queue) {
  kafka::EventHandle event(rd_kafka_queue_poll(
      queue, static_cast<int>(std::chrono::milliseconds(patience_with_brokers).count())));
  if (!event) fail(what, "the brokers do not answer");
  if (rd_kafka_event_error(event.get()) != RD_KAFKA_RESP_ERR_NO_ERROR)
    fail(what, rd_kafka_event_error_string(event.get()));
  return event;
}

void check_topic(const std::string& what, const rd_kafka_topic_result_t* result) {
  if (rd_kafka_topic_result_error(result) == RD_KAFKA_RESP_ERR_NO_ERROR) return;
  const char* const words = rd_kafka_topic_result_error_string(result);
  fail(what, words != nullptr ? words : rd_kafka_err2str(rd_kafka_topic_result_error(result)));
}

kafka::HeadersHandle headers_of(const KafkaMessage& message) {
  kafka::HeadersHandle headers(rd_kafka_headers_new(message.headers.size()));
  for (const auto& [name, value] : message.headers)
    rd_kafka_header_add(headers.get(), name.data(), static_cast<ssize_t>(name.size()), value.data(),
                        static_cast<ssize_t>(value.size()));
  return headers;
}

void send(rd_kafka_t* producer, const KafkaTopic& topic, std::int32_t partition,
          const KafkaMessage& message) {
  auto headers = headers_of(message);
  std::array<rd_kafka_vu_t, 6> said{};
  said[0] = {RD_KAFKA_VTYPE_TOPIC, {.cstr = topic.name.c_str()}};
  said[1] = {RD_KAFKA_VTYPE_PARTITION, {.i32 = partition}};
  said[2] = {RD_KAFKA_VTYPE_MSGFLAGS, {.i = RD_KAFKA_MSG_F_COPY | RD_KAFKA_MSG_F_BLOCK}};
  said[3] = {RD_KAFKA_VTYPE_KEY,
             {.mem = {const_cast<char*>(message.key.data()), message.key.size()}}};
  said[4] = {RD_KAFKA_VTYPE_VALUE,
             {.mem = {const_cast<char*>(message.value.data()), message.value.size()}}};
  said[5] = {RD_KAFKA_VTYPE_HEADERS, {.headers = headers.get()}};
  const kafka::ErrorHandle error(rd_kafka_produceva(producer, said.data(), said.size()));
  if (error) fail("sending to " + topic.name, rd_kafka_error_string(error.get()));
  [[maybe_unused]] const auto* owned_by_message = headers.release();
}

KafkaMessage read(const rd_kafka_message_t& message) {
  KafkaMessage read{{static_cast<const char*>(message.key), message.key_len},
                    {static_cast<const char*>(message.payload), message.len},
                    {},
                    message.offset};
  rd_kafka_headers_t* headers = nullptr;
  if (rd_kafka_message_headers(&message, &headers) != RD_KAFKA_RESP_ERR_NO_ERROR) return read;
  const char* name = nullptr;
  const void* value = nullptr;
  std::size_t size = 0;
  for (std::size_t i = 0;
       rd_kafka_header_get_all(headers, i, &name, &value, &size) == RD_KAFKA_RESP_ERR_NO_ERROR; ++i)
    read.headers.emplace_back(name, std::string(static_cast<const char*>(value), size));
  return read;
}

}  // namespace

void KafkaTopic::create(int partitions, int replication) const {
  const auto made = client(RD_KAFKA_PRODUCER, settings(brokers));
  const kafka::QueueHandle queue(rd_kafka_queue_new(made.get()));
  auto* topic = rd_kafka_NewTopic_new(name.c_str(), partitions, replication, nullptr, 0);
  rd_kafka_CreateTopics(made.get(), &topic, 1, nullptr, queue.get());
  rd_kafka_NewTopic_destroy(topic);
  const auto event = answer("making topic " + name, queue.get());
  std::size_t count = 0;
  check_topic("making topic " + name,
              rd_kafka_CreateTopics_result_topics(
                  rd_kafka_event_CreateTopics_result(event.get()), &count)[0]);
  if (!soon([&] { return exists(); })) fail("making topic " + name, "the brokers do not show it");
}

void KafkaTopic::remove() const {
  const auto made = client(RD_KAFKA_PRODUCER, settings(brokers));
  const kafka::QueueHandle queue(rd_kafka_queue_new(made.get()));
  auto* topic = rd_kafka_DeleteTopic_new(name.c_str());
  rd_kafka_DeleteTopics(made.get(), &topic, 1, nullptr, queue.get());
  rd_kafka_DeleteTopic_destroy(topic);
  const auto event = answer("removing topic " + name, queue.get());
  std::size_t count = 0;
  check_topic("removing topic " + name,
              rd_kafka_DeleteTopics_result_topics(
                  rd_kafka_event_DeleteTopics_result(event.get()), &count)[0]);
}

bool KafkaTopic::exists() const {
  const auto made = client(RD_KAFKA_PRODUCER, settings(brokers));
  const TopicHandle topic(rd_kafka_topic_new(made.get(), name.c_str(), nullptr));
  const rd_kafka_metadata_t* found = nullptr;
  const auto error = rd_kafka_metadata(
      made.get(), 0, topic.get(), &found,
      static_cast<int>(std::chrono::milliseconds(patience_with_brokers).count()));
  if (error != RD_KAFKA_RESP_ERR_NO_ERROR) fail("asking for " + name, rd_kafka_err2str(error));
  const MetadataHandle metadata(found);
  return metadata->topic_cnt == 1 && metadata->topics[0].err == RD_KAFKA_RESP_ERR_NO_ERROR;
}

void KafkaTopic::produce(const std::vector<KafkaMessage>& messages, std::int32_t partition) const {
  rd_kafka_resp_err_t failure = RD_KAFKA_RESP_ERR_NO_ERROR;
  auto configuration = settings(brokers, {{"enable.idempotence", "true"}, {"linger.ms", "1"}});
  rd_kafka_conf_set_opaque(configuration.get(), &failure);
  rd_kafka_conf_set_dr_msg_cb(configuration.get(), [](auto*, const auto* report, void* opaque) {
    if (report->err != RD_KAFKA_RESP_ERR_NO_ERROR)
      *static_cast<rd_kafka_resp_err_t*>(opaque) = report->err;
  });
  const auto producer = client(RD_KAFKA_PRODUCER, std::move(configuration));
  for (const auto& message : messages) {
    send(producer.get(), *this, partition, message);
    rd_kafka_poll(producer.get(), 0);
  }
  const auto flushed = rd_kafka_flush(
      producer.get(),
      static_cast<int>(std::chrono::milliseconds(patience_with_brokers).count()));
  if (flushed != RD_KAFKA_RESP_ERR_NO_ERROR) {
    rd_kafka_purge(producer.get(), RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT);
    rd_kafka_flush(producer.get(), 1000);
    fail("sending to " + name, rd_kafka_err2str(flushed));
  }
  if (failure != RD_KAFKA_RESP_ERR_NO_ERROR)
    fail("sending to " + name, rd_kafka_err2str(failure));
}

std::vector<KafkaMessage> KafkaTopic::consume(std::size_t count, std::int64_t offset,
                                              std::int32_t partition,
                                              std::chrono::milliseconds patience) const {
  const auto consumer =
      client(RD_KAFKA_CONSUMER, settings(brokers, {{"group.id", "of-a-test"},
                                                   {"enable.auto.commit", "false"},
                                                   {"isolation.level", "read_uncommitted"},
                                                   {"auto.offset.reset", "error"}}));
  const kafka::PartitionListHandle assigned(rd_kafka_topic_partition_list_new(1));
  rd_kafka_topic_partition_list_add(assigned.get(), name.c_str(), partition)->offset = offset;
  if (const auto error = rd_kafka_assign(consumer.get(), assigned.get());
      error != RD_KAFKA_RESP_ERR_NO_ERROR)
    fail("reading " + name, rd_kafka_err2str(error));
  std::vector<KafkaMessage> messages;
  const auto end = Clock::now() + patience;
  while (messages.size() < count && Clock::now() < end) {
    const kafka::MessageHandle message(rd_kafka_consumer_poll(consumer.get(), 100));
    if (!message) continue;
    if (message->err == RD_KAFKA_RESP_ERR_NO_ERROR) messages.push_back(read(*message));
    else if (message->err == RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET)
      fail("reading " + name, rd_kafka_message_errstr(message.get()));
  }
  rd_kafka_consumer_close(consumer.get());
  return messages;
}

}  // namespace braid::support
