#include <catch2/catch.hpp>

#include "adapters/json/strict_json.hpp"
#include "tests/adapters/json/sample.hpp"

using namespace braid::json;
using namespace braid::json::test;

namespace {

/// What is wrong with a whole sample of which one part is replaced.
JsonProblem changed(std::string_view from, std::string_view to) {
  return problem_with(whole_with(from, to));
}

/// The byte at which `part` begins in a sample changed so.
std::size_t place_in(std::string_view from, std::string_view to, std::string_view part) {
  return whole_with(from, to).find(part);
}

}  // namespace

TEST_CASE("a whole sample is right: what the tests below refuse is refused for its change alone") {
  CHECK(problem_with(whole()).sentence() ==
        "the line, byte 0: found nothing; expected nothing; nothing");
}

// ---- what is no JSON

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

// ---- members

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

// ---- kinds of values

TEST_CASE("a value of another kind is refused with the kind that is due") {
  CHECK(changed("\"Care Act 2014 s.26(1)/(2)\"", "26").expected == "text of 256 bytes at most");
  CHECK(changed("\"Care Act 2014 s.26(1)/(2)\"", "true").found == "true");
  CHECK(changed("65535", "\"65535\"").remedy == "write it without quotes");
  CHECK(changed("65535", "true").expected == "a whole number from 0 to 65535");
  CHECK(changed("true", "\"true\"").remedy == "write true or false without quotes");
  CHECK(changed("true", "1").expected == "true or false");
  CHECK(changed("\"2026-04-01\"", "20260401").remedy == "write it in quotes, as the calendar does");
  CHECK(changed("\"2026-04-01\"", "[]").found == "a list");
  CHECK(changed("[1, -2]", "{}").remedy == "write a list: [ ... ]");
  CHECK(changed("[1, -2]", "1").path == "numbers");
  CHECK(changed("[[1, 2], [], [3]]", "[[1, 2], 3]").path == "grid[1]");
  CHECK(changed("{\"name\": \"a\", \"sector\": \"health\", \"small\": 1}", "\"a\"").remedy ==
        "write an object: { ... }");
  CHECK(changed("\"socialCare\"", "2").path == "sector");
}

TEST_CASE(
    "an integer is decimal digits: no hexadecimal, exponent, fraction, plus or leading zero") {
  CHECK(changed("65535", "0x10").found == "0x10");
  CHECK(changed("65535", "0x10").remedy == "write 16");
  CHECK(changed("65535", "0x10").path == "small");
  CHECK(changed("65535", "1e3").remedy == "write 1000");
  CHECK(changed("65535", "1E3").found == "1E3");
  CHECK(changed("65535", "1.0").remedy == "write 1");
  CHECK(changed("65535", "1.5").remedy == "write digits without fraction or exponent");
  CHECK(changed("65535", "007").remedy == "write 7");
  CHECK(changed("65535", "+7").remedy == "write 7");
  CHECK(changed("65535", "-0").remedy == "write 0");
  CHECK(changed("65535", "\"0x10\"").remedy == "write 16");
  CHECK_FALSE(is_right(whole_with("65535", "1e999999999999")));
  CHECK_FALSE(is_right(whole_with("65535", ".5")));
  CHECK_FALSE(is_right(whole_with("65535", "1.")));
  CHECK_FALSE(is_right(whole_with("65535", "1_000")));
}

TEST_CASE("an integer outside its field's range is refused with the range") {
  CHECK(changed("65535", "65536").expected == "a whole number from 0 to 65535");
  CHECK(changed("65535", "-1").path == "small");
  CHECK(changed("-128", "-129").expected == "a whole number from -128 to 127");
  CHECK(changed("-128", "128").path == "tiny");
  CHECK(changed("-2147483648", "2147483648").path == "medium");
  CHECK(changed("4294967295", "4294967296").path == "count");
  CHECK(changed("-9007199254740992", "9223372036854775808").path == "large");
  CHECK(changed("-9007199254740992", "-9223372036854775809").path == "large");
  CHECK(changed("9007199254740992", "18446744073709551616").path == "large");
  CHECK(changed("\"huge\": 9007199254740992", "\"huge\": 18446744073709551616").path == "huge");
  CHECK(
      changed("\"huge\": 9007199254740992", "\"huge\": 99999999999999999999999999999999999").path ==
      "huge");
  CHECK(changed("[1, -2]", "[1, 9223372036854775808]").path == "numbers[1]");
}

TEST_CASE("an integer above 2^53 is read in digits and in quotes, and not rounded") {
  for (auto number : {"9223372036854775807", "\"9223372036854775807\""})
    CHECK((*Decoded(whole_with("-9007199254740992", number))).getLarge() == 9223372036854775807);
  CHECK((*Decoded(whole_with("-9007199254740992", "-9223372036854775808"))).getLarge() ==
        INT64_MIN);
  CHECK((*Decoded(whole_with("-9007199254740992", "9007199254740993"))).getLarge() ==
        9007199254740993);
  CHECK((*Decoded(whole_with("\"huge\": 9007199254740992", "\"huge\": 18446744073709551615")))
            .getHuge() == UINT64_MAX);
  CHECK(changed("-9007199254740992", "\"9007199254740992\"").remedy == "write it without quotes");
  CHECK(changed("-9007199254740992", "\"09007199254740993\"").path == "large");
}

