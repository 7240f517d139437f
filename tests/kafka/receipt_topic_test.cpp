#include "adapters/kafka/receipt_topic.hpp"

#include <catch2/catch.hpp>

#include "adapters/kafka/last_answer.hpp"
#include "tests/kafka/answers.hpp"
#include "tests/kafka/ledger_topics.hpp"
#include "tests/support/local_broker.hpp"
#include "tests/support/soon.hpp"

using namespace braid;
using namespace braid::kafka;
using namespace std::chrono_literals;
using ledger::Answer;
using test::LedgerTopics;
using test::place_of;
using test::header;
using test::receipts;
using test::Said;

TEST_CASE("an answer says where it belongs, in headers of CloudEvents and its own") {
  const LedgerTopics ledger(support::shared_broker());
  const Answer answer = receipts(3);
  auto place = place_of("a submission", 17, 0, 3);
  place.generation = 2;
  ReceiptTopic(ledger.connection, ledger.topics, [](auto, auto) {}).send(0, place, answer);
  const auto message = ledger.topic(ledger.topics.receipts(0)).consume(1).at(0);
  CHECK(ledger::decode_answer(as_bytes(message.value)) == answer);
  CHECK(header(message, "submission") == "17");
  CHECK(header(message, "first") == "0");
  CHECK(header(message, "events") == "3");
  CHECK(header(message, "generation") == "2");
  CHECK(header(message, "of") == place.of.text());
  CHECK(header(message, "ce_specversion") == "1.0");
  CHECK(header(message, "ce_id") == "2/17/0");
  CHECK(header(message, "ce_source") == "/" + ledger.topics.prefix() + "/0");
  CHECK(header(message, "ce_type") == "braid.receipt");
}

TEST_CASE("answers come in the order in which they were given, each partition's own") {
  const LedgerTopics ledger(support::shared_broker(), 2);
  constexpr std::uint64_t count = 300;
  {
    ReceiptTopic topic(ledger.connection, ledger.topics, [](auto, auto) {});
    for (std::uint64_t i = 0; i < count; ++i)
      for (const auto partition : {0U, 1U, register_partition})
        topic.send(partition, place_of(i, 0, 1), receipts(1));
  }
  for (const auto partition : {0U, 1U, register_partition}) {
    const auto place = ledger.topics.receipts(partition);
    const auto all = ledger.topic(place).consume(count, 0, place.partition);
    REQUIRE(all.size() == count);
    for (std::uint64_t i = 0; i < count; ++i)
      REQUIRE(header(all[i], "submission") == std::to_string(i));
  }
}

TEST_CASE("what is delivered grows, up to the last submission that is answered whole") {
  const LedgerTopics ledger(support::shared_broker(), 2);
  Said said;
  {
    ReceiptTopic topic(ledger.connection, ledger.topics, said.listener());
    topic.send(1, place_of(40, 0, 2), receipts(2));
    topic.send(1, place_of(41, 0, 0), Refusal{"form", "", "It is no submission."});
    topic.send(1, place_of(43, 0, 3), receipts(2));  // its third event is not answered
  }
  CHECK(said.last(1) == 42);
  CHECK(std::ranges::is_sorted(said.of(1)));
  CHECK(said.of(0).empty());
}

TEST_CASE("a submission answered in two goes is delivered with the second") {
  const LedgerTopics ledger(support::shared_broker());
  Said said;
  {
    ReceiptTopic topic(ledger.connection, ledger.topics, said.listener());
    topic.send(0, place_of(40, 0, 5), receipts(2));
    topic.send(0, place_of(40, 2, 5), receipts(3));
  }
  CHECK(said.of(0) == std::vector<std::int64_t>{41});
}

TEST_CASE("answers sent again after others take back nothing that was said") {
  const LedgerTopics ledger(support::shared_broker());
  Said said;
  {
    ReceiptTopic topic(ledger.connection, ledger.topics, said.listener());
    for (const std::uint64_t submission : {7U, 8U, 5U, 6U, 9U})
      topic.send(0, place_of(submission, 0, 1), receipts(1));
  }
  const auto all = said.of(0);
  CHECK(std::ranges::is_sorted(all));
  CHECK(std::ranges::adjacent_find(all) == all.end());
  CHECK(said.last(0) == 10);
}

