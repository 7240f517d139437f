#include "adapters/kafka/publisher.hpp"

#include <catch2/catch.hpp>

#include "adapters/kafka/receipt_topic.hpp"
#include "adapters/kafka/submission_queue.hpp"
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
using test::receipts;
using test::submission_of;

namespace {

constexpr auto patience = 30s;
constexpr auto not_long = 300ms;

/// A ledger's topics, who publishes there, and who answers.
struct Market {
  LedgerTopics ledger{support::shared_broker(), 2};
  ReceiptTopic answers{ledger.connection, ledger.topics, [](auto, auto) {}};
  Publisher publisher{ledger.connection, ledger.topics};

  std::uint64_t send(std::uint32_t partition, std::string_view text) {
    return publisher.send(partition, "northshire", submission_of(text));
  }
  void answer(std::uint32_t partition, std::string_view text, std::uint64_t offset,
              const Answer& answer) {
    const auto* all = std::get_if<std::vector<ledger::Receipt>>(&answer);
    const auto events = all == nullptr ? 0 : static_cast<std::uint32_t>(all->size());
    answers.send(partition, place_of(text, offset, 0, events), answer);
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
  CHECK(message.value == as_text(submission_of("a submission")));
  const std::pair<std::string, std::string> id = {"ce_id",
                                                  sha256(submission_of("a submission")).hex()};
  CHECK(std::ranges::count(message.headers, id) == 1);
}

TEST_CASE("answers are matched to what was sent, whatever their order") {
  Market market;
  const auto first = market.send(0, "a");
  const auto second = market.send(0, "b");
  const auto elsewhere = market.send(1, "c");
  const auto of_register = market.send(register_partition, "d");
  market.answer(register_partition, "d", 0, receipts(1, 40));
  market.answer(1, "c", 0, receipts(1, 30));
  market.answer(0, "b", 1, receipts(1, 20));
  market.answer(0, "a", 0, receipts(1, 10));
  CHECK(market.publisher.receive(first, patience) == Answer{receipts(1, 10)});
  CHECK(market.publisher.receive(elsewhere, patience) == Answer{receipts(1, 30)});
  CHECK(market.publisher.receive(of_register, patience) == Answer{receipts(1, 40)});
  CHECK(market.publisher.receive(second, patience) == Answer{receipts(1, 20)});
}

TEST_CASE("who asks before the answer is there may ask again") {
  Market market;
  const auto number = market.send(0, "a");
  CHECK_FALSE(market.publisher.receive(number, not_long));
  market.answer(0, "a", 0, receipts(2));
  CHECK(market.publisher.receive(number, patience) == Answer{receipts(2)});
}

TEST_CASE("an answer in several messages is received whole, or not yet") {
  Market market;
  const auto number = market.send(0, "a");
  const auto all = receipts(5);
  market.answers.send(0, place_of("a", 0, 3, 5), std::vector(all.begin() + 3, all.end()));
  CHECK_FALSE(market.publisher.receive(number, not_long));
  market.answers.send(0, place_of("a", 0, 0, 5), std::vector(all.begin(), all.begin() + 3));
  CHECK(market.publisher.receive(number, patience) == Answer{all});
}

TEST_CASE("what is malformed is answered with the refusal") {
  Market market;
  const auto number = market.send(0, "a");
  const Answer refusal = Refusal{"form", "", "It is no submission."};
  market.answer(0, "a", 0, refusal);
  CHECK(market.publisher.receive(number, patience) == refusal);
}

TEST_CASE("answers from before, to others, and what is none, are passed by") {
  Market market;
  market.ledger.produce(market.ledger.topics.submissions(0), {"a stranger's"});
  const auto own = market.value_of(receipts(1, 10));
  const auto headers = [](const std::string& submission, const std::string& first,
                          const std::string& events) -> support::KafkaHeaders {
    return {{"submission", submission},
            {"first", first},
            {"events", events},
            {"generation", "0"},
            {"of", place_of("a", 0, 0, 1).of.text()}};
  };
  market.forge(market.value_of(receipts(1, 1)), headers("1", "0", "1"));  // before it was sent
  const auto number = market.send(0, "a");
  market.forge(own, {});
  market.forge("no answer", headers("1", "0", "1"));
  market.forge(own, headers("1", "0", "a few"));
  market.forge(own, headers("1", "1", "1"));
  market.forge(own, headers("0", "0", "1"));
  market.forge(own, headers("2", "0", "1"));
  CHECK_FALSE(market.publisher.receive(number, not_long));
  market.answer(0, "a", 1, receipts(1, 10));
  CHECK(market.publisher.receive(number, patience) == Answer{receipts(1, 10)});
  CHECK(market.publisher.ignored() == 0);
}

TEST_CASE("an answer to something else that stood at the same offset is ignored, and counted") {
  Market market;
  const Answer refusal = Refusal{"form", "", "It is no submission."};
  const auto number = market.send(0, "a");
  market.answer(0, "b", 0, receipts(1, 10));
  market.answer(0, "b", 0, refusal);
  CHECK(support::soon([&] {
    REQUIRE_FALSE(market.publisher.receive(number, not_long));
    return market.publisher.ignored() == 2;
  }));
  market.answer(0, "a", 0, receipts(1, 20));
  CHECK(market.publisher.receive(number, patience) == Answer{receipts(1, 20)});
}

TEST_CASE("what is no submission at all is answered by its bytes") {
  Market market;
  const Answer refusal = Refusal{"form", "", "It is no submission."};
  const auto nonsense = as_bytes("nonsense");
  const auto number = market.publisher.send(0, "northshire", OwnedBytes{nonsense.begin(), nonsense.end()});
  SubmissionQueue queue(market.ledger.connection, market.ledger.topics, 0, 0);
  const auto taken = queue.take(1, patience);
  REQUIRE(taken.size() == 1);
  market.answers.send(0, {.submission = 0, .of = taken[0].unrecorded()}, refusal);
  CHECK(market.publisher.receive(number, patience) == refusal);
}

TEST_CASE("many answers to others leave room for one's own") {
  Market market;
  const auto number = market.send(0, "a");
  constexpr auto events = static_cast<std::uint32_t>(Submission::max_events);
  for (std::uint64_t stranger = 1; stranger <= 30; ++stranger)  // above Publisher::max_waiting_bytes
    market.answers.send(0, place_of(stranger, 0, events), receipts(events));
  market.answer(0, "a", 0, receipts(1));
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
    const auto text = "submission " + std::to_string(i);
    const auto number = market.send(0, text);
    const auto taken = queue.take(1, patience);
    REQUIRE(taken.size() == 1);
    CHECK(taken[0].framed == submission_of(text));
    market.answer(0, text, taken[0].offset, receipts(1, taken[0].offset));
    CHECK(market.publisher.receive(number, patience) == Answer{receipts(1, taken[0].offset)});
  }
}
