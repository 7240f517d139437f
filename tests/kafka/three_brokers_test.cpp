#include <catch2/catch.hpp>

#include "adapters/kafka/log_end.hpp"
#include "tests/support/kafka_topic.hpp"
#include "tests/support/local_broker.hpp"

using namespace braid;
using namespace braid::support;
using namespace std::chrono_literals;

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

TEST_CASE("where a partition ends is told by who leads it now, whichever broker dies") {
  LocalBroker brokers({.brokers = 3});
  const KafkaTopic topic{brokers.bootstrap(), "t"};
  topic.create(3, 3);
  kafka::Address address;
  address.brokers = brokers.bootstrap();
  const kafka::LogEnd log_end(kafka::Connection::open(address).value());
  const auto require_ends = [&](std::int64_t end) {
    for (std::int32_t partition = 0; partition < 3; ++partition)
      CHECK(log_end.ask({"t", partition}, 30s) == end);
  };
  require_ends(0);
  for (std::int32_t partition = 0; partition < 3; ++partition)
    topic.produce({{"", "one", {}}}, partition);
  for (int died = 1; died <= 3; ++died) {
    INFO("broker " << died << " died");
    brokers.kill(died);
    require_ends(1);
    brokers.restart(died);
  }
}
