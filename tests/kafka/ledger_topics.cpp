#include "tests/kafka/ledger_topics.hpp"

#include <stdexcept>

#include "adapters/kafka/admin.hpp"
#include "tests/support/local_broker.hpp"
#include "tests/support/soon.hpp"

namespace braid::test {
namespace {

constexpr int patience_ms = 30'000;

void require(rd_kafka_error_t* error) {
  const kafka::ErrorHandle owned(error);
  if (owned) throw std::runtime_error(rd_kafka_error_string(owned.get()));
}

}  // namespace

using support::KafkaMessage;
using support::KafkaTopic;

LedgerTopics::LedgerTopics(const std::string& at, std::uint32_t partitions)
    : brokers(at),
      topics(support::fresh_name()),
      connection(kafka::Connection::open({.brokers = at, .prefix = topics.prefix()}).value()),
      partitions_(partitions) {
  kafka::create_topics(connection, topics, partitions, true);
}

LedgerTopics::~LedgerTopics() {
  try {
    for (const auto& each : topics.all(partitions_)) KafkaTopic{brokers, each.name}.remove();
    // A broker that the test has stopped keeps nothing for others.
  } catch (const std::exception&) {  // NOLINT(bugprone-empty-catch)
  }
}

KafkaTopic LedgerTopics::topic(const kafka::TopicPartition& of) const {
  return {brokers, of.topic};
}

void LedgerTopics::produce(const kafka::TopicPartition& to,
                           const std::vector<std::string>& values) const {
  std::vector<KafkaMessage> messages;
  for (const auto& value : values) messages.push_back({"place", value, {}});
  topic(to).produce(messages, to.partition);
}

void LedgerTopics::delete_before(const kafka::TopicPartition& from, std::int64_t offset) const {
  const kafka::PartitionListHandle list(rd_kafka_topic_partition_list_new(1));
  rd_kafka_topic_partition_list_add(list.get(), from.topic.c_str(), from.partition)->offset =
      offset;
  auto* request = rd_kafka_DeleteRecords_new(list.get());
  const auto answer = kafka::Admin(connection).ask(
      RD_KAFKA_ADMIN_OP_DELETERECORDS, "delete records",
      [&](rd_kafka_t* client, const rd_kafka_AdminOptions_t* options, rd_kafka_queue_t* queue) {
        rd_kafka_DeleteRecords(client, &request, 1, options, queue);
      });
  rd_kafka_DeleteRecords_destroy(request);
}

void LedgerTopics::produce_in_transaction(const kafka::TopicPartition& to,
                                          const std::string& value, bool commit) const {
  const auto client =
      connection.producer({{"transactional.id", support::fresh_name()}});
  require(rd_kafka_init_transactions(client.get(), patience_ms));
  require(rd_kafka_begin_transaction(client.get()));
  const kafka::QueueHandle queue(rd_kafka_queue_get_main(client.get()));
  const auto sent =
      kafka::deliver(client.get(), queue.get(), {.to = &to, .value = as_bytes(value)});
  if (sent.error != 0) throw std::runtime_error("cannot send in a transaction");
  require(commit ? rd_kafka_commit_transaction(client.get(), patience_ms)
                 : rd_kafka_abort_transaction(client.get(), patience_ms));
  const bool marked = support::soon([&] {
    std::int64_t low = 0, end = 0;
    return rd_kafka_query_watermark_offsets(client.get(), to.topic.c_str(), to.partition, &low,
                                            &end, patience_ms) == RD_KAFKA_RESP_ERR_NO_ERROR &&
           end >= sent.offset + 2;
  });
  if (!marked) throw std::runtime_error("a transaction's mark does not come");
}

}  // namespace braid::test
