#include <catch2/catch.hpp>

#include "tests/support/kafka_topic.hpp"
#include "tests/support/local_broker.hpp"

using namespace braid::support;

TEST_CASE("three brokers lose nothing acknowledged when one is killed, and take it back") {
  LocalBroker brokers({.brokers = 3});
  const KafkaTopic topic{brokers.bootstrap(), "t"};
  topic.create(3, 3);
  for (std::int32_t partition = 0; partition < 3; ++partition)
    topic.produce({{"", "before", {}}}, partition);

  brokers.kill(2);
  for (std::int32_t partition = 0; partition < 3; ++partition)
    topic.produce({{"", "without", {}}}, partition);
  brokers.restart(2);
  brokers.kill(1);
  for (std::int32_t partition = 0; partition < 3; ++partition) {
    const auto read = topic.consume(2, 0, partition);
    REQUIRE(read.size() == 2);
    CHECK(read[0].value == "before");
    CHECK(read[1].value == "without");
  }
}
