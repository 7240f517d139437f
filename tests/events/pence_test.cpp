#include "events/pence.hpp"

#include <catch2/catch.hpp>
#include <limits>
#include <random>

using namespace braid;

namespace {

constexpr auto least = std::numeric_limits<std::int64_t>::min();
constexpr auto most = std::numeric_limits<std::int64_t>::max();

}  // namespace

TEST_CASE("people read pounds with thousands, the sign before the currency") {
  CHECK(format_pounds(18'850'00) == "GBP 18,850.00");
  CHECK(format_pounds(-105) == "-GBP 1.05");
  CHECK(format_pounds(0) == "GBP 0.00");
  CHECK(format_pounds(7) == "GBP 0.07");
  CHECK(format_pounds(-7) == "-GBP 0.07");
  CHECK(format_pounds(999'99) == "GBP 999.99");
  CHECK(format_pounds(1'000'000'00) == "GBP 1,000,000.00");
  CHECK(format_pounds(most) == "GBP 92,233,720,368,547,758.07");
  CHECK(format_pounds(least) == "-GBP 92,233,720,368,547,758.08");
}

TEST_CASE("spreadsheets read pounds without thousands") {
  CHECK(format_plain_pounds(18'850'00) == "18850.00");
  CHECK(format_plain_pounds(-105) == "-1.05");
  CHECK(format_plain_pounds(least) == "-92233720368547758.08");
}

TEST_CASE("pounds read back to the penny, whatever the amount") {
  std::mt19937_64 random(20261122);
  for (int i = 0; i < 1000; ++i) {
    const auto pence =
        static_cast<std::int64_t>(random() >> (random() % 64)) * (random() % 2 ? 1 : -1);
    CAPTURE(pence);
    REQUIRE(pence_from_pounds(format_plain_pounds(pence)) == pence);
  }
  CHECK(pence_from_pounds("92233720368547758.07") == most);
  CHECK(pence_from_pounds("-92233720368547758.08") == least);
  CHECK(pence_from_pounds("18,850.00") == 18'850'00);
  CHECK(pence_from_pounds("18850") == 18'850'00);
  CHECK(pence_from_pounds("1,000,000.50") == 1'000'000'50);
}

TEST_CASE("what is not pounds to the penny is refused") {
  for (auto text :
       {"", "-", ".50", "1.5", "1.555", "1.", "1e3", "+1.00", "--1.00", "1.-5", "GBP 1.00",
        "1,00.00", ",100.00", "1,0000.00", "1 000.00", "100,000,00.00", "92233720368547758.08",
        "-92233720368547758.09", "999999999999999999999999.00"}) {
    CAPTURE(text);
    CHECK_FALSE(pence_from_pounds(text).has_value());
  }
}

TEST_CASE("a sum that 64 bits do not hold is no sum") {
  CHECK(add_pence(most, 0) == most);
  CHECK(add_pence(most, 1) == std::nullopt);
  CHECK(add_pence(least, -1) == std::nullopt);
  CHECK(subtract_pence(least, 1) == std::nullopt);
  CHECK(subtract_pence(0, least) == std::nullopt);
  CHECK(subtract_pence(5, 7) == -2);
  CHECK(multiply_pence(most / 2, 3) == std::nullopt);
  CHECK(multiply_pence(-12'50, 52) == -650'00);
}

TEST_CASE("a sum does not depend on the order, even where a part of it is too large") {
  CHECK(sum_pence(std::vector<std::int64_t>{most, 1, -1}) == most);
  CHECK(sum_pence(std::vector<std::int64_t>{most, -1, 1}) == most);
  CHECK(sum_pence(std::vector<std::int64_t>{most, 1}) == std::nullopt);
  CHECK(sum_pence(std::vector<std::int64_t>{least, -1}) == std::nullopt);
  CHECK(sum_pence(std::vector<std::int64_t>{}) == 0);
}
