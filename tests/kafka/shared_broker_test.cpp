#include <catch2/catch.hpp>

#include "tests/support/kafka_topic.hpp"
#include "tests/support/local_broker.hpp"

using namespace braid::support;

namespace {

/// A topic of this test's own on the broker that all share.
KafkaTopic fresh_topic() { return {shared_broker(), fresh_name()}; }

}  // namespace

TEST_CASE("the shared broker keeps a message, its key and its headers as they were sent") {
  const auto topic = fresh_topic();
  topic.create(2);
  const std::vector<KafkaMessage> sent = {
      {"QUY", std::string("\0\x01\xff", 3), {{"ce_id", "0"}, {"writer", std::string(16, '\x07')}}},
      {"", "", {}},
  };
  topic.produce(sent, 1);

  auto read = topic.consume(2, 0, 1);
  REQUIRE(read.size() == 2);
  CHECK(read[0].offset == 0);
  CHECK(read[1].offset == 1);
  for (auto& message : read) message.offset = -1;
  CHECK(read == sent);
  topic.remove();
}

TEST_CASE("the shared broker makes no topic that nobody made") {
  const auto topic = fresh_topic();
  CHECK_FALSE(topic.exists());
  CHECK_FALSE(topic.exists());
  topic.create();
  CHECK(topic.exists());
}
