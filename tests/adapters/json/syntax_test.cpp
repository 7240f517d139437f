#include <catch2/catch.hpp>

#include "adapters/json/strict_json.hpp"
#include "tests/adapters/json/sample.hpp"

using namespace braid::json;
using namespace braid::json::test;

TEST_CASE("a whole sample is right: what the tests below refuse is refused for its change alone") {
  CHECK(problem_with(whole()).sentence() ==
        "the line, byte 0: found nothing; expected nothing; nothing");
}

TEST_CASE("a line that is no JSON is refused where it stops being some") {
  const auto problem = changed("\"yes\": true", "yes: true");
  CHECK(problem.offset == place_in("\"yes\": true", "yes: true", "yes: true"));
  CHECK(problem.found == "'y'");
  CHECK(problem.remedy ==
        "write names and text in double quotes, a colon after a name, a comma between members");
}

TEST_CASE("an empty line is refused") {
  CHECK(problem_with("").found == "nothing");
  CHECK(problem_with(" \t ").remedy == "leave out empty lines");
}

TEST_CASE("a cut line is refused, wherever it was cut") {
  const std::string line = whole();
  for (std::size_t size = 0; size < line.size(); ++size) {
    CAPTURE(size);
    REQUIRE_FALSE(is_right(line.substr(0, size)));
  }
  CHECK(problem_with("{\"words\": \"ab").found == "the end of the line");
}

TEST_CASE("what follows the object is refused") {
  const auto problem = problem_with(whole() + " {}");
  CHECK(problem.found == "more after the object");
  CHECK(problem.offset == whole().size() + 1);
  CHECK(is_right(whole() + " \r\n"));
}

TEST_CASE("comments, single quotes and trailing commas are refused") {
  CHECK_FALSE(is_right(whole_with("\"yes\": true,", "\"yes\": true, // so")));
  CHECK_FALSE(is_right(whole_with("\"yes\": true,", "/* so */ \"yes\": true,")));
  CHECK(changed("\"AAEC/w==\"", "'AAEC/w=='").remedy == "write names and text in double quotes");
  CHECK(changed("[1, -2]", "[1, -2,]").remedy ==
        "write one comma between two members, none after the last");
}

TEST_CASE("a list, a text or a number instead of an object is refused") {
  CHECK(problem_with("[]").expected == "an object of Sample");
  CHECK(problem_with("\"x\"").found == "\"x\"");
  CHECK_FALSE(is_right("1"));
}

TEST_CASE("bytes that are no UTF-8 are refused") {
  const auto problem = changed("Care Act", "C\xe1re Act");
  CHECK(problem.path == "words");
  CHECK(problem.expected == "text in UTF-8");
  CHECK_FALSE(is_right(whole_with("Care Act", "\xc0\xaf")));
  CHECK_FALSE(is_right(whole_with("Care Act", "\xed\xa0\x80")));
  CHECK_FALSE(is_right(whole_with("Care Act", "\xf4\x90\x80\x80")));
  CHECK(problem_with("\xff").found == "byte 0xff");
}

TEST_CASE("half of a surrogate pair and escapes that JSON lacks are refused") {
  CHECK_FALSE(is_right(whole_with("Care Act", "\\ud83d")));
  CHECK_FALSE(is_right(whole_with("Care Act", "\\ude00\\ud83d")));
  CHECK(changed("Care Act", "\\x41").found == "an escape that is none in a text");
}

TEST_CASE("a byte order mark is refused by its name") {
  CHECK(problem_with("\xef\xbb\xbf" + whole()).found == "a byte order mark");
}

TEST_CASE("control characters in text are refused, escaped or not") {
  CHECK(changed("Care Act", std::string_view("a\0b", 3)).found == "byte 0x00 in a text");
  CHECK(changed("Care Act", "a\x01 b").found == "byte 0x01 in a text");
  for (auto text :
       {"\\u0000", "\\u0001", "\\n", "\\t", "\\u001f", "\\u007f", "\x7f", "\\u0085", "\xc2\x85"}) {
    CAPTURE(text);
    const auto problem = changed("Care Act", text);
    CHECK(problem.path == "words");
    CHECK(problem.remedy == "leave out NUL, line breaks, tabs and other control characters");
  }
}

TEST_CASE("more than 32 levels are refused, long before memory or stack is short") {
  std::string line = "{\"deeper\":";
  for (int i = 0; i < 100'000; ++i) line += "{\"deeper\":";
  const auto problem = problem_with(line);
  CHECK(problem.found == "objects and lists in 33 levels");
  CHECK(problem.expected == "32 levels at most");
  CHECK_FALSE(is_right(std::string(100'000, '[')));
}

TEST_CASE("a line over a mebibyte is refused unread") {
  const auto problem = problem_with(std::string(max_line_bytes + 1, ' '));
  CHECK(problem.found == "1048577 bytes");
  CHECK(problem.expected == "a line of 1048576 bytes at most");
}
