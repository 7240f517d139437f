#include <catch2/catch.hpp>

#include "tests/adapters/kafka/protocol_search.hpp"

using namespace braid::test::protocol;

namespace {

void all_holds(Bounds bounds, std::size_t states) {
  const auto found = search_thoroughly(bounds);
  for (const auto& step : found.trace) UNSCOPED_INFO(step);
  CHECK(found.broken.empty());
  CHECK(found.states == states);
}

}  // namespace

TEST_CASE("Two writers, two events, a loss and a repeat: no invariant breaks in any state") {
  all_holds({.writers = 2, .positions = 2, .losses = 1, .repeats = 1}, 392'557);
}

TEST_CASE("Three writers, one event and a loss: no invariant breaks in any state") {
  all_holds({.writers = 3, .positions = 1, .losses = 1, .repeats = 0}, 455'968);
}

TEST_CASE("Two writers, two events and a cut of the tail: no invariant breaks in any state") {
  all_holds({.writers = 2, .positions = 2, .losses = 0, .repeats = 0, .cuts = 1}, 124'583);
}
