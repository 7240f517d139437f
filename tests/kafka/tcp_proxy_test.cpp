#include "tests/support/tcp_proxy.hpp"

#include <catch2/catch.hpp>
#include <chrono>
#include <future>

#include "tests/support/kafka_topic.hpp"
#include "tests/support/local_broker.hpp"
#include "tests/support/soon.hpp"

using namespace braid::support;
using namespace std::chrono_literals;

namespace {

/// A broker, a proxy that it advertises, and a topic seen through it and past it.
struct Proxied {
  TcpProxy proxy;
  LocalBroker broker{{.advertised = {{1, proxy.address()}}}};

  Proxied() { proxy.forward_to(broker.proxied()); }
  [[nodiscard]] KafkaTopic through(const std::string& topic) const {
    return {proxy.address(), topic};
  }
  [[nodiscard]] KafkaTopic past(const std::string& topic) const {
    KafkaTopic made{broker.bootstrap(), topic};
    made.create();
    return made;
  }
};

std::future<void> sending(const KafkaTopic& topic, const std::string& value) {
  return std::async(std::launch::async, [=] { topic.produce({{"", value, {}}}); });
}

using Values = std::vector<std::string>;
Values values(const std::vector<KafkaMessage>& messages) {
  Values values;
  for (const auto& message : messages) values.push_back(message.value);
  return values;
}

void only_what_is_sent_to_the_proxy_passes_it(Proxied& given) {
  const auto past = given.past("passes");
  const auto through = given.through("passes");
  past.produce({{"", "past", {}}});
  CHECK(given.proxy.connections() == 0);
  through.produce({{"", "through", {}}});
  CHECK(values(through.consume(2)) == Values{"past", "through"});
  CHECK(soon([&] { return given.proxy.connections() == 0; }));
}

void what_is_held_arrives_after_what_was_sent_later(Proxied& given) {
  const auto past = given.past("held");
  given.proxy.hold(Towards::broker);
  auto held = sending(given.through("held"), "held");
  REQUIRE(soon([&] { return given.proxy.kept(Towards::broker) > 0; }));
  past.produce({{"", "later", {}}});
  CHECK(held.wait_for(0s) == std::future_status::timeout);
  given.proxy.release(Towards::broker);
  held.get();
  CHECK(values(past.consume(2)) == Values{"later", "held"});
}

void what_is_delayed_keeps_its_order(Proxied& given) {
  const auto past = given.past("delayed");
  given.proxy.delay(Towards::broker, 100ms);
  given.proxy.delay(Towards::client, 50ms);
  std::vector<KafkaMessage> sent;
  for (int i = 0; i < 100; ++i) sent.push_back({"", std::to_string(i), {}});
  given.through("delayed").produce(sent);
  given.proxy.delay(Towards::broker, 0ms);
  given.proxy.delay(Towards::client, 0ms);
  CHECK(values(past.consume(100)) == values(sent));
}

void an_answer_that_is_cut_off_makes_nothing_twice(Proxied& given) {
  const auto past = given.past("cut");
  given.proxy.hold(Towards::client);
  auto unanswered = sending(given.through("cut"), "once");
  REQUIRE(soon([&] { return given.proxy.kept(Towards::client) > 0; }));
  given.proxy.cut();
  given.proxy.release(Towards::client);
  unanswered.get();
  past.produce({{"", "last", {}}});
  CHECK(values(past.consume(3, 0, 0, 2s)) == Values{"once", "last"});
}

}  // namespace

TEST_CASE("a proxy passes, holds, delays and cuts what goes to a broker, and comes back") {
  Proxied given;  // one for all, since a broker takes seconds to start
  only_what_is_sent_to_the_proxy_passes_it(given);
  what_is_held_arrives_after_what_was_sent_later(given);
  what_is_delayed_keeps_its_order(given);
  an_answer_that_is_cut_off_makes_nothing_twice(given);
}

TEST_CASE("a proxy that leads nowhere sends its clients away") {
  const TcpProxy proxy;
  const KafkaTopic topic{proxy.address(), "t"};
  CHECK(topic.consume(1, 0, 0, 1s).empty());
  CHECK(proxy.connections() == 0);
}
