#include "adapters/kafka/receipt_topic.hpp"

#include <catch2/catch.hpp>
#include <map>
#include <mutex>

#include "tests/kafka/answers.hpp"
#include "tests/kafka/ledger_topics.hpp"
#include "tests/support/local_broker.hpp"
#include "tests/support/soon.hpp"

using namespace braid;
using namespace braid::kafka;
using ledger::Answer;
using test::LedgerTopics;
using test::place_of;
using test::receipts;

namespace {

/// What was said to be delivered.
class Said {
 public:
  ReceiptTopic::Delivered listener() {
    return [this](std::uint32_t partition, std::int64_t behind) {
      const std::lock_guard lock(mutex_);
      said_[partition].push_back(behind);
    };
  }
  [[nodiscard]] std::vector<std::int64_t> of(std::uint32_t partition) const {
    const std::lock_guard lock(mutex_);
    const auto at = said_.find(partition);
    return at == said_.end() ? std::vector<std::int64_t>() : at->second;
  }
  [[nodiscard]] std::int64_t last(std::uint32_t partition) const {
    const auto all = of(partition);
    return all.empty() ? 0 : all.back();
  }

 private:
  mutable std::mutex mutex_;
  std::map<std::uint32_t, std::vector<std::int64_t>> said_;
};

std::string header(const support::KafkaMessage& message, const std::string& name) {
  for (const auto& [each, value] : message.headers)
    if (each == name) return value;
  return "none";
}

}  // namespace

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
