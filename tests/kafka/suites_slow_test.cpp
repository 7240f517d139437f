#include <catch2/catch.hpp>

#include "tests/kafka/suites/suites.hpp"
#include "tests/support/local_broker.hpp"

using namespace braid;
using namespace braid::test;

// The whole counts: an hour.

TEST_CASE("fifty times a sequencer stood still in the middle of its work") {
  const support::LocalBroker broker;
  stop_and_continue(50, broker.bootstrap());
}

TEST_CASE("three hundred processes are killed under load") {
  const support::LocalBroker broker;
  kill_processes(300, broker.bootstrap());
}

TEST_CASE("ten times a writer's gap and a barrier twice") {
  const support::LocalBroker broker;
  forge_gaps_and_barriers(10, broker.bootstrap());
}

TEST_CASE("ten times hostile submissions to every partition") {
  const support::LocalBroker broker;
  send_hostile_messages(10, broker.bootstrap());
}

TEST_CASE("a hundred times a sequencer comes or goes") {
  const support::LocalBroker broker;
  come_and_go(100, broker.bootstrap());
}

TEST_CASE("ten times what a replaced sequencer sent arrives late") { deliver_late(10); }

TEST_CASE("thirty times a broker is gone or stands still") { lose_the_broker(30); }
