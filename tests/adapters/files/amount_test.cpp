#include "adapters/files/amount.hpp"

#include <rapidcheck.h>
#include <catch2/catch.hpp>

using namespace braid::files;

namespace {

constexpr AmountForms all_forms = {
    .minus = true, .brackets = true, .thousands = true, .pound = true, .noise = true};

std::int64_t signed_pence(std::string_view cell) {
  const auto amount = read_amount(cell, all_forms);
  REQUIRE(amount);
  return amount->negative ? -amount->pence : amount->pence;
}

AmountFault fault_of(std::string_view cell, const AmountForms& forms = all_forms) {
  const auto amount = read_amount(cell, forms);
  INFO(cell);
  REQUIRE_FALSE(amount);
  return amount.error();
}

std::string with_commas(std::string digits) {
  for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3) {
    digits.insert(static_cast<std::size_t>(at), ",");
  }
  return digits;
}

}  // namespace

TEST_CASE("An amount is read in every form that publishers use") {
  struct Case {
    const char* cell;
    std::int64_t pence;
  };
  const auto each = GENERATE(
      Case{"0", 0}, Case{"539", 539'00}, Case{"1201.2", 1201'20}, Case{"1636.21", 1636'21},
      Case{"-3338.88", -3338'88}, Case{" 765.00 ", 765'00}, Case{" 5,616.65 ", 5616'65},
      Case{"-5,616.65 ", -5616'65}, Case{"1,234,567.89", 1'234'567'89},
      Case{"(264,795.53)", -264'795'53}, Case{"(17.05)", -17'05}, Case{"( 17.05 )", -17'05},
      Case{"\xC2\xA3"
           "12.50",
           12'50},
      Case{"\xA3"
           "12.50",
           12'50},
      Case{"-\xC2\xA3"
           "12.50",
           -12'50},
      Case{"\xC2\xA3-12.50", -12'50},
      Case{"(\xC2\xA3"
           "1,000.00)",
           -1000'00},
      Case{"\xC2\xA3 12.50", 12'50}, Case{".50", 50}, Case{"00012.50", 12'50},
      Case{"10000000000.00", max_amount_pence});
  INFO(each.cell);
  CHECK(signed_pence(each.cell) == each.pence);
}

TEST_CASE("More than two decimals are rounded half away from zero, from the decimals as printed") {
  struct Case {
    const char* cell;
    std::int64_t pence;
  };
  const auto each =
      GENERATE(Case{"2586.2799999999997", 2586'28}, Case{"-2086.7999999999997", -2086'80},
               Case{"-497.28000000000003", -497'28}, Case{"1.005", 1'01}, Case{"-1.005", -1'01},
               Case{"1.00499999999999999999999999", 1'00}, Case{"2.675", 2'68}, Case{"0.994", 99},
               Case{"0.995", 1'00}, Case{"9.999", 10'00}, Case{"(0.005)", -1}, Case{"-0.0049", 0});
  INFO(each.cell);
  CHECK(signed_pence(each.cell) == each.pence);
  CHECK(read_amount(each.cell, all_forms)->rounded);
}

TEST_CASE("Nothing is neither paid nor credited") {
  for (const char* cell : {"-0.00", "(0)", "-0.004"})
    CHECK_FALSE(read_amount(cell, all_forms)->negative);
}

TEST_CASE("What is no amount is refused, and it is said why") {
  struct Case {
    const char* cell;
    AmountFault fault;
  };
  const auto each = GENERATE(
      Case{"", AmountFault::empty}, Case{"   ", AmountFault::empty},
      Case{"-", AmountFault::not_an_amount}, Case{"()", AmountFault::not_an_amount},
      Case{"(5", AmountFault::not_an_amount}, Case{"5)", AmountFault::not_an_amount},
      Case{"--5", AmountFault::not_an_amount}, Case{"-(5.00)", AmountFault::not_an_amount},
      Case{"(-5.00)", AmountFault::not_an_amount}, Case{"5-", AmountFault::not_an_amount},
      Case{"+5", AmountFault::not_an_amount}, Case{"5.", AmountFault::not_an_amount},
      Case{".", AmountFault::not_an_amount}, Case{"1.2.3", AmountFault::not_an_amount},
      Case{"1 000.00", AmountFault::not_an_amount}, Case{"12 CR", AmountFault::not_an_amount},
      Case{"$5.00", AmountFault::not_an_amount}, Case{"#REF!", AmountFault::not_an_amount},
      Case{"N/A", AmountFault::not_an_amount}, Case{"nan", AmountFault::not_an_amount},
      Case{"0x10", AmountFault::not_an_amount}, Case{"1,23", AmountFault::thousands_not_in_threes},
      Case{"1,234,56", AmountFault::thousands_not_in_threes},
      Case{"1234,567", AmountFault::thousands_not_in_threes},
      Case{",123", AmountFault::thousands_not_in_threes},
      Case{"1,,234", AmountFault::thousands_not_in_threes},
      Case{"9.09495E-13", AmountFault::exponent}, Case{"1e5", AmountFault::exponent},
      Case{"10000000000.01", AmountFault::too_large},
      Case{"99999999999999999999999999999999", AmountFault::too_large},
      Case{"-99999999999999999999.99", AmountFault::too_large});
  CHECK(fault_of(each.cell) == each.fault);
  CHECK(!reason_of(each.fault).empty());
  CHECK(!remedy_of(each.fault).empty());
}

TEST_CASE("A form that the layout does not declare is refused by its name") {
  const AmountForms none;
  CHECK(read_amount("12.50", none)->pence == 12'50);
  CHECK(fault_of("-12.50", none) == AmountFault::minus_undeclared);
  CHECK(fault_of("(12.50)", none) == AmountFault::brackets_undeclared);
  CHECK(fault_of("\xA3"
                 "12.50",
                 none) == AmountFault::pound_undeclared);
  CHECK(fault_of("1,250.00", none) == AmountFault::thousands_undeclared);
  CHECK(fault_of("12.500", none) == AmountFault::more_than_two_decimals);
}

TEST_CASE("Every amount of pence reads back from every way of writing it") {
  CHECK(rc::check([] {
    const auto pence = *rc::gen::oneOf(
        rc::gen::inRange<std::int64_t>(1, max_amount_pence + 1),
        rc::gen::inRange<std::int64_t>(1, 1'000'000),
        rc::gen::element<std::int64_t>(1, 99, 100, 99'999, 100'000, max_amount_pence));
    const std::string pounds = std::to_string(pence / 100);
    const std::string rest = {'.', static_cast<char>('0' + pence / 10 % 10),
                              static_cast<char>('0' + pence % 10)};
    const Amount paid = {.pence = pence};
    const Amount credit = {.pence = pence, .negative = true};
    RC_ASSERT(read_amount(pounds + rest, all_forms) == paid);
    RC_ASSERT(read_amount(" " + with_commas(pounds) + rest + " ", all_forms) == paid);
    RC_ASSERT(read_amount("-" + pounds + rest, all_forms) == credit);
    RC_ASSERT(read_amount("(\xC2\xA3" + with_commas(pounds) + rest + ")", all_forms) == credit);
  }));
}

TEST_CASE("Rounding moves an amount by half a penny at most, and a tie away from zero") {
  CHECK(rc::check([] {
    // Thousandths of a penny, so that the exact value is a whole number here.
    const auto exact = *rc::gen::inRange<std::int64_t>(0, 1'000'000'000);
    std::string digits =
        std::to_string(exact + 100'000'000'000);  // twelve digits: pounds, then five decimals
    const std::string cell = digits.substr(1, 6) + "." + digits.substr(7);
    const auto amount = read_amount(cell, all_forms);
    RC_ASSERT(amount.has_value());
    const std::int64_t difference = amount->pence * 1000 - exact;
    RC_ASSERT(difference > -500);
    RC_ASSERT(difference <= 500);
  }));
}

TEST_CASE("Any bytes are an amount or a fault") {
  CHECK(rc::check([](const std::string& cell) {
    const auto amount = read_amount(cell, all_forms);
    if (amount) RC_ASSERT(amount->pence >= 0 && amount->pence <= max_amount_pence);
  }));
}
