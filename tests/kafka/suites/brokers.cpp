#include <functional>

#include "tests/kafka/suites/audit.hpp"
#include "tests/kafka/suites/dice.hpp"
#include "tests/kafka/suites/load.hpp"
#include "tests/kafka/suites/suites.hpp"
#include "tests/support/local_broker.hpp"
#include "tests/support/soon.hpp"

namespace braid::test {
namespace {

using namespace std::chrono_literals;
using Catch::Contains;
using support::LocalBroker;

constexpr int session_ms = 3'000;
constexpr std::chrono::milliseconds longer_than_a_session{5'000};

const std::vector<std::string> sequencers = {"first", "second"};

void begin_all(KafkaLedger& ledger) {
  for (const auto& name : sequencers) ledger.sequence(name);
  ledger.publish_registry();
  ledger.project("views");
  ledger.mirror_on("mirror");
}

void end_all(KafkaLedger& ledger, Load& load) {
  const auto& told = load.finish();
  for (const auto* name : {"first", "second", "views", "mirror"}) {
    auto& member = ledger.member(name);
    INFO(name << " said: " << member.said());
    CHECK_THAT(member.said(), Contains("no broker answers; waits") &&
                                  Contains("the brokers answer again"));
    REQUIRE_FALSE(member.has_ended());
    member.terminate();
    CHECK(member.wait() == 0);
  }
  require_sound(ledger, told);
}

/// Another process tells so on the same machine.
void require_said_to_wait(const KafkaLedger& ledger) {
  CHECK(support::soon([&] {
    const auto status = ledger.run("first", "status").out;
    return Contains("it said: no broker answers; waits").match(status);
  }));
}

/// Nobody has ended, and what is published is answered.
void require_answers(KafkaLedger& ledger, const Load& load) {
  const bool goes_on = load.goes_on(5);
  INFO("the load ended: " << load.failure());
  for (const auto* name : {"first", "second", "views", "mirror"}) {
    INFO(name << " said: " << ledger.member(name).said());
    CHECK_FALSE(ledger.member(name).has_ended());
    CHECK(goes_on);
  }
  for (const auto* name : {"first", "second"}) {
    if (goes_on) break;
    const auto status = ledger.run(name, "status");
    WARN(name << ": " << status.out << status.err);
  }
  REQUIRE(goes_on);
}

}  // namespace

void lose_the_broker(int rounds) {
  Dice dice("broker");
  LocalBroker broker;
  KafkaLedger ledger(
      {.brokers = broker.bootstrap(), .seed = dice.seed(), .session_ms = session_ms});
  begin_all(ledger);
  Load load(ledger);
  const std::vector<std::function<void()>> losses = {
      [&] {
        broker.kill();
        require_said_to_wait(ledger);
        broker.restart();
      },
      [&] {
        broker.pause();
        std::this_thread::sleep_for(longer_than_a_session);
        broker.resume();
      },
      [&] { broker.restart(); },
  };
  for (int round = 0; round < rounds; ++round) {
    INFO("round " << round);
    REQUIRE(load.goes_on(3));
    dice.wait(500ms);
    losses[static_cast<std::size_t>(round) % losses.size()]();
    require_answers(ledger, load);
  }
  report("broker", std::to_string(rounds) + " losses, " + std::to_string(load.answered()) +
                       " submissions answered");
  end_all(ledger, load);
}

void lose_brokers_of_three(int rounds) {
  Dice dice("brokers of three");
  LocalBroker brokers({.brokers = 3});
  KafkaLedger ledger({.brokers = brokers.bootstrap(),
                      .seed = dice.seed(),
                      .session_ms = session_ms,
                      .single_broker = false});
  begin_all(ledger);
  Load load(ledger);
  for (int round = 0; round < rounds; ++round) {
    INFO("round " << round);
    REQUIRE(load.goes_on(3));
    dice.wait(500ms);
    const int first = 1 + static_cast<int>(dice.below(3));
    brokers.kill(first);
    const bool both = round % 2 == 1;  // then nothing can be written until one is back
    const int second = 1 + first % 3;
    if (both) {
      dice.wait(1s);
      brokers.kill(second);
      std::this_thread::sleep_for(longer_than_a_session);
    } else {
      require_answers(ledger, load);  // two of three are enough
    }
    brokers.restart(first);
    if (both) brokers.restart(second);
    require_answers(ledger, load);
  }
  report("brokers of three", std::to_string(rounds) + " losses, " +
                                 std::to_string(load.answered()) + " submissions answered");
  const auto& told = load.finish();
  for (const auto* name : {"first", "second", "views", "mirror"}) {
    ledger.member(name).terminate();
    INFO(name << " said: " << ledger.member(name).said());
    CHECK(ledger.member(name).wait() == 0);
  }
  require_sound(ledger, told);
}

}  // namespace braid::test
