#include "events/bytes.hpp"

#include <catch2/catch.hpp>

using namespace braid;

TEST_CASE("text seen as bytes and back is the same text, whatever it holds") {
  const std::string text("a\0\xff z", 5);
  CHECK(as_bytes(text).size() == 5);
  CHECK(as_bytes(text)[2] == std::byte{0xff});
  CHECK(as_text(as_bytes(text)) == text);
}
