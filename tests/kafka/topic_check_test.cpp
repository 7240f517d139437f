#include "adapters/kafka/topic_check.hpp"

#include <catch2/catch.hpp>

#include "adapters/kafka/address.hpp"
#include "tests/support/kafka_process.hpp"
#include "tests/support/kafka_topic.hpp"
#include "tests/support/local_broker.hpp"

using namespace braid;
using namespace braid::support;
using kafka::UnsafeSetting;

namespace {

struct Cluster {
  std::string prefix = fresh_name();
  kafka::Connection connection =
      kafka::Connection::open({shared_broker(), prefix, "data", {}}).value();
  kafka::Topics topics{prefix};

  [[nodiscard]] std::vector<UnsafeSetting> check(std::uint32_t partitions = 2) const {
    return check_topics(connection, topics, partitions);
  }
};

/// "ledger retention.ms 604800000", without what a single broker cannot have.
std::vector<std::string> serious(const Cluster& cluster, const std::vector<UnsafeSetting>& found) {
  std::vector<std::string> lines;
  for (const auto& each : found)
    if (!each.single_broker)
      lines.push_back(each.topic.substr(cluster.prefix.size() + 1) + " " + each.setting + " " +
                      each.found);
  return lines;
}

}  // namespace

TEST_CASE("Topics that we made are safe, but for what a single broker cannot give") {
  const Cluster cluster;
  create_topics(cluster.connection, cluster.topics, 2, true);
  const auto unsafe = cluster.check();
  CHECK(serious(cluster, unsafe).empty());
  CHECK(unsafe.size() == 2 * 7);  // replication, and how many must have a message
  // Made again, nothing changes.
  create_topics(cluster.connection, cluster.topics, 2, true);
  CHECK(cluster.check().size() == unsafe.size());
}

TEST_CASE("Missing topics, other partition counts and the broker's own defaults are named") {
  const Cluster cluster;
  CHECK(cluster.check().size() == 7);
  for (const auto& topic : cluster.topics.all(2))
    KafkaTopic{shared_broker(), topic.name}.create(topic.role == kafka::TopicRole::log ? 3 : 1);
  const auto lines = serious(cluster, cluster.check());
  for (const auto* line :
       {"ledger partitions 3", "register partitions 3", "submissions partitions 1",
        "ledger retention.ms 604800000", "receipts retention.ms 604800000",
        "register message.timestamp.type CreateTime"}) {
    INFO(line);
    CHECK(std::ranges::find(lines, line) != lines.end());
  }
  CHECK(std::ranges::find(lines, "submissions retention.ms 604800000") == lines.end());
}

TEST_CASE("Without an authorizer it is said that who may write the log is not known") {
  const Cluster cluster;
  const auto sentences = who_may_write(cluster.connection, cluster.topics);
  REQUIRE(sentences.size() == 2);
  CHECK_THAT(sentences[0], Catch::Contains("who may write " + cluster.prefix + ".ledger") &&
                               Catch::Contains("is not known"));
}

TEST_CASE("More replicas than there are brokers cannot be had, and that is said with the topic") {
  const Cluster cluster;
  CHECK_THROWS_WITH(
      create_topics(cluster.connection, cluster.topics, 2, false),
      Catch::Contains("cannot make the topic " + cluster.prefix) && Catch::Contains("fewer brokers"));
}
