#include "events/utf8.hpp"

#include <catch2/catch.hpp>

using namespace braid;

TEST_CASE("Code points of every length are read, one after the other") {
  std::string_view text = "a\u00e9\u20ac\U0001F600";
  CHECK(take_code_point(text) == U'a');
  CHECK(take_code_point(text) == U'\u00e9');
  CHECK(take_code_point(text) == U'\u20ac');
  CHECK(take_code_point(text) == U'\U0001F600');
  CHECK_FALSE(take_code_point(text));
}

TEST_CASE("The edges of every length are UTF-8") {
  for (const auto* text : {"\x7f", "\xc2\x80", "\xdf\xbf", "\xe0\xa0\x80", "\xed\x9f\xbf",
                           "\xee\x80\x80", "\xef\xbf\xbf", "\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf"})
    CHECK(is_utf8(text));
}

TEST_CASE("Overlong forms, surrogates, numbers too large, lone and missing bytes are not UTF-8") {
  for (const auto* text :
       {"\xc0\x80", "\xc1\xbf", "\xe0\x9f\xbf", "\xf0\x8f\xbf\xbf", "\xed\xa0\x80", "\xed\xbf\xbf",
        "\xf4\x90\x80\x80", "\xf8\x88\x80\x80\x80", "\x80", "\xff", "\xc3", "\xe2\x82",
        "\xf0\x9f\x98", "\xc3\x28", "\xe2\x28\xa1"})
    CHECK_FALSE(is_utf8(text));
}

TEST_CASE("The place of the first byte that is not UTF-8 is known") {
  CHECK(utf8_prefix("caf\u00e9") == 5);
  CHECK(utf8_prefix("caf\xe9 noir") == 3);
  CHECK(utf8_prefix("") == 0);
  CHECK(is_utf8(std::string_view("a\0b", 3)));
}
