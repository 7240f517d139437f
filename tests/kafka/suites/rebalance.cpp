#include "tests/kafka/suites/audit.hpp"
#include "tests/kafka/suites/dice.hpp"
#include "tests/kafka/suites/load.hpp"
#include "tests/kafka/suites/suites.hpp"
#include "tests/kafka/suites/twin.hpp"

namespace braid::test {
namespace {

using namespace std::chrono_literals;

/// Of partitions 1, 0, 2 and 3 of 4.
const std::vector<std::string> places = {"northshire", "southshire", "lowshire", "eastshire"};

void end(KafkaMember& member) {
  member.terminate();
  const auto exit = member.wait();
  INFO(member.said());
  CHECK(exit == 0);
}

/// One comes, or one goes, in order or not.
void change_one(KafkaLedger& ledger, Dice& dice, std::vector<std::string>& here,
                std::vector<std::string>& away) {
  constexpr std::size_t fewest = 1;
  const bool comes = here.size() == fewest || (!away.empty() && dice.below(2) == 0);
  auto& from = comes ? away : here;
  const auto which = dice.below(from.size());
  const auto name = from[which];
  from.erase(from.begin() + static_cast<std::ptrdiff_t>(which));
  (comes ? here : away).push_back(name);
  if (comes) {
    ledger.sequence(name);
  } else if (dice.below(3) == 0) {
    ledger.member(name).kill();
    CHECK(ledger.member(name).wait() == -SIGKILL);
  } else {
    end(ledger.member(name));
  }
}

}  // namespace

void come_and_go(int rounds, const std::string& brokers) {
  Dice dice("comings");
  KafkaLedger ledger({.brokers = brokers, .partitions = 4, .seed = dice.seed(), .session_ms = 1'500});
  std::vector<std::string> here = {"one"};
  std::vector<std::string> away = {"two", "three", "four"};
  ledger.sequence("one");
  ledger.publish_registry();
  for (const auto* worker : {"views", "replica"}) ledger.project(worker);
  Load load(ledger, {.places = places, .on_the_way = 6});
  for (int round = 0; round < rounds; ++round) {
    INFO("round " << round);
    dice.wait(1500ms);
    change_one(ledger, dice, here, away);
    if (dice.below(2) == 0) REQUIRE(load.goes_on(10));
  }
  const auto& told = load.finish();
  report("comings", std::to_string(rounds) + " comings and goings, " +
                        std::to_string(load.answered()) + " submissions answered");
  for (const auto& name : here) end(ledger.member(name));
  for (const auto* worker : {"views", "replica"}) {
    end(ledger.member(worker));
    REQUIRE(ledger.run(worker, "project").exit == 0);
  }
  require_sound(ledger, told);
  EmbeddedTwin twin(ledger);
  const lmdb::EventLog copy(ledger.directory("auditor"));
  for (const auto partition : all_partitions(ledger)) {
    INFO("partition " << partition);
    twin.live(partition, *copy.reader(partition));
    CHECK(chain_of(*twin.history(partition)).root() == chain_of(*copy.reader(partition)).root());
    const auto digest = twin.views(partition);
    CHECK(views_of(ledger, "views", partition) == digest);
    CHECK(views_of(ledger, "replica", partition) == digest);
  }
}

}  // namespace braid::test
