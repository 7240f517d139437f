#include "adapters/kafka/answer_message.hpp"

#include <catch2/catch.hpp>
#include <map>

using namespace braid;
using namespace braid::kafka;
using ledger::Answer;
using ledger::Receipt;
using Receipts = std::vector<Receipt>;

namespace {

const auto root = AnswerSubject::recorded(sha256(as_bytes("a root")));
const auto bytes = AnswerSubject::unrecorded(sha256(as_bytes("bytes")));

AnswerPlace at(std::uint64_t submission, std::uint32_t first, std::uint32_t events) {
  return {.submission = submission,
          .first = first,
          .events = events,
          .generation = 1,
          .of = events == 0 ? bytes : root};
}

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
  const auto messages = answer_messages(at(17, 0, 3), answer);
  REQUIRE(messages.size() == 1);
  CHECK(messages[0].place == at(17, 0, 3));
  CHECK(messages[0].last);
  CHECK(put_together(messages) == answer);
}

TEST_CASE("A long answer is cut between receipts, each message within the limit") {
  for (const std::size_t findings : {0U, 10U}) {
    const Answer answer = receipts(Submission::max_events, findings);
    const auto messages = answer_messages(at(17, 0, Submission::max_events), answer);
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
  const auto messages = answer_messages(at(17, 0, 3), answer, 1'000);
  CHECK(messages.size() == 3);
  CHECK(put_together(messages) == answer);
}

TEST_CASE("An answer that ends before its submission does not say that it is the last") {
  CHECK_FALSE(answer_messages(at(17, 0, 5), receipts(3))[0].last);
  CHECK(answer_messages(at(17, 2, 5), receipts(3))[0].last);
}

TEST_CASE("What is not recorded is answered in one message for the whole submission") {
  const Answer malformed = Refusal{"form", "events[3]", "It is no event."};
  const Answer unavailable = ledger::Unavailable{"The ledger is being moved."};
  for (const auto& answer : {malformed, unavailable}) {
    const auto messages = answer_messages(at(17, 0, 0), answer);
    REQUIRE(messages.size() == 1);
    CHECK(messages[0].place == at(17, 0, 0));
    CHECK(messages[0].last);
    CHECK(put_together(messages) == answer);
  }
}

TEST_CASE("Parts make the answer in any order, and when they come again") {
  const auto whole = receipts(4);
  AnswerParts parts;
  CHECK(parts.add(at(17, 2, 4), Receipts{whole[2], whole[3]}));
  CHECK_FALSE(parts.whole());
  CHECK(parts.add(at(17, 2, 4), Receipts{whole[2]}));
  CHECK_FALSE(parts.whole());
  CHECK(parts.add(at(17, 0, 4), Receipts{whole[0], whole[1]}));
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
    CHECK(parts.add(at(17, 0, 1), Receipts{newer_first ? newer : older}));
    CHECK(parts.add(at(17, 0, 1), Receipts{newer_first ? older : newer}));
    CHECK(parts.take() == Answer{Receipts{newer}});
  }
}

TEST_CASE("A part that contradicts its place or the others changes nothing") {
  AnswerParts parts;
  CHECK_FALSE(parts.add(at(17, 3, 4), receipts(2)));
  CHECK_FALSE(parts.add(at(17, 0, 4), Receipts{}));
  CHECK_FALSE(parts.add(at(17, 0, 4), Refusal{"form", "", "x"}));
  CHECK_FALSE(parts.add(at(17, 0xffff'ffff, 4), receipts(2)));
  CHECK_FALSE(parts.whole());
  REQUIRE(parts.add(at(17, 0, 2), Receipts{receipt(0)}));
  CHECK_FALSE(parts.add(at(17, 0, 3), receipts(3)));
  CHECK_FALSE(parts.add(at(17, 0, 0), Refusal{"form", "", "x"}));
  REQUIRE(parts.add(at(17, 1, 2), Receipts{receipt(1)}));
  CHECK(parts.take() == Answer{receipts(2)});
}

TEST_CASE("A place is read from its headers, or is none") {
  using Headers = std::map<std::string_view, std::string>;
  const auto parse = [](const Headers& headers) {
    return AnswerPlace::parse([&](std::string_view name) -> std::string_view {
      const auto found = headers.find(name);
      return found == headers.end() ? std::string_view() : found->second;
    });
  };
  const Headers good = {{"submission", "18446744073709551615"},
                        {"first", "2"},
                        {"events", "10000"},
                        {"generation", "1"},
                        {"of", root.text()}};
  CHECK(parse(good) == at(~std::uint64_t{0}, 2, 10'000));
  const auto with = [&](std::string_view name, std::string value) {
    auto headers = good;
    headers[name] = std::move(value);
    return parse(headers);
  };
  for (const auto& [name, value] : good) {
    CHECK_FALSE(with(name, ""));
    for (const auto* wrong : {" 1", "1 ", "-1", "1x", "18446744073709551616"})
      CHECK_FALSE(with(name, wrong));
  }
  CHECK_FALSE(with("first", "4294967296"));
  CHECK_FALSE(with("events", "10001"));
  CHECK_FALSE(with("events", "0"));  // and a root
  CHECK_FALSE(with("of", bytes.text()));
  CHECK(at(17, 2, 3).id() == "1/17/2");
}

TEST_CASE("What an answer speaks of is written with what kind of digest it is") {
  for (const auto& subject : {root, bytes}) CHECK(AnswerSubject::parse(subject.text()) == subject);
  CHECK(root.text() == "root:" + root.digest.hex());
  CHECK(bytes.text() == "sha256:" + bytes.digest.hex());
  CHECK(AnswerSubject{}.text().empty());
  for (const auto& wrong : {std::string("root:"), root.digest.hex(), "Root:" + root.digest.hex(),
                            root.text() + "0", root.text() + ' '})
    CHECK_FALSE(AnswerSubject::parse(wrong));
}
