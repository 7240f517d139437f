#include <catch2/catch.hpp>
#include <chrono>
#include <thread>

#include "tests/support/child_process.hpp"
#include "tests/support/kafka_topic.hpp"
#include "tests/support/local_broker.hpp"
#include "tests/support/soon.hpp"

using namespace braid::support;
using namespace std::chrono_literals;

namespace {

std::vector<std::string> values(const std::vector<KafkaMessage>& messages) {
  std::vector<std::string> values;
  for (const auto& message : messages) values.push_back(message.value);
  return values;
}

}  // namespace

TEST_CASE("a broker that is paused says nothing, and after kill and restart has what it had") {
  LocalBroker broker;
  const KafkaTopic topic{broker.bootstrap(), "t"};
  topic.create();
  topic.produce({{"", "before", {}}});

  broker.pause();
  CHECK(topic.consume(1, 0, 0, 1s).empty());
  broker.resume();
  CHECK(values(topic.consume(1)) == std::vector<std::string>{"before"});

  const auto address = broker.bootstrap();
  broker.kill();
  CHECK_THROWS_WITH(broker.pause(), Catch::Contains("broker 1 does not run"));
  broker.restart();
  CHECK(broker.bootstrap() == address);
  topic.produce({{"", "after", {}}});
  CHECK(values(topic.consume(2)) == std::vector<std::string>{"before", "after"});
}

TEST_CASE("brokers end, and their data goes, when the process they were started for is killed") {
  ChildProcess child([](const ChildProcess::Say& say) {
    LocalBroker broker;
    say(broker.data().string());
    for (;;) std::this_thread::sleep_for(1h);
    return 0;
  });
  const std::filesystem::path data = child.hear();
  REQUIRE(std::filesystem::exists(data / "1" / "broker.log"));
  child.kill();
  child.wait();
  CHECK(soon([&] { return !std::filesystem::exists(data); }));
  std::filesystem::remove_all(data.parent_path());
}
