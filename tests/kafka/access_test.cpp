#include <array>
#include <catch2/catch.hpp>

#include "adapters/kafka/admin.hpp"
#include "adapters/kafka/topic_check.hpp"
#include "tests/support/local_broker.hpp"

using namespace braid;
using namespace braid::support;
using Catch::Contains;

// On a broker that asks who may do what.

namespace {

struct Rule {
  const char* topic;
  rd_kafka_ResourcePatternType_t pattern = RD_KAFKA_RESOURCE_PATTERN_LITERAL;
  const char* principal;
  rd_kafka_AclOperation_t operation = RD_KAFKA_ACL_OPERATION_WRITE;
  rd_kafka_AclPermissionType_t permission = RD_KAFKA_ACL_PERMISSION_TYPE_ALLOW;
};

void add(const kafka::Connection& connection, const Rule& rule) {
  std::array<char, 256> why{};
  auto* binding = rd_kafka_AclBinding_new(RD_KAFKA_RESOURCE_TOPIC, rule.topic, rule.pattern,
                                          rule.principal, "*", rule.operation, rule.permission,
                                          why.data(), why.size());
  INFO(why.data());
  REQUIRE(binding != nullptr);
  const auto answer = kafka::Admin(connection).ask(
      RD_KAFKA_ADMIN_OP_CREATEACLS, "add a rule",
      [&](auto* client, const auto* options, auto* queue) {
        rd_kafka_CreateAcls(client, &binding, 1, options, queue);
      });
  rd_kafka_AclBinding_destroy(binding);
  std::size_t count = 0;
  const auto** results =
      rd_kafka_CreateAcls_result_acls(rd_kafka_event_CreateAcls_result(answer.get()), &count);
  REQUIRE(count == 1);
  REQUIRE(rd_kafka_acl_result_error(results[0]) == nullptr);
}

}  // namespace

TEST_CASE("Who may write the log is said as the cluster's access lists have it") {
  const LocalBroker broker(
      {.settings = {"authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                    "super.users=User:ANONYMOUS"}});
  const kafka::Topics topics("county");
  const auto connection =
      kafka::Connection::open({broker.bootstrap(), topics.prefix(), "data", {}}).value();
  create_topics(connection, topics, 1, true);
  const auto of = [&](const std::string& topic) {
    for (auto& sentence : who_may_write(connection, topics))
      if (Contains("who may write " + topic + ",").match(sentence)) return sentence;
    return std::string();
  };
  CHECK_THAT(of("county.ledger"), Contains("is not known"));

  add(connection, {.topic = "county.ledger", .principal = "User:sequencer"});
  add(connection, {.topic = "county.ledger",
                   .principal = "User:reporting",
                   .operation = RD_KAFKA_ACL_OPERATION_READ});
  add(connection, {.topic = "county.ledger",
                   .principal = "User:council",
                   .permission = RD_KAFKA_ACL_PERMISSION_TYPE_DENY});
  add(connection, {.topic = "county.",
                   .pattern = RD_KAFKA_RESOURCE_PATTERN_PREFIXED,
                   .principal = "User:operator",
                   .operation = RD_KAFKA_ACL_OPERATION_ALL});
  CHECK_THAT(of("county.ledger"), Contains("User:sequencer may from host *") &&
                                      Contains("User:council must not from host *") &&
                                      Contains("User:operator may from host *") &&
                                      Contains("superusers may besides") &&
                                      !Contains("User:reporting") && !Contains("is not known"));
  CHECK_THAT(of("county.register"),
             Contains("User:operator may from host *") && !Contains("User:sequencer"));
}
