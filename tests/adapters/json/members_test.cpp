#include <catch2/catch.hpp>

#include "adapters/json/strict_json.hpp"
#include "tests/adapters/json/sample.hpp"

using namespace braid::json;
using namespace braid::json::test;

TEST_CASE("a member that comes twice is refused, also where one of the two is spelt with escapes") {
  const auto problem = changed("\"yes\": true", "\"yes\": true, \"yes\": true");
  CHECK(problem.found == "\"yes\" again");
  CHECK(problem.remedy == "keep one of the two");
  CHECK(changed("\"yes\": true", "\"yes\": true, \"\\u0079es\": false").found == "\"yes\" again");
  CHECK(changed("\"small\": 1}", "\"small\": 1, \"small\": 1}").path == "inner");
}

TEST_CASE("an unknown member is refused with the known one that is nearest") {
  const auto problem = changed("\"sector\": \"health\"", "\"sectr\": \"health\"");
  CHECK(problem.path == "inner");
  CHECK(problem.found == "\"sectr\"");
  CHECK(problem.expected == "a member of Inner: name, sector, small");
  CHECK(problem.remedy == "write \"sector\", or leave it out");
  CHECK(problem.offset == place_in("\"sector\": \"health\"", "\"sectr\": \"health\"", "\"sectr\""));
  CHECK(changed("\"yes\"", "\"whatever\"").remedy == "leave it out");
  CHECK_FALSE(is_right(whole_with("\"yes\"", "\"" + std::string(100'000, 'y') + "\"")));
}

TEST_CASE("two members of one union are refused") {
  const auto problem = changed("\"body\"", "\"account\": \"x\", \"body\"");
  CHECK(problem.found == "\"account\" after \"invoice\"");
  CHECK(problem.expected == "only one of neither, invoice, account");
  CHECK(changed("\"small\": 3}}", "\"small\": 3}, \"closed\": true}").path == "body");
}

TEST_CASE("a union of which no member is said is refused") {
  const auto problem = changed("\"invoice\": \"0192f3c1-7a00-7000-8000-000000000002\",", "");
  CHECK(problem.found == "none of them");
  CHECK(problem.expected == "one of neither, invoice, account");
  CHECK(
      changed("{\"opened\": {\"name\": \"c\", \"sector\": \"person\", \"small\": 3}}", "{}").path ==
      "body");
}

TEST_CASE("a member left out is refused unless the schema marks it optional") {
  const auto problem = changed("\"amount\": 1885000,", "");
  CHECK(problem.path == "amount");
  CHECK(problem.found == "nothing");
  CHECK(problem.expected == "a whole number of pence");
  CHECK(problem.remedy == "say it: nothing has a default");
  CHECK(changed(", \"small\": 2}", "}").path == "inners[0].small");
  CHECK(changed("{\"opened\": {\"name\": \"c\", \"sector\": \"person\", \"small\": 3}}",
                "{\"paid\": {\"payee\": \"x\"}}")
            .path == "body.paid.pence");
}

TEST_CASE(
    "null is refused everywhere, and where a member is optional the remedy is to leave it out") {
  CHECK(changed("1885000", "null").path == "amount");
  CHECK(changed("[1, -2]", "[1, null]").path == "numbers[1]");
  CHECK(changed("{\"name\": \"a\", \"sector\": \"health\", \"small\": 1}", "null").found == "null");
  CHECK(changed("\"yes\": true", "\"yes\": true, \"note\": null").remedy == "leave the member out");
  CHECK(problem_with("null").found == "null");
}

TEST_CASE("a member without a value is written true") {
  CHECK(is_right(
      whole_with("\"invoice\": \"0192f3c1-7a00-7000-8000-000000000002\"", "\"neither\": true")));
  for (auto value : {"false", "{}", "1", "\"\"", "null"})
    CHECK(changed("\"invoice\": \"0192f3c1-7a00-7000-8000-000000000002\"",
                  std::string("\"neither\": ") + value)
              .path == "neither");
}

TEST_CASE("text longer than its limit in bytes is refused, by default 256") {
  const std::string most(256, 'x');
  CHECK(is_right(whole_with("Care Act 2014 s.26(1)/(2)", most)));
  CHECK(changed("Care Act 2014 s.26(1)/(2)", most + "x").remedy ==
        "shorten it: these are 257 bytes");
  CHECK(changed("\"name\": \"a\"", "\"name\": \"12345678901\"").expected ==
        "text of 10 bytes at most");
  CHECK(is_right(whole_with("\"name\": \"a\"", "\"name\": \"1234567890\"")));
  CHECK(changed("\"name\": \"a\"", "\"name\": \"\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\"")
            .path == "inner.name");
  CHECK(changed("[\"x\", \"\"]", "[\"x\", \"" + most + "x\"]").path == "tags[1]");
}

TEST_CASE("long text is not gathered before it is refused, though every byte of it is an escape") {
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += "\\u0041";
  const auto problem = changed("Care Act 2014 s.26(1)/(2)", text);
  CHECK(problem.path == "words");
  CHECK(problem.remedy == "shorten it");
}

TEST_CASE("a list longer than its limit is refused, by default 1,000 members") {
  const auto list_of_ones = [](int count) {
    std::string text = "[1";
    for (int i = 1; i < count; ++i) text += ",1";
    return text + "]";
  };
  CHECK(is_right(whole_with("[1, -2]", list_of_ones(1000))));
  const auto problem = changed("[1, -2]", list_of_ones(1001));
  CHECK(problem.path == "numbers[1000]");
  CHECK(problem.expected == "a list of 1000 members at most");
  const std::string one = R"({"name": "b", "sector": "none", "small": 2})";
  CHECK(is_right(whole_with(one, one + "," + one + "," + one)));
  CHECK(changed(one, one + "," + one + "," + one + "," + one).path == "inners[3]");
}

TEST_CASE("a line of more than 65,536 values is refused, though every list of it is short enough") {
  std::string thousand = "[";
  for (int i = 0; i < 999; ++i) thousand += "1,";
  thousand += "1]";
  std::string grid = "[";
  for (int i = 0; i < 99; ++i) grid += thousand + ",";
  grid += thousand + "]";
  CHECK(changed("[[1, 2], [], [3]]", grid).expected == "a line of 65536 values at most");
}

TEST_CASE(
    "a problem says place, byte, what was found, what is due and what to do, in one sentence") {
  const auto problem = changed("\"small\": 2", "\"small\": 70000");
  const auto place = place_in("\"small\": 2", "\"small\": 70000", "70000");
  CHECK(problem.sentence() ==
        "inners[0].small, byte " + std::to_string(place) +
            ": found 70000; expected a whole number from 0 to 65535; write a number in that range");
}

TEST_CASE("what was found is shown in printable ASCII, cut to 40 bytes") {
  const std::string hostile = "\x1b[31m\xe2\x80\xae" + std::string(1000, 'a');
  CHECK(printable(hostile).size() == 40);
  CHECK(printable(hostile) == "?[31m???" + std::string(29, 'a') + "...");
  const auto problem = changed("\"socialCare\"", "\"\\u001b]0;" + std::string(200, 'b') + "\"");
  CHECK(problem.found == "\"?]0;" + std::string(33, 'b') + "...\"");
  CHECK(changed("\"yes\"", "\"\\u001b[2J\"").found == "\"?[2J\"");
}