TEST_CASE("NaN and Infinity are refused by their names") {
  for (std::string word : {"NaN", "Infinity", "-Infinity", "nan", "inf"}) {
    const auto problem = changed("65535", word);
    CHECK(problem.path == "small");
    CHECK(problem.found == word);
    CHECK(problem.expected == "a whole number from 0 to 65535");
  }
}

TEST_CASE("pounds where pence are due are refused with the pence to write") {
  CHECK(changed("1885000", "12.34").remedy == "amounts are whole pence: write 1234");
  CHECK(changed("1885000", "12.34").found == "12.34");
  CHECK(changed("1885000", "\"12.34\"").remedy == "amounts are whole pence: write 1234");
  CHECK(changed("1885000", "\"GBP 18,850.00\"").remedy == "amounts are whole pence: write 1885000");
  CHECK(changed("1885000",
                "\"\xc2\xa3"
                "5.00\"")
            .remedy == "amounts are whole pence: write 500");
  CHECK(changed("1885000", "-0.05").remedy == "amounts are whole pence: write -5");
  CHECK(changed("1885000", "1.5").remedy == "amounts are whole pence, in digits");
  CHECK(changed("1885000", "1e3").remedy == "amounts are whole pence, in digits");
  CHECK(changed("1885000", "\"a lot\"").remedy == "amounts are whole pence, in digits");
  CHECK(changed("1885000", "9223372036854775808").path == "amount");
}

TEST_CASE("a day that does not exist is refused, and one outside 1900 to 2200") {
  CHECK(changed("2026-04-01\"", "2023-02-29\"").remedy == "a date is a day that the calendar has");
  CHECK(changed("2026-04-01\"", "2023-02-29\"").found == "\"2023-02-29\"");
  CHECK(changed("2026-04-01\"", "1899-12-31\"").remedy == "a date is in the years 1900 to 2200");
  CHECK(changed("2026-04-01\"", "2201-01-01\"").path == "on");
  CHECK(changed("2026-04-01\"", "01/04/2026\"").expected ==
        "a date from 1900 to 2200, such as \"2026-04-01\"");
  CHECK(changed("2026-04-01\"", "none\"").path == "on");
  CHECK(changed("2026-04\"", "2026-13\"").path == "month");
  CHECK(changed("2026-04\"", "2026-04-01\"").path == "month");
}

TEST_CASE("an instant in another zone, without zone or on no day is refused") {
  for (auto text : {"2026-04-01T09:30:00+01:00", "2026-04-01T09:30:00", "2026-02-30T09:30:00Z",
                    "2026-04-01", "now"}) {
    CAPTURE(text);
    CHECK(changed("2026-04-01T09:30:00.000001Z", text).path == "at");
  }
}

TEST_CASE("an identifier that is no UUID is refused") {
  for (auto text :
       {"", "0192f3c17a0070008000000000000001", "{0192f3c1-7a00-7000-8000-000000000001}",
        "0192f3c1-7a00-7000-8000-00000000000g", "0192f3c1-7a00-7000-8000-0000000000011"}) {
    CAPTURE(text);
    const auto problem = changed("0192f3c1-7a00-7000-8000-000000000001", text);
    CHECK(problem.path == "id");
    CHECK(problem.expected == "a UUID such as \"0192f3c1-7a00-7000-8000-000000000001\"");
  }
}

TEST_CASE("a digest of another length, or with other digits, is refused") {
  CHECK(changed("7852b855", "7852b85").remedy == "write all 64 digits: these are 63 characters");
  CHECK(changed("7852b855", "7852b85500").remedy == "write all 64 digits: these are 66 characters");
  CHECK(changed("7852b855", "7852b85g").remedy == "write digits 0 to 9 and a to f, in lower case");
  CHECK(changed("7852b855", "7852B855").path == "hash");
}

TEST_CASE("base64 that is none, or too long, is refused") {
  CHECK(changed("AAEC/w==", "AAEC/w").remedy ==
        "write RFC 4648 base64 with padding, without line breaks");
  CHECK(changed("AAEC/w==", "AAEC_w==").path == "key");
  CHECK(changed("AAEC/w==", "AAEC/x==").path == "key");
  CHECK(changed("AAEC/w==", "AA EC/w==").path == "key");
  CHECK(changed("AAEC/w==", std::string(43, 'A') + "=").expected == "nothing");
  CHECK(changed("AAEC/w==", std::string(44, 'A')).remedy == "shorten it: these are 33 bytes");
  CHECK(changed("AAEC/w==", std::string(4000, 'A')).remedy == "shorten it");
}

TEST_CASE("a word that its enum does not know is refused with those that it knows") {
  const auto problem = changed("\"socialCare\"", "\"socialcare\"");
  CHECK(problem.found == "\"socialcare\"");
  CHECK(problem.expected ==
        "one of none, health, socialCare, education, housing, voluntary, person");
  CHECK(problem.remedy == "write \"socialCare\"");
  CHECK(changed("\"socialCare\"", "\"police\"").remedy == "write one of them");
  CHECK(changed("\"socialCare\"", "\"\"").path == "sector");
}

// ---- limits

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

// ---- how a problem reads

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
