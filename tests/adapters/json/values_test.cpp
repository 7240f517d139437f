#include <catch2/catch.hpp>

#include "adapters/json/strict_json.hpp"
#include "tests/adapters/json/sample.hpp"

using namespace braid::json;
using namespace braid::json::test;

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
