#include <catch2/catch.hpp>

#include "tests/kafka/suites/suites.hpp"

// Short shares; the whole counts: suites_slow_test.cpp.

using namespace braid::test;

TEST_CASE(
    "a sequencer that stood still in the middle of its work gives no further receipt and ends with "
    "a clear sentence") {
  stop_and_continue(5);
}

TEST_CASE(
    "sequencers, view workers and mirrors are killed under load, and nothing told was untrue, lost "
    "or doubled") {
  kill_processes(20);
}

TEST_CASE("a gap left by a writer and a barrier that comes twice cost nobody anything") {
  forge_gaps_and_barriers(2);
}

TEST_CASE("readers of a log that was cut or altered stop, and name the place") { alter_the_log(); }

TEST_CASE("hostile submissions are answered, and no partition stands still for them") {
  send_hostile_messages(2);
}

TEST_CASE("sequencers come and go under load, and each submission is judged once") {
  come_and_go(8);
}
