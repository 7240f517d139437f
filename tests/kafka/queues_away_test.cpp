#include <atomic>
#include <catch2/catch.hpp>
#include <thread>

#include "adapters/kafka/publisher.hpp"
#include "adapters/kafka/receipt_topic.hpp"
#include "adapters/kafka/submission_queue.hpp"
#include "tests/kafka/answers.hpp"
#include "tests/kafka/ledger_topics.hpp"
#include "tests/kafka/member.hpp"
#include "tests/support/local_broker.hpp"
#include "tests/support/soon.hpp"

using namespace braid;
using namespace braid::kafka;
using namespace std::chrono_literals;
using support::LocalBroker;
using support::soon;
using test::header;
using test::LedgerTopics;
using test::Member;
using test::place_of;
using test::receipts;
using test::Said;

namespace {

constexpr auto a_while = 500ms;

/// Of which submissions a partition's receipts are, in their order, each at its first coming.
std::vector<std::uint64_t> answered(const LedgerTopics& ledger, std::uint32_t partition,
                                    std::uint64_t last) {
  std::vector<std::uint64_t> all;
  const auto place = ledger.topics.receipts(partition);
  for (std::int64_t offset = 0; all.empty() || all.back() != last; ++offset) {
    const auto some = ledger.topic(place).consume(1'000, offset, place.partition, 3s);
    REQUIRE_FALSE(some.empty());
    for (const auto& message : some) {
      const auto number = std::stoull(header(message, "submission"));
      if (std::ranges::count(all, number) == 0) all.push_back(number);
      offset = message.offset;
    }
  }
  return all;
}

std::vector<std::uint64_t> numbers(std::uint64_t count) {
  std::vector<std::uint64_t> all;
  for (std::uint64_t i = 0; i < count; ++i) all.push_back(i);
  return all;
}

void send(ReceiptTopic& topic, std::uint32_t partition, std::uint64_t from, std::uint64_t end) {
  for (auto i = from; i < end; ++i) topic.send(partition, place_of(i, 0, 1), receipts(1));
}

void answers_wait_for(LocalBroker& broker, const std::function<void()>& goes,
                      const std::function<void()>& comes_back) {
  const LedgerTopics ledger(broker.bootstrap());
  Said said;
  {
    ReceiptTopic topic(ledger.connection, ledger.topics, said.listener());
    send(topic, 0, 0, 200);
    goes();
    send(topic, 0, 200, 500);
    std::this_thread::sleep_for(a_while);
    CHECK(said.last(0) <= 200);
    comes_back();
    CHECK(soon([&] { return said.last(0) == 500; }));
  }
  CHECK(std::ranges::is_sorted(said.of(0)));
  CHECK(answered(ledger, 0, 499) == numbers(500));
}

}  // namespace

TEST_CASE("Answers wait for a broker that is away, in order, within bounds, and lose nothing") {
  LocalBroker broker;
  answers_wait_for(broker, [&] { broker.kill(); }, [&] { broker.restart(); });
  answers_wait_for(broker, [&] { broker.pause(); }, [&] { broker.resume(); });

  // A full queue blocks who sends, and drains when the broker is back.
  const LedgerTopics ledger(broker.bootstrap());
  Said said;
  ReceiptTopic topic(ledger.connection, ledger.topics, said.listener(), {.messages = 50});
  send(topic, 0, 0, 10);
  REQUIRE(soon([&] { return said.last(0) == 10; }));
  broker.kill();
  std::atomic<std::uint64_t> sent = 10;
  std::thread sending([&] {
    for (; sent < 200; ++sent) send(topic, 0, sent, sent + 1);
  });
  CHECK(soon([&] { return sent == 60; }));
  std::this_thread::sleep_for(a_while);
  CHECK(sent == 60);
  broker.restart();
  sending.join();
  CHECK(soon([&] { return said.last(0) == 200; }));
  CHECK(answered(ledger, 0, 199) == numbers(200));

  // Who ends does not wait for brokers: a sender that would is told.
  broker.kill();
  std::atomic<bool> refused = false;
  std::thread stopped([&] {
    try {
      send(topic, 0, 200, 300);
    } catch (const IoFault&) {
      refused = true;
    }
  });
  std::this_thread::sleep_for(a_while);
  CHECK_FALSE(refused);
  topic.stop();
  stopped.join();
  CHECK(refused);
}

TEST_CASE("A term that ends while brokers are away takes its answers with it, and no one else's") {
  LocalBroker broker;
  const LedgerTopics ledger(broker.bootstrap(), 2);
  Said said;
  ReceiptTopic topic(ledger.connection, ledger.topics, said.listener(), {.messages = 60});
  send(topic, 0, 0, 5);
  send(topic, 1, 0, 5);
  REQUIRE(soon([&] { return said.last(0) == 5 && said.last(1) == 5; }));
  broker.kill();
  send(topic, 0, 5, 25);
  send(topic, 1, 5, 25);
  std::atomic<bool> went_on = false;
  std::thread waits([&] {
    send(topic, 0, 25, 60);
    went_on = true;
  });
  std::this_thread::sleep_for(a_while);
  CHECK_FALSE(went_on);  // 60 wait
  topic.end(0);
  waits.join();
  topic.begin(0, 5);
  send(topic, 0, 100, 101);
  broker.restart();
  CHECK(soon([&] { return said.last(0) == 101 && said.last(1) == 25; }));
  CHECK(answered(ledger, 1, 24) == numbers(25));
  CHECK(answered(ledger, 0, 100) == std::vector<std::uint64_t>{0, 1, 2, 3, 4, 100});
}

TEST_CASE("A member whom the brokers cannot hear gives its partitions up, and joins again") {
  LocalBroker broker({.settings = {"group.min.session.timeout.ms=500"}});
  const LedgerTopics ledger(broker.bootstrap());
  const Member member(ledger, 1);
  REQUIRE(soon([&] { return member.held().size() == 2; }));
  member.membership().set_delivered(0, 4);
  REQUIRE(soon([&] { return member.membership().delivered(0) == 4; }));
  broker.pause();
  CHECK(soon([&] { return member.held().empty(); }));
  CHECK(member.times_revoked(0) == 1);
  member.membership().set_delivered(0, 77);  // what it does not have
  broker.resume();
  CHECK(soon([&] { return member.held().size() == 2; }));
  CHECK(member.said().find("taken for dead") != std::string::npos);
}

TEST_CASE("A queue of submissions goes on where it was when a broker comes back") {
  LocalBroker broker;
  const LedgerTopics ledger(broker.bootstrap());
  const auto place = ledger.topics.submissions(0);
  SubmissionQueue queue(ledger.connection, ledger.topics, 0, 0);
  std::uint64_t next = 0;
  const auto takes = [&](std::uint64_t end) {
    return soon([&] {
      for (const auto& each : queue.take(1'000'000, 100ms)) REQUIRE(each.offset == next++);
      return next == end;
    });
  };
  ledger.produce(place, std::vector<std::string>(10, "submission"));
  CHECK(takes(10));
  broker.kill();
  CHECK(queue.take(1'000'000, a_while).empty());
  broker.restart();
  ledger.produce(place, std::vector<std::string>(10, "submission"));
  CHECK(takes(20));
  broker.pause();
  CHECK(queue.take(1'000'000, a_while).empty());
  broker.resume();
  ledger.produce(place, std::vector<std::string>(10, "submission"));
  CHECK(takes(30));
  CHECK(queue.holes().read_again == 0);
}

TEST_CASE("Submissions wait for a broker that is away, and reach it in their order") {
  LocalBroker broker;
  const LedgerTopics ledger(broker.bootstrap());
  constexpr auto patience = 40s;  // a quarter of which is a client's own
  Publisher publisher(ledger.connection, ledger.topics, patience);
  const auto text = [](int i) { return "submission " + std::to_string(i); };
  const auto send = [&](int i) {
    return publisher.send(0, "northshire", test::submission_of(text(i)));
  };
  const auto first = send(0);
  CHECK_FALSE(publisher.receive(first, a_while));
  broker.kill();
  std::vector<std::uint64_t> sent;
  for (int i = 1; i < 50; ++i) sent.push_back(send(i));
  // Longer than a client tries: the next one sends them all.
  CHECK_FALSE(publisher.receive(sent.front(), 13s));
  broker.restart();
  SubmissionQueue queue(ledger.connection, ledger.topics, 0, 0);
  std::vector<OwnedBytes> taken;
  CHECK(soon([&] {
    static_cast<void>(publisher.receive(sent.back(), 100ms));
    for (auto& each : queue.take(1'000'000, 100ms))
      if (std::ranges::find(taken, each.framed) == taken.end()) taken.push_back(each.framed);
    return taken.size() == 50;
  }));
  for (int i = 0; i < static_cast<int>(taken.size()); ++i)
    CHECK(taken[static_cast<std::size_t>(i)] == test::submission_of(text(i)));
}

TEST_CASE("Submissions that no broker takes in time are given up, and whoever sent them is told") {
  LocalBroker broker;
  const LedgerTopics ledger(broker.bootstrap());
  Publisher publisher(ledger.connection, ledger.topics, 8s);
  const auto receive = [&](std::uint64_t number) { return publisher.receive(number, 60s); };
  CHECK_FALSE(publisher.receive(publisher.send(0, "", test::submission_of("a")), a_while));
  broker.kill();
  const auto one = publisher.send(0, "", test::submission_of("b"));
  const auto other = publisher.send(0, "", test::submission_of("c"));
  CHECK_THROWS_WITH(receive(one), Catch::Contains("send a submission to"));
  CHECK_THROWS_WITH(receive(other), Catch::Contains("send a submission to"));
}
