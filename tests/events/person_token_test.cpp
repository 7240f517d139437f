#include "events/person_token.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

#include "events/encoding.hpp"

using namespace braid;
using Catch::Matchers::Contains;

namespace {

LinkageKey key_of(std::string_view hex) {
  auto key = symmetric_key_from_text(hex);
  REQUIRE(key);
  return std::move(*key);
}

const std::string one_key = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
const std::string other_key(64, '0');

}  // namespace

TEST_CASE("An NHS number is read with spaces, dashes and space around it, and is the same number") {
  for (const auto* text :
       {"9434765919", "943 476 5919", "943-476-5919", " 943 476 5919\n", "9 4 3 4 7 6 5 9 1 9"})
    CHECK(PersonIdentifier::nhs_number(text)->value() == "9434765919");
}

TEST_CASE(
    "An NHS number whose check digit is zero is read, one that would need ten as check digit is "
    "not") {
  CHECK(PersonIdentifier::nhs_number("4000000020"));
  for (char digit = '0'; digit <= '9'; ++digit)
    CHECK_FALSE(PersonIdentifier::nhs_number(std::string("400000008") + digit));
}

TEST_CASE("Any single mistyped digit and any swap of neighbours in an NHS number is found") {
  const std::string number = "9434765919";
  for (std::size_t i = 0; i < number.size(); ++i) {
    for (char digit = '0'; digit <= '9'; ++digit) {
      auto mistyped = number;
      mistyped[i] = digit;
      CHECK(PersonIdentifier::nhs_number(mistyped).has_value() == (mistyped == number));
    }
    auto swapped = number;
    if (i > 0) std::swap(swapped[i - 1], swapped[i]);
    CHECK(PersonIdentifier::nhs_number(swapped).has_value() == (swapped == number));
  }
}

TEST_CASE("What is no NHS number is refused with a sentence that shows none of it") {
  const auto why = [](std::string_view text) { return PersonIdentifier::nhs_number(text).error(); };
  CHECK(why("000 000 0001") ==
        "the last digit of this NHS number does not fit the others: one of them is mistyped");
  CHECK(why("000 000 0000") ==
        "ten equal digits stand for an unknown NHS number, not for a person");
  CHECK(why("943476591") == "an NHS number has ten digits; this has 9");
  CHECK(why("") == "an NHS number has ten digits; this has 0");
  CHECK(why("94347659199") == "an NHS number has ten digits; this has 11");
  CHECK(why("943476591X") == "an NHS number has digits only, with spaces or dashes between them");
  CHECK(why(std::string(100'000, '9')) == "an NHS number has ten digits; this is far longer");
}

TEST_CASE(
    "A person's token is HMAC-SHA-256 under the linkage key over scheme, zero byte and number") {
  // Computed by another implementation (Python's hmac).
  CHECK(person_token(key_of(one_key), *PersonIdentifier::nhs_number("943 476 5919")).hex() ==
        "4f4eb903874d8afb1313e051d410c8e912f50ae41addf518b40a71255f290b61");
  CHECK(person_token(key_of(one_key), *PersonIdentifier::other("upn", "A123456789012")).hex() ==
        "c3afb11dd25be3788d97575b0d8823fb9d4bfe99734bb7a575ed81d464dc48a8");
}

TEST_CASE("Two bodies with one linkage key meet on one token, and with another they do not") {
  const auto council = PersonIdentifier::nhs_number("943 476 5919"),
             icb = PersonIdentifier::other("nhs-number", "9434765919");
  CHECK(person_token(key_of(one_key), *council) == person_token(key_of(one_key), *icb));
  CHECK(person_token(key_of(one_key), *council) != person_token(key_of(other_key), *council));
}

TEST_CASE("The same value under another scheme is another person") {
  const auto key = key_of(one_key);
  const auto upn = person_token(key, *PersonIdentifier::other("upn", "x1")),
             case_id = person_token(key, *PersonIdentifier::other("case", "x1"));
  CHECK(upn != case_id);
}

TEST_CASE("Other identifiers are bounded, UTF-8 and trimmed, and keep their case") {
  CHECK(PersonIdentifier::other("upn", "  aB 1\n")->value() == "aB 1");
  CHECK(PersonIdentifier::other("upn", " ").error() == "the identifier is empty");
  CHECK(PersonIdentifier::other("upn", std::string(129, 'x')).error() ==
        "an identifier has at most 128 bytes; this has 129");
  CHECK(PersonIdentifier::other("upn", "\xff").error() == "the identifier is not UTF-8");
  CHECK_THAT(PersonIdentifier::other("UPN", "x").error(), Contains("such as upn"));
  CHECK_THAT(PersonIdentifier::other("", "x").error(), Contains("such as upn"));
}

TEST_CASE("A token is read back from its text") {
  const auto token = person_token(key_of(one_key), *PersonIdentifier::nhs_number("943 476 5919"));
  CHECK(PersonToken::from_hex(token.hex()) == token);
  CHECK_FALSE(PersonToken::from_hex("9434765919"));
}

TEST_CASE(
    "A secret key is read from its text with or without a line end, and refused without being "
    "shown") {
  const auto key = key_of(one_key);
  for (const auto* line_end : {"", "\n", "\r\n"}) {
    auto text = one_key;
    text += line_end;
    CHECK(std::ranges::equal(symmetric_key_from_text(text)->expose(), key.expose()));
  }
  CHECK(symmetric_key_from_text(to_text(key)));
  const auto refused = symmetric_key_from_text("hunter2");
  CHECK(refused.error() ==
        "a secret key is 64 lower-case hexadecimal digits, as `openssl rand -hex 32` writes them");
}