TEST_CASE("a new term counts from where it begins, and a term that ended sends nothing") {
  const LedgerTopics ledger(support::shared_broker(), 2);
  Said said;
  {
    ReceiptTopic topic(ledger.connection, ledger.topics, said.listener());
    topic.begin(0, 5);
    topic.send(0, place_of(3, 0, 1), receipts(1));  // again, as of old
    topic.send(0, place_of(5, 0, 1), receipts(1));
    REQUIRE(support::soon([&] { return said.last(0) == 6; }));
    topic.end(0);
    topic.send(0, place_of(6, 0, 1), receipts(1));
    topic.send(1, place_of(9, 0, 1), receipts(1));
    topic.begin(0, 2);
    topic.send(0, place_of(2, 0, 1), receipts(1));
  }
  CHECK(said.of(0) == std::vector<std::int64_t>{6, 3});
  CHECK(said.of(1) == std::vector<std::int64_t>{10});
  const auto all = ledger.topic(ledger.topics.receipts(0)).consume(3);
  REQUIRE(all.size() == 3);
  CHECK(header(all[2], "submission") == "2");
}

TEST_CASE("the last answers say how far answers are delivered") {
  const LedgerTopics ledger(support::shared_broker(), 3);
  const auto up_to = [&](std::uint32_t partition) {
    return answered_up_to(ledger.connection, ledger.topics, partition, 30s);
  };
  CHECK(up_to(0) == 0);
  {
    ReceiptTopic topic(ledger.connection, ledger.topics, [](auto, auto) {});
    for (std::uint64_t i = 0; i < 100; ++i) topic.send(0, place_of(i, 0, 1), receipts(1));
    topic.send(1, place_of(17, 0, 5), receipts(2));  // not to its end
    topic.send(2, place_of(40, 0, 0), Refusal{"form", "", "It is no submission."});
    topic.send(register_partition, place_of(7, 0, 1), receipts(1));
  }
  ledger.produce(ledger.topics.receipts(0), {"no answer"});
  ledger.produce_in_transaction(ledger.topics.receipts(0), "a stranger's", true);
  CHECK(up_to(0) == 100);
  CHECK(up_to(1) == 17);
  CHECK(up_to(2) == 41);
  CHECK(up_to(register_partition) == 8);
}

TEST_CASE("a long answer comes in several messages and is delivered with the last") {
  const LedgerTopics ledger(support::shared_broker());
  constexpr auto events = static_cast<std::uint32_t>(Submission::max_events);
  const Answer answer = receipts(events);
  Said said;
  {
    ReceiptTopic topic(ledger.connection, ledger.topics, said.listener());
    topic.send(0, place_of(3, 0, events), answer);
  }
  CHECK(said.of(0) == std::vector<std::int64_t>{4});
  const auto count = answer_messages(place_of(3, 0, events), answer).size();
  REQUIRE(count > 1);
  AnswerParts parts;
  for (const auto& message : ledger.topic(ledger.topics.receipts(0)).consume(count)) {
    std::string value;
    const auto place = AnswerPlace::parse([&](std::string_view name) -> std::string_view {
      return value = header(message, std::string(name));
    });
    REQUIRE(parts.add(*place, *ledger::decode_answer(as_bytes(message.value))));
  }
  CHECK(parts.take() == answer);
}

TEST_CASE("an answer for which there is no topic is refused, and all after it") {
  const LedgerTopics ledger(support::shared_broker());
  const Topics others("no-" + ledger.topics.prefix());
  ReceiptTopic topic(ledger.connection, others, [](auto, auto) {});
  std::string refusal;
  CHECK(support::soon([&] {
    try {
      topic.send(0, place_of(1, 0, 1), receipts(1));
    } catch (const IoFault& fault) {
      refusal = fault.what();
    }
    return !refusal.empty();
  }));
  CHECK_THAT(refusal, Catch::Contains("braid init"));
}
