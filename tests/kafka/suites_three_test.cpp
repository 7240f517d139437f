#include <catch2/catch.hpp>

#include "tests/kafka/suites/suites.hpp"

using namespace braid::test;

TEST_CASE("one or two of three brokers are killed, thirty times, and nothing is lost") {
  lose_brokers_of_three(30);
}
