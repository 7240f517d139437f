#include "adapters/kafka/log_message.hpp"
#include "tests/contract/event_log_contract.hpp"
#include "tests/kafka/suites/audit.hpp"
#include "tests/kafka/suites/dice.hpp"
#include "tests/kafka/suites/load.hpp"
#include "tests/kafka/suites/suites.hpp"
#include "tests/kafka/suites/writers.hpp"
#include "tests/support/local_broker.hpp"
#include "tests/support/soon.hpp"
#include "tests/support/tcp_proxy.hpp"

namespace braid::test {
namespace {

using namespace std::chrono_literals;
using Catch::Contains;
using support::soon;

std::string voids(const Writers& writers) {
  const auto counts = writers.counts();
  return std::to_string(counts.barriers) + " writers, " + std::to_string(counts.voided) +
         " void messages, " + std::to_string(counts.torn) + " gaps";
}

/// Which of the sequencers serves the place by its own word; empty: none says so.
std::string who_serves(KafkaLedger& ledger, const Writers& writers) {
  const auto words = "serving, as writer " + writers.now().at(0).text();
  for (const auto* name : {"first", "second"})
    if (ledger.member(name).said().find(words) != std::string::npos) return name;
  return "";
}

/// The one that serves the place, and has for a while, so that it knows: on a busy machine
/// partitions move by themselves.
std::string who_serves_in_peace(KafkaLedger& ledger, const Writers& writers, const Load& load) {
  std::string name;
  REQUIRE(soon([&] {
    name = who_serves(ledger, writers);
    REQUIRE(load.goes_on(5));
    std::this_thread::sleep_for(1s);
    return !name.empty() && who_serves(ledger, writers) == name;
  }));
  return name;
}

/// Two sequencers have a partition each, the place's or the register's; that of the place is stopped
/// and ends, and another begins in its folder.
void stop_one(KafkaLedger& ledger, const Writers& writers, const Load& load, Dice& dice) {
  const auto name = who_serves_in_peace(ledger, writers, load);
  auto& stopped = ledger.member(name);
  dice.wait(400ms);
  const auto before = writers.now();
  const auto said_before = stopped.said().size();
  stopped.pause();
  REQUIRE(writers.change(before));
  REQUIRE(load.goes_on(1 + dice.below(5)));
  stopped.resume();
  const bool ended = soon([&] { return stopped.has_ended(); });
  INFO(name << " said: " << stopped.said());
  REQUIRE(ended);
  CHECK(stopped.wait() == 3);
  CHECK_THAT(stopped.said().substr(said_before),
             Contains("has taken over") && Contains("start it again"));
  ledger.sequence(name);
}

support::KafkaMessage as_sent(support::KafkaMessage message) {
  message.offset = -1;
  return message;
}

bool is_kind(const support::KafkaMessage& message, std::string_view kind) {
  return std::ranges::any_of(message.headers, [&](const auto& header) {
    return header.first == kafka::kind_header && header.second == kind;
  });
}

}  // namespace

void stop_and_continue(int rounds, const std::string& brokers) {
  Dice dice("stops");
  KafkaLedger ledger({.brokers = brokers, .seed = dice.seed(), .session_ms = 3'000});
  ledger.sequence("first");
  ledger.publish_registry();
  const Writers writers(ledger);
  Load load(ledger, {.most_events = 60, .on_the_way = 16, .pause = 0ms});
  REQUIRE(load.goes_on());
  ledger.sequence("second");
  int with_voids = 0;
  for (int round = 0; round < rounds; ++round) {
    INFO("stop " << round);
    const auto voided = writers.counts().voided;
    stop_one(ledger, writers, load, dice);
    with_voids += writers.counts().voided != voided;
  }
  const auto& told = load.finish();
  report("stops", std::to_string(rounds) + " stops, " + std::to_string(load.answered()) +
                      " submissions answered, something in flight was void after " +
                      std::to_string(with_voids) + " of them; " + voids(writers));
  require_sound(ledger, told);
}

void deliver_late(int rounds) {
  constexpr int most_in_vain = 8;
  Dice dice("late");
  support::TcpProxy proxy;
  support::LocalBroker broker({.advertised = {{1, proxy.address()}}});
  proxy.forward_to(broker.proxied());
  KafkaLedger ledger({.brokers = broker.bootstrap(), .seed = dice.seed(), .session_ms = 1'500});
  ledger.route("far", proxy.address());
  ledger.sequence("far");
  ledger.publish_registry();
  const Writers writers(ledger);
  Load load(ledger, {.pause = 2ms});
  std::uint64_t late = 0;
  int round = 0;
  // A quiet machine may have nothing in flight at the moment: again, until something was.
  for (; round < rounds || (late == 0 && round < rounds + most_in_vain); ++round) {
    INFO("round " << round);
    REQUIRE(load.goes_on(5));
    dice.wait(300ms);
    const auto before = writers.counts();
    const auto writer = writers.now();
    proxy.hold(support::Towards::broker);
    ledger.sequence("near");
    REQUIRE(writers.change(writer));
    REQUIRE(load.goes_on(1 + dice.below(20)));
    proxy.release(support::Towards::broker);
    INFO("far said: " << ledger.member("far").said());
    // Taken for dead, it joins again; and when it is alone it serves again.
    const auto of_near = writers.now();
    dice.wait(2s);
    ledger.member("near").terminate();
    CHECK(ledger.member("near").wait() == 0);
    if (ledger.member("far").has_ended()) {
      CHECK(ledger.member("far").wait() == 3);
      ledger.sequence("far");
    }
    REQUIRE(writers.change(of_near));
    REQUIRE(load.goes_on(5));
    late += writers.counts().voided != before.voided;
  }
  const auto& told = load.finish();
  report("late", std::to_string(round) + " times, of which something came late and was void " +
                     std::to_string(late) + " times; " + voids(writers));
  CHECK(late > 0);
  require_sound(ledger, told);
}

void forge_gaps_and_barriers(int rounds, const std::string& brokers) {
  Dice dice("forged");
  KafkaLedger ledger({.brokers = brokers, .seed = dice.seed(), .session_ms = 1'500});
  ledger.sequence("one");
  ledger.publish_registry();
  const Writers writers(ledger);
  const auto place = ledger.topics().log(0);
  const support::KafkaTopic log{ledger.brokers(), place.topic};
  Load load(ledger);
  for (int round = 0; round < rounds; ++round) {
    INFO("round " << round);
    REQUIRE(load.goes_on(3));
    std::vector<support::KafkaMessage> barriers;
    std::vector<support::KafkaMessage> entries;
    for (const auto& message : all_of(ledger, place)) {
      if (is_kind(message, kafka::barrier_kind)) barriers.push_back(as_sent(message));
      if (is_kind(message, kafka::entry_kind)) entries.push_back(as_sent(message));
    }
    const auto writer = writers.now();
    const auto torn = writers.counts().torn;
    // Its own latest barrier once more, and one before; an entry once more; one far ahead.
    auto ahead = entries.back();
    ahead.value = as_text(support::numbered_entry(entries.size() + 1'000'000));
    log.produce({barriers.back(), dice.one_of(barriers), entries.back(), ahead}, place.partition);
    CHECK(soon([&] { return writers.counts().torn > torn; }));
    REQUIRE(load.goes_on(3));
    CHECK(writers.change(writer));
  }
  const auto& told = load.finish();
  auto& one = ledger.member("one");
  CHECK_THAT(one.said(), Contains("left a gap") && Contains("taking over again"));
  one.terminate();
  CHECK(one.wait() == 0);
  report("forged", std::to_string(rounds) + " times; " + voids(writers));
  require_sound(ledger, told);
}

}  // namespace braid::test
