#include "adapters/kafka/publisher.hpp"

#include <catch2/catch.hpp>

#include "adapters/kafka/receipt_topic.hpp"
#include "adapters/kafka/submission_queue.hpp"
#include "tests/kafka/answers.hpp"
#include "tests/kafka/ledger_topics.hpp"
#include "tests/support/local_broker.hpp"

using namespace braid;
using namespace braid::kafka;
using namespace std::chrono_literals;
using ledger::Answer;
using test::LedgerTopics;
using test::receipts;

namespace {

constexpr auto patience = 30s;
constexpr auto not_long = 300ms;

/// A ledger's topics, who publishes there, and who answers.
struct Market {
  LedgerTopics ledger{support::shared_broker(), 2};
  ReceiptTopic answers{ledger.connection, ledger.topics, [](auto, auto) {}};
  Publisher publisher{ledger.connection, ledger.topics};

  std::uint64_t send(std::uint32_t partition, std::string_view text) {
    return publisher.send(partition, "northshire", as_bytes(text));
  }
  /// What a stranger's hand writes among the answers.
  void forge(const std::string& value, const support::KafkaHeaders& headers) {
    const auto place = ledger.topics.receipts(0);
    ledger.topic(place).produce({{"", value, headers}}, place.partition);
  }
  std::string value_of(const Answer& answer) {
    return std::string(as_text(ledger::encode_answer(answer)));
  }
};

}  // namespace

TEST_CASE("a submission is sent with its place for a key, and CloudEvents headers") {
  Market market;
  market.send(1, "a submission");
  const auto place = market.ledger.topics.submissions(1);
  const auto message = market.ledger.topic(place).consume(1, 0, place.partition).at(0);
  CHECK(message.key == "northshire");
  CHECK(message.value == "a submission");
  const std::pair<std::string, std::string> id = {"ce_id", sha256(as_bytes("a submission")).hex()};
  CHECK(std::ranges::count(message.headers, id) == 1);
}

TEST_CASE("answers are matched to what was sent, whatever their order") {
  Market market;
  const auto first = market.send(0, "a");
  const auto second = market.send(0, "b");
  const auto elsewhere = market.send(1, "c");
  const auto of_register = market.send(register_partition, "d");
  market.answers.send(register_partition, {0, 0, 1}, receipts(1, 40));
  market.answers.send(1, {0, 0, 1}, receipts(1, 30));
  market.answers.send(0, {1, 0, 1}, receipts(1, 20));
  market.answers.send(0, {0, 0, 1}, receipts(1, 10));
  CHECK(market.publisher.receive(first, patience) == Answer{receipts(1, 10)});
  CHECK(market.publisher.receive(elsewhere, patience) == Answer{receipts(1, 30)});
  CHECK(market.publisher.receive(of_register, patience) == Answer{receipts(1, 40)});
  CHECK(market.publisher.receive(second, patience) == Answer{receipts(1, 20)});
}

TEST_CASE("who asks before the answer is there may ask again") {
  Market market;
  const auto number = market.send(0, "a");
  CHECK_FALSE(market.publisher.receive(number, not_long));
  market.answers.send(0, {0, 0, 2}, receipts(2));
  CHECK(market.publisher.receive(number, patience) == Answer{receipts(2)});
}

TEST_CASE("an answer in several messages is received whole, or not yet") {
  Market market;
  const auto number = market.send(0, "a");
  const auto all = receipts(5);
  market.answers.send(0, {0, 3, 5}, std::vector(all.begin() + 3, all.end()));
  CHECK_FALSE(market.publisher.receive(number, not_long));
  market.answers.send(0, {0, 0, 5}, std::vector(all.begin(), all.begin() + 3));
  CHECK(market.publisher.receive(number, patience) == Answer{all});
}

TEST_CASE("what is malformed is answered with the refusal") {
  Market market;
  const auto number = market.send(0, "a");
  const Answer refusal = Refusal{"form", "", "It is no submission."};
  market.answers.send(0, {0, 0, 0}, refusal);
  CHECK(market.publisher.receive(number, patience) == refusal);
}

TEST_CASE("answers from before, to others, and what is none, are passed by") {
  Market market;
  market.ledger.produce(market.ledger.topics.submissions(0), {"a stranger's"});
  const auto own = market.value_of(receipts(1, 10));
  market.forge(market.value_of(receipts(1, 1)),
               {{"submission", "1"}, {"first", "0"}, {"events", "1"}});  // before it was sent
  const auto number = market.send(0, "a");
  market.forge(own, {});
  market.forge("no answer", {{"submission", "1"}, {"first", "0"}, {"events", "1"}});
  market.forge(own, {{"submission", "1"}, {"first", "0"}, {"events", "a few"}});
  market.forge(own, {{"submission", "1"}, {"first", "1"}, {"events", "1"}});
  market.forge(own, {{"submission", "0"}, {"first", "0"}, {"events", "1"}});
  market.forge(own, {{"submission", "2"}, {"first", "0"}, {"events", "1"}});
  CHECK_FALSE(market.publisher.receive(number, not_long));
  market.answers.send(0, {1, 0, 1}, receipts(1, 10));
  CHECK(market.publisher.receive(number, patience) == Answer{receipts(1, 10)});
}

TEST_CASE("many answers to others leave room for one's own") {
  Market market;
  const auto number = market.send(0, "a");
  constexpr auto events = static_cast<std::uint32_t>(Submission::max_events);
  for (std::uint64_t stranger = 1; stranger <= 30; ++stranger)  // above Publisher::max_waiting_bytes
    market.answers.send(0, {stranger, 0, events}, receipts(events));
  market.answers.send(0, {0, 0, 1}, receipts(1));
  CHECK(market.publisher.receive(number, patience) == Answer{receipts(1)});
}

TEST_CASE("what is sent for a place that has no partition is refused, with the remedy") {
  Market market;
  CHECK_THROWS_WITH(market.send(9, "a"), Catch::Contains("braid init"));
}

TEST_CASE("a submission goes from the publisher through the queue and its answer comes back") {
  Market market;
  SubmissionQueue queue(market.ledger.connection, market.ledger.topics, 0, 0);
  for (int i = 0; i < 20; ++i) {
    const auto number = market.send(0, "submission " + std::to_string(i));
    const auto taken = queue.take(1, patience);
    REQUIRE(taken.size() == 1);
    CHECK(as_text(taken[0].framed) == "submission " + std::to_string(i));
    market.answers.send(0, {taken[0].offset, 0, 1}, receipts(1, taken[0].offset));
    CHECK(market.publisher.receive(number, patience) == Answer{receipts(1, taken[0].offset)});
  }
}
