#include <catch2/catch.hpp>

#include "tests/support/specimens.hpp"

using namespace braid;
using braid::test::specimen;

TEST_CASE("A specimen of every kind has form") {
  for (const auto& kind : kinds()) {
    INFO(kind.name);
    const OwnedBytes bytes = specimen(kind.kind);
    const auto formed = check_form(bytes);
    if (!formed) FAIL_CHECK(formed.error().field << ": " << formed.error().sentence);
    CHECK(EventReader(bytes).kind() == kind.kind);
  }
}
