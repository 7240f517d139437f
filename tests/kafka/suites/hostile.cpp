#include <capnp/message.h>
#include <capnp/serialize.h>

#include <sstream>

#include "events/schema/event.capnp.h"
#include "tests/kafka/suites/audit.hpp"
#include "tests/kafka/suites/dice.hpp"
#include "tests/kafka/suites/load.hpp"
#include "tests/kafka/suites/suites.hpp"
#include "tests/support/random_message.hpp"

namespace braid::test {
namespace {

using support::KafkaMessage;

constexpr std::size_t most_by_default = 999'000;  // librdkafka sends a million bytes, head included
constexpr std::int32_t by_the_client = -1;  // librdkafka's own partitioner: CRC32 of the key

std::string text_of_words(const std::vector<std::uint64_t>& words) {
  return {reinterpret_cast<const char*>(words.data()), words.size() * sizeof(words[0])};
}

std::string random_bytes(Dice& dice) {
  std::string bytes(dice.below(4'096), '\0');
  for (auto& byte : bytes) byte = static_cast<char>(dice.below(256));
  return bytes;
}

/// Another schema's message, in order and of any content.
std::string of_another_schema(Dice& dice) {
  std::mt19937_64 random(dice.below(1'000'000'000));
  capnp::MallocMessageBuilder message;
  fill_randomly(capnp::DynamicStruct::Builder(message.initRoot<schema::Event>()), random);
  const auto words = capnp::messageToFlatArray(message);
  const auto bytes = words.asBytes();
  return {reinterpret_cast<const char*>(bytes.begin()), bytes.size()};
}

/// A list of so many lists that are all the same one, through far pointers between two segments: read
/// naively, a few kilobytes become gigabytes.
std::string amplified() {
  constexpr std::uint32_t pointers = 4'096;
  std::vector<std::uint64_t> words;
  const auto segment = [](std::uint64_t first, std::uint64_t second) {
    return first | second << 32;
  };
  words.push_back(segment(1, 2 + pointers));          // two segments; the first one's words
  words.push_back(segment(2, 0));                     // the second one's
  words.push_back(std::uint64_t{4} << 48);            // the root: no data, four pointers
  constexpr std::uint64_t far_to_second = std::uint64_t{1} << 32 | 2;
  words.push_back(1 | std::uint64_t{6} << 32 | std::uint64_t{pointers} << 35);  // a list of pointers
  for (std::uint32_t i = 0; i < pointers; ++i) words.push_back(far_to_second);
  words.push_back(1 | std::uint64_t{5} << 32 | std::uint64_t{0x1fffffff} << 35);  // and 4 GB long
  words.push_back(0);
  return text_of_words(words);
}

/// The honest one, with a few bits wrong.
std::string damaged(Dice& dice, std::string framed) {
  for (auto flips = 1 + dice.below(3); flips > 0; --flips)
    framed[dice.below(framed.size())] ^= static_cast<char>(1 << dice.below(8));
  return framed;
}

std::vector<KafkaMessage> hostile_messages(Dice& dice, const std::string& honest) {
  return {
      {"", random_bytes(dice), {}},
      {"eastshire", of_another_schema(dice), {}},
      {"eastshire", amplified(), {}},
      {std::string(1'000, 'k'), "", {}},
      {"", damaged(dice, honest), {{"ce_specversion", "7"}, {"", ""}}},
      {"northshire", honest.substr(0, dice.below(honest.size())), {}},
  };
}

/// How many lines hold none of `words`.
std::size_t lines_besides(const std::string& text,
                          std::initializer_list<std::string_view> words) {
  std::size_t others = 0;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);)
    others += std::ranges::none_of(words, [&](auto each) { return line.find(each) != line.npos; });
  return others;
}

}  // namespace

void send_hostile_messages(int rounds, const std::string& brokers) {
  Dice dice("hostile");
  KafkaLedger ledger({.brokers = brokers, .partitions = 4, .seed = dice.seed(), .session_ms = 1'500});
  auto& one = ledger.sequence("one");
  ledger.publish_registry();
  const std::string place = "eastshire";  // murmur2: partition 3; CRC32: partition 2
  Load load(ledger, {.places = {place, "southshire"}});
  synth::County county({.seed = dice.seed(), .place = place, .people = 40, .panel = 10});
  const auto signed_once = ledger.sign(county.next(12));
  const std::string honest(as_text(signed_once));
  const auto everywhere = all_partitions(ledger);
  for (int round = 0; round < rounds; ++round) {
    for (const auto partition : everywhere) {
      const auto queue = ledger.topics().submissions(partition);
      const support::KafkaTopic topic{ledger.brokers(), queue.topic};
      topic.produce(hostile_messages(dice, honest), queue.partition);
      topic.produce({{"northshire", std::string(most_by_default, '\0'), {}}}, queue.partition);
    }
    const auto submissions = ledger.topics().submissions(0).topic;
    support::KafkaTopic{ledger.brokers(), submissions}.produce({{place, honest, {}}},
                                                               by_the_client);
    REQUIRE_FALSE(one.has_ended());
    REQUIRE(load.goes_on(8));
  }
  const auto& told = load.finish();
  report("hostile", std::to_string(rounds * (7 * everywhere.size() + 1)) +
                        " messages between " + std::to_string(told.size()) + " honest ones");
  // All queues are read to their ends once this is answered; the audit asks for each answer.
  ledger.publish_again(*told.back());
  INFO(one.said());
  CHECK(lines_besides(one.said(), {"ready to serve", ": serving, as writer "}) == 0);
  const auto answers = ledger.topics().receipts(2);
  const auto misrouted = all_of(ledger, answers);
  CHECK(std::ranges::count_if(misrouted, [](const KafkaMessage& message) {
          const auto answer = ledger::decode_answer(as_bytes(message.value));
          const auto* refusal = answer ? std::get_if<Refusal>(&*answer) : nullptr;
          return refusal != nullptr &&
                 refusal->sentence.find("keyed by its place, with the partitioner murmur2") !=
                     std::string::npos;
        }) == rounds);
  one.terminate();
  CHECK(one.wait() == 0);
  require_sound(ledger, told);
}

}  // namespace braid::test
