#include <atomic>
#include <catch2/catch.hpp>
#include <thread>

#include "adapters/kafka/log_end.hpp"
#include "tests/contract/event_log_contract.hpp"
#include "tests/support/kafka_process.hpp"
#include "tests/support/kafka_topic.hpp"
#include "tests/support/local_broker.hpp"
#include "tests/support/soon.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace braid;
using namespace braid::support;
using namespace std::chrono_literals;
using Catch::Contains;

namespace {

constexpr std::uint32_t place = 0;

void broker_away_in_the_middle(LocalBroker& broker, const TemporaryFolder& folder,
                               const std::string& prefix, const std::function<void()>& away) {
  make_topics(broker.bootstrap(), prefix);
  KafkaProcess process(broker.bootstrap(), prefix, folder / prefix);
  const auto writer = process.log.take_over(place);
  append_numbered(*writer, 0, 100);
  std::atomic<Sequence> end = 0;
  std::thread appending([&] {
    for (Sequence at = 100; at < 2000; at += 50) {
      append_numbered(*writer, at, at + 50, 50);
      end = at + 50;
    }
  });
  CHECK(soon([&] { return end > 100; }));
  away();
  appending.join();
  CHECK(end == 2000);
  CHECK(count_numbered(*process.log.reader(place)) == 2000);
  KafkaProcess mirror(broker.bootstrap(), prefix, folder / (prefix + "-mirror"));
  mirror.follower.follow(place);
  REQUIRE(mirror.follower.catch_up(place, 30s));
  CHECK(count_numbered(*mirror.copy.reader(place)) == 2000);
}

}  // namespace

TEST_CASE("Appends wait for a broker that is away, go on when it is back, and lose nothing") {
  LocalBroker broker;
  const TemporaryFolder folder;
  broker_away_in_the_middle(broker, folder, "stopped", [&] { broker.restart(); });
  broker_away_in_the_middle(broker, folder, "killed", [&] {
    broker.kill();
    broker.restart();
  });
  broker_away_in_the_middle(broker, folder, "paused", [&] {
    broker.pause();
    std::this_thread::sleep_for(3s);
    broker.resume();
  });

  // It says that it waits, once, and that it goes on; and it can be told to stop waiting.
  std::atomic<bool> stopping = false;
  KafkaProcess process(broker.bootstrap(), "stopped", folder / "waiting",
                       {.stopping = [&] { return stopping.load(); }});
  const auto writer = process.log.take_over(place);
  broker.kill();
  CHECK(soon([&] { return process.has_said("no broker answers; waits"); }));
  std::thread telling([&] {
    std::this_thread::sleep_for(300ms);
    stopping = true;
  });
  CHECK_THROWS_WITH(append_numbered(*writer, 2000, 2010), Contains("told to stop"));
  telling.join();
  CHECK_THROWS_AS(append_numbered(*writer, 2000, 2010), Fenced);
  stopping = false;
  broker.restart();
  CHECK(soon([&] { return process.has_said("the brokers answer again"); }));
  const auto said = process.said();
  CHECK(std::ranges::count_if(said, [](const std::string& each) {
          return each.find("no broker answers") != std::string::npos;
        }) == 1);
  // Whether the broker had them when it was killed is for the log to say.
  const auto next = process.log.take_over(place);
  append_numbered(*next, process.log.reader(place)->size(), 2020);
  CHECK(count_numbered(*process.log.reader(place)) == 2020);
}

TEST_CASE("A question where a partition ends ends itself when no broker answers") {
  LocalBroker broker;
  const KafkaTopic topic{broker.bootstrap(), "asked"};
  topic.create(1, 1);
  topic.produce({{"", "one", {}}}, 0);
  kafka::Address address;
  address.brokers = broker.bootstrap();
  const kafka::LogEnd log_end(kafka::Connection::open(address).value());
  const kafka::TopicPartition asked{"asked", 0};
  constexpr std::int64_t nobody_said = -100;
  CHECK(log_end.ask(asked, 30s) == 1);
  CHECK_FALSE(log_end.ask({"never.made", 0}, 30s));
  broker.kill();
  CHECK_FALSE(log_end.ask(asked, 1s));
  broker.restart();
  CHECK(log_end.ask(asked, 30s) == 1);
  broker.pause();
  CHECK(log_end.ask(asked, 1s).value_or(nobody_said) == nobody_said);
  broker.resume();
  CHECK(log_end.ask(asked, 30s) == 1);
}
