#include <algorithm>
#include <array>
#include <thread>

#include "adapters/kafka/admin.hpp"
#include "adapters/kafka/faults.hpp"
#include "adapters/kafka/topic_settings.hpp"
#include "adapters/kafka/topics.hpp"

namespace braid::kafka {
namespace {

using std::chrono::milliseconds;

bool has_leaders(const rd_kafka_metadata_topic_t* topic) {
  if (topic == nullptr || topic->partition_cnt == 0) return false;
  const std::span partitions(topic->partitions, static_cast<std::size_t>(topic->partition_cnt));
  return std::ranges::all_of(partitions, [](const auto& each) { return each.leader >= 0; });
}

NewTopicHandle describe(const LedgerTopic& topic, bool single_broker) {
  std::array<char, 256> details{};
  NewTopicHandle made(rd_kafka_NewTopic_new(topic.name.c_str(), topic.partitions,
                                            single_broker ? 1 : replicas, details.data(),
                                            details.size()));
  if (!made) throw IoFault("cannot make the topic " + topic.name + ": " + details.data());
  for (const auto& setting : topic_settings())
    if (setting.concerns(topic.role)) {
      const std::string name(setting.name);
      const std::string value(single_broker ? setting.value_on_single_broker : setting.value);
      const auto error = rd_kafka_NewTopic_set_config(made.get(), name.c_str(), value.c_str());
      if (error != RD_KAFKA_RESP_ERR_NO_ERROR) throw_fault(error, "make the topic " + topic.name);
    }
  return made;
}

/// Another process may have made one meanwhile: that is no failure.
void expect_made(rd_kafka_event_t* answer) {
  std::size_t count = 0;
  auto** results = rd_kafka_CreateTopics_result_topics(
      rd_kafka_event_CreateTopics_result(answer), &count);
  for (const auto* result : std::span(results, count)) {
    const auto error = rd_kafka_topic_result_error(result);
    if (error == RD_KAFKA_RESP_ERR_NO_ERROR || error == RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS)
      continue;
    const std::string name = rd_kafka_topic_result_name(result);
    const auto* words = rd_kafka_topic_result_error_string(result);
    throw IoFault(sentence(error, "make the topic " + name) +
                  (words == nullptr ? "" : std::string(": ") + words));
  }
}

/// The brokers tell one another, which takes them a moment.
void wait_for_leaders(const Admin& admin, const std::vector<LedgerTopic>& topics) {
  constexpr milliseconds moment{50};
  const auto deadline =
      std::chrono::steady_clock::now() + milliseconds(Admin::patience_ms);
  for (;;) {
    const auto metadata = admin.metadata();
    const auto without = std::ranges::find_if_not(
        topics, [&](const auto& topic) { return has_leaders(find_topic(*metadata, topic.name)); });
    if (without == topics.end()) return;
    if (std::chrono::steady_clock::now() >= deadline)
      throw IoFault("the topic " + without->name +
                    " was made, and the brokers still name no leader of it; are all of them up?");
    std::this_thread::sleep_for(moment);
  }
}

}  // namespace

void create_topics(const Connection& connection, const Topics& topics, std::uint32_t partitions,
                   bool single_broker) {
  const Admin admin(connection);
  const auto all = topics.all(partitions);
  const auto there = admin.metadata();
  std::vector<NewTopicHandle> missing;
  for (const auto& topic : all)
    if (find_topic(*there, topic.name) == nullptr) missing.push_back(describe(topic, single_broker));
  if (!missing.empty()) {
    std::vector<rd_kafka_NewTopic_t*> borrowed;
    for (const auto& topic : missing) borrowed.push_back(topic.get());
    const auto answer = admin.ask(
        RD_KAFKA_ADMIN_OP_CREATETOPICS, "make the topics " + topics.prefix() + ".*",
        [&](rd_kafka_t* client, const rd_kafka_AdminOptions_t* options, rd_kafka_queue_t* queue) {
          rd_kafka_CreateTopics(client, borrowed.data(), borrowed.size(), options, queue);
        });
    expect_made(answer.get());
  }
  wait_for_leaders(admin, all);
}

}  // namespace braid::kafka
