#include "adapters/kafka/answer_message.hpp"

#include <catch2/catch.hpp>

using namespace braid;
using namespace braid::kafka;
using ledger::Answer;
using ledger::Receipt;
using Receipts = std::vector<Receipt>;

namespace {

Receipt receipt(std::uint64_t number, std::size_t findings = 0) {
  Receipt made{.event = {1, number},
               .outcome = Receipt::Outcome::accepted,
               .partition = 3,
               .sequence = 1'000 + number};
  for (std::size_t i = 0; i < findings; ++i)
    made.findings.push_back({"R29", "shares[0].strand", std::string(400, 'x')});
  return made;
}

Receipts receipts(std::size_t count, std::size_t findings = 0) {
  Receipts all;
  for (std::size_t i = 0; i < count; ++i) all.push_back(receipt(i, findings));
  return all;
}

Answer put_together(const std::vector<AnswerMessage>& messages) {
  AnswerParts parts;
  for (const auto& message : messages)
    REQUIRE(parts.add(message.place, *ledger::decode_answer(message.value)));
  REQUIRE(parts.whole());
  return parts.take();
}

}  // namespace

TEST_CASE("A short answer is one message") {
  const Answer answer = receipts(3);
  const auto messages = answer_messages({17, 0, 3}, answer);
  REQUIRE(messages.size() == 1);
  CHECK(messages[0].place == AnswerPlace{17, 0, 3});
  CHECK(messages[0].last);
  CHECK(put_together(messages) == answer);
}

TEST_CASE("A long answer is cut between receipts, each message within the limit") {
  for (const std::size_t findings : {0U, 10U}) {
    const Answer answer = receipts(Submission::max_events, findings);
    const auto messages = answer_messages({17, 0, Submission::max_events}, answer);
    REQUIRE(messages.size() > 1);
    for (std::size_t i = 0; i < messages.size(); ++i) {
      CHECK(messages[i].value.size() <= max_receipt_bytes);
      CHECK(messages[i].last == (i + 1 == messages.size()));
    }
    CHECK(put_together(messages) == answer);
  }
}

TEST_CASE("A receipt that is longer than a message goes alone") {
  const Answer answer = receipts(3, 20);
  const auto messages = answer_messages({17, 0, 3}, answer, 1'000);
  CHECK(messages.size() == 3);
  CHECK(put_together(messages) == answer);
}

TEST_CASE("An answer that ends before its submission does not say that it is the last") {
  CHECK_FALSE(answer_messages({17, 0, 5}, receipts(3))[0].last);
  CHECK(answer_messages({17, 2, 5}, receipts(3))[0].last);
}

TEST_CASE("What is not recorded is answered in one message for the whole submission") {
  const Answer malformed = Refusal{"form", "events[3]", "It is no event."};
  const Answer unavailable = ledger::Unavailable{"The ledger is being moved."};
  for (const auto& answer : {malformed, unavailable}) {
    const auto messages = answer_messages({17, 0, 0}, answer);
    REQUIRE(messages.size() == 1);
    CHECK(messages[0].place == AnswerPlace{17, 0, 0});
    CHECK(messages[0].last);
    CHECK(put_together(messages) == answer);
  }
}

TEST_CASE("Parts make the answer in any order, and when they come again") {
  const auto whole = receipts(4);
  AnswerParts parts;
  CHECK(parts.add({17, 2, 4}, Receipts{whole[2], whole[3]}));
  CHECK_FALSE(parts.whole());
  CHECK(parts.add({17, 2, 4}, Receipts{whole[2]}));
  CHECK_FALSE(parts.whole());
  CHECK(parts.add({17, 0, 4}, Receipts{whole[0], whole[1]}));
  REQUIRE(parts.whole());
  CHECK(parts.take() == Answer{whole});
}

TEST_CASE("Of two receipts for one event the one with the higher sequence stands") {
  auto older = receipt(0);
  auto newer = receipt(0);
  older.sequence = 5;
  newer.sequence = 9;
  for (const bool newer_first : {false, true}) {
    AnswerParts parts;
    CHECK(parts.add({17, 0, 1}, Receipts{newer_first ? newer : older}));
    CHECK(parts.add({17, 0, 1}, Receipts{newer_first ? older : newer}));
    CHECK(parts.take() == Answer{Receipts{newer}});
  }
}

TEST_CASE("A part that contradicts its place or the others changes nothing") {
  AnswerParts parts;
  CHECK_FALSE(parts.add({17, 3, 4}, receipts(2)));
  CHECK_FALSE(parts.add({17, 0, 4}, Receipts{}));
  CHECK_FALSE(parts.add({17, 0, 4}, Refusal{"form", "", "x"}));
  CHECK_FALSE(parts.add({17, 0xffff'ffff, 4}, receipts(2)));
  CHECK_FALSE(parts.whole());
  REQUIRE(parts.add({17, 0, 2}, Receipts{receipt(0)}));
  CHECK_FALSE(parts.add({17, 0, 3}, receipts(3)));
  CHECK_FALSE(parts.add({17, 0, 0}, Refusal{"form", "", "x"}));
  REQUIRE(parts.add({17, 1, 2}, Receipts{receipt(1)}));
  CHECK(parts.take() == Answer{receipts(2)});
}

TEST_CASE("A place is read from its headers, or is none") {
  CHECK(AnswerPlace::parse("17", "2", "10000") == AnswerPlace{17, 2, 10'000});
  CHECK(AnswerPlace::parse("18446744073709551615", "0", "0")->submission == ~std::uint64_t{0});
  for (const auto* wrong : {"", " 1", "1 ", "-1", "1x", "18446744073709551616"})
    CHECK_FALSE(AnswerPlace::parse(wrong, "0", "1"));
  CHECK_FALSE(AnswerPlace::parse("17", "4294967296", "1"));
  CHECK_FALSE(AnswerPlace::parse("17", "0", "10001"));
  CHECK(AnswerPlace{17, 2, 3}.id() == "17/2");
}
