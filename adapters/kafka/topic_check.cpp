#include "adapters/kafka/topic_check.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <optional>
#include <span>

#include "adapters/kafka/admin.hpp"
#include "adapters/kafka/faults.hpp"
#include "adapters/kafka/topic_settings.hpp"

namespace braid::kafka {
namespace {

using Unsafe = std::vector<UnsafeSetting>;

std::string missing_why(const LedgerTopic& topic) {
  return topic.name + " is not there; `braid init` makes the topics of a new ledger. Where it has "
         "held a history, that history is gone from the brokers: restore it from a mirror";
}

/// The replicas of the partition that has fewest.
int fewest_replicas(const rd_kafka_metadata_topic_t& topic) {
  auto fewest = std::numeric_limits<int>::max();
  const std::span partitions(topic.partitions, static_cast<std::size_t>(topic.partition_cnt));
  for (const auto& partition : partitions) fewest = std::min(fewest, partition.replica_cnt);
  return partitions.empty() ? 0 : fewest;
}

void check_layout(const LedgerTopic& topic, const rd_kafka_metadata_topic_t& found,
                  Unsafe& unsafe) {
  if (found.err != RD_KAFKA_RESP_ERR_NO_ERROR) throw_fault(found.err, "look at " + topic.name);
  if (found.partition_cnt != topic.partitions)
    unsafe.push_back({topic.name, "partitions", std::to_string(found.partition_cnt),
                      std::to_string(topic.partitions),
                      "publishers find a place's partition by their number: another number mixes "
                      "the places' histories; the ledger was founded with this one"});
  if (const auto fewest = fewest_replicas(found); fewest < replicas)
    unsafe.push_back({topic.name, "replication.factor", std::to_string(fewest),
                      std::to_string(replicas) + " or more",
                      "history is lost with the disks of so few brokers; reassign the topic's "
                      "partitions to more",
                      true});
}

std::optional<std::string> value_of(const rd_kafka_ConfigResource_t* resource,
                                    std::string_view name) {
  std::size_t count = 0;
  const auto** entries = rd_kafka_ConfigResource_configs(resource, &count);
  for (const auto* entry : std::span(entries, count))
    if (name == rd_kafka_ConfigEntry_name(entry)) {
      const auto* value = rd_kafka_ConfigEntry_value(entry);
      return value == nullptr ? std::string() : std::string(value);
    }
  return std::nullopt;
}

void check_settings(const LedgerTopic& topic, const rd_kafka_ConfigResource_t* found,
                    Unsafe& unsafe) {
  if (const auto error = rd_kafka_ConfigResource_error(found); error != RD_KAFKA_RESP_ERR_NO_ERROR)
    throw_fault(error, "read the settings of " + topic.name);
  for (const auto& setting : topic_settings()) {
    if (!setting.concerns(topic.role)) continue;
    const auto value = value_of(found, setting.name);
    if (value && setting.is_safe(*value)) continue;
    unsafe.push_back({topic.name, std::string(setting.name), value.value_or("not said"),
                      std::string(setting.expected), std::string(setting.why),
                      setting.tolerated_on_single_broker});
  }
}

EventHandle describe(const Admin& admin, const std::vector<LedgerTopic>& topics) {
  std::vector<ConfigResourceHandle> resources;
  std::vector<rd_kafka_ConfigResource_t*> borrowed;
  for (const auto& topic : topics) {
    resources.emplace_back(
        rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, topic.name.c_str()));
    borrowed.push_back(resources.back().get());
  }
  return admin.ask(
      RD_KAFKA_ADMIN_OP_DESCRIBECONFIGS, "read the topics' settings",
      [&](rd_kafka_t* client, const rd_kafka_AdminOptions_t* options, rd_kafka_queue_t* queue) {
        rd_kafka_DescribeConfigs(client, borrowed.data(), borrowed.size(), options, queue);
      });
}

std::string_view words_for(rd_kafka_AclPermissionType_t permission) {
  return permission == RD_KAFKA_ACL_PERMISSION_TYPE_DENY ? "must not" : "may";
}

std::string not_known(const std::string& topic) {
  return "who may write " + topic +
         ", which only sequencers should, is not known: the brokers name no rule about it. Where "
         "they have no authorizer, anybody who reaches them may, and with one, whom it lets do "
         "what no rule forbids. What others than sequencers write is void, and counted";
}

/// The rules about writing among those of one topic.
std::string write_rules(const std::string& topic, rd_kafka_event_t* answer) {
  std::size_t count = 0;
  const auto** rules = rd_kafka_DescribeAcls_result_acls(
      rd_kafka_event_DescribeAcls_result(answer), &count);
  std::string text;
  for (const auto* rule : std::span(rules, count)) {
    const auto operation = rd_kafka_AclBinding_operation(rule);
    if (operation != RD_KAFKA_ACL_OPERATION_WRITE && operation != RD_KAFKA_ACL_OPERATION_ALL)
      continue;
    text += (text.empty() ? "" : ", ") + std::string(rd_kafka_AclBinding_principal(rule)) + " " +
            std::string(words_for(rd_kafka_AclBinding_permission_type(rule))) + " from host " +
            rd_kafka_AclBinding_host(rule);
  }
  if (text.empty()) return not_known(topic);
  return "who may write " + topic + ", which only sequencers should: " + text +
         "; superusers may besides";
}

std::string who_may_write_topic(const Admin& admin, const std::string& topic) {
  std::array<char, 256> details{};
  const AclFilterHandle filter(rd_kafka_AclBindingFilter_new(
      RD_KAFKA_RESOURCE_TOPIC, topic.c_str(), RD_KAFKA_RESOURCE_PATTERN_MATCH, nullptr, nullptr,
      RD_KAFKA_ACL_OPERATION_ANY, RD_KAFKA_ACL_PERMISSION_TYPE_ANY, details.data(),
      details.size()));
  if (!filter) throw IoFault("cannot ask who may write " + topic + ": " + details.data());
  const auto doing = "ask who may write " + topic;
  const auto answer = admin.ask_whether(
      RD_KAFKA_ADMIN_OP_DESCRIBEACLS, doing,
      [&](rd_kafka_t* client, const rd_kafka_AdminOptions_t* options, rd_kafka_queue_t* queue) {
        rd_kafka_DescribeAcls(client, filter.get(), options, queue);
      });
  switch (const auto error = rd_kafka_event_error(answer.get())) {
    case RD_KAFKA_RESP_ERR_NO_ERROR:  // librdkafka 2.0.2 keeps the brokers' refusals to itself
      return write_rules(topic, answer.get());
    case RD_KAFKA_RESP_ERR_SECURITY_DISABLED:
    case RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED:
      return not_known(topic);
    default:
      throw_fault(error, doing);
  }
}

}  // namespace

