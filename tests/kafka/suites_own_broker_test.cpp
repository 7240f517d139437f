#include <catch2/catch.hpp>

#include "tests/kafka/suites/suites.hpp"

using namespace braid::test;

TEST_CASE("what a replaced sequencer sent arrives late, and is void for everybody") {
  deliver_late(1);
}

TEST_CASE("processes wait for a broker that is gone or stands still, and go on by themselves") {
  lose_the_broker(3);
}
