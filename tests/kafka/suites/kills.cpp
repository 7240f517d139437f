#include <functional>

#include "tests/kafka/suites/audit.hpp"
#include "tests/kafka/suites/dice.hpp"
#include "tests/kafka/suites/load.hpp"
#include "tests/kafka/suites/suites.hpp"

namespace braid::test {
namespace {

using namespace std::chrono_literals;

constexpr int machine_exit = 3;

/// Processes of all sorts of one ledger, and how each begins.
class Crowd {
 public:
  explicit Crowd(KafkaLedger& ledger) : ledger_(ledger) {
    for (const auto& [name, begin] : processes_) begin(name);
  }

  void kill_one(Dice& dice) {
    const auto& [name, begin] = dice.one_of(processes_);
    dice.wait(900ms);
    auto& member = ledger_.member(name);
    member.kill();
    const auto exit = member.wait();
    INFO(name << " said: " << member.said());
    // A process that the machine did not let run for a while may have been replaced, and ended.
    if (exit == machine_exit && begins_again_after(member.said())) ++ended_;
    else REQUIRE(exit == -SIGKILL);
    begin(name);
  }

  void end() {
    for (const auto& [name, begin] : processes_) {
      auto& member = ledger_.member(name);
      member.terminate();
      const auto exit = member.wait();
      INFO(name << " said: " << member.said());
      // One that nobody waited for may not listen to the signal yet, which then ends it.
      if (name == views || name == mirror) CHECK((exit == 0 || exit == -SIGTERM));
      else CHECK(exit == 0);
    }
  }
  [[nodiscard]] int ended() const { return ended_; }

 private:
  using Begin = std::function<void(const std::string&)>;
  static constexpr std::string_view views = "views";
  static constexpr std::string_view mirror = "mirror";

  static bool begins_again_after(const std::string& said) {
    return said.find("start it again") != std::string::npos;
  }

  KafkaLedger& ledger_;
  const std::vector<std::pair<std::string, Begin>> processes_ = {
      {"first", [this](const auto& name) { ledger_.sequence(name); }},
      {"second", [this](const auto& name) { ledger_.sequence(name); }},
      {"third", [this](const auto& name) { ledger_.serve(name); }},
      {std::string(views), [this](const auto& name) { ledger_.project(name); }},
      {std::string(mirror), [this](const auto& name) { ledger_.mirror_on(name); }},
  };
  int ended_ = 0;
};

}  // namespace

void kill_processes(int rounds, const std::string& brokers) {
  Dice dice("kills");
  KafkaLedger ledger({.brokers = brokers, .seed = dice.seed(), .session_ms = 1'500});
  ledger.sequence("founder");
  ledger.publish_registry();
  ledger.forget("founder");
  Crowd crowd(ledger);
  Load load(ledger);
  REQUIRE(load.goes_on());
  for (int round = 0; round < rounds; ++round) {
    crowd.kill_one(dice);
    INFO("kill " << round);
    if (dice.below(2) == 0) REQUIRE(load.goes_on(1 + dice.below(20)));
  }
  const auto& told = load.finish();
  crowd.end();
  report("kills", std::to_string(rounds) + " kills, " + std::to_string(load.answered()) +
                      " submissions answered, " + std::to_string(crowd.ended()) +
                      " processes had ended before, told to be begun again");
  require_sound(ledger, told);
  for (const auto partition : all_partitions(ledger)) {
    const auto root = chain_of(ledger, "auditor", partition).root();
    for (const auto* member : {"first", "second", "third", "views", "mirror"}) {
      INFO(member);
      if (std::string(member) != "mirror") REQUIRE(ledger.run(member, "project").exit == 0);
      else REQUIRE(ledger.mirror(member).exit == 0);
      CHECK(chain_of(ledger, member, partition).root() == root);
    }
    CHECK(views_of(ledger, "views", partition) == views_of(ledger, "third", partition));
  }
}

}  // namespace braid::test