std::vector<UnsafeSetting> check_topics(const Connection& connection, const Topics& topics,
                                        std::uint32_t partitions) {
  const Admin admin(connection);
  const auto metadata = admin.metadata();
  Unsafe unsafe;
  std::vector<LedgerTopic> there;
  for (const auto& topic : topics.all(partitions)) {
    if (const auto* found = find_topic(*metadata, topic.name)) {
      check_layout(topic, *found, unsafe);
      there.push_back(topic);
    } else {
      unsafe.push_back({topic.name, "topic", "missing", "there", missing_why(topic)});
    }
  }
  if (there.empty()) return unsafe;
  const auto answer = describe(admin, there);
  std::size_t count = 0;
  const auto** resources = rd_kafka_DescribeConfigs_result_resources(
      rd_kafka_event_DescribeConfigs_result(answer.get()), &count);
  for (const auto* resource : std::span(resources, count)) {
    const std::string_view name = rd_kafka_ConfigResource_name(resource);
    const auto topic = std::ranges::find(there, name, &LedgerTopic::name);
    if (topic != there.end()) check_settings(*topic, resource, unsafe);
  }
  return unsafe;
}

std::vector<std::string> who_may_write(const Connection& connection, const Topics& topics) {
  const Admin admin(connection);
  std::vector<std::string> sentences;
  for (const auto& topic : topics.all(1))
    if (topic.role == TopicRole::log) sentences.push_back(who_may_write_topic(admin, topic.name));
  return sentences;
}

}  // namespace braid::kafka
