#include "events/date.hpp"

#include <catch2/catch.hpp>
#include <chrono>
#include <limits>

using namespace braid;

namespace {

Date day(std::string_view text) { return Date::from_text(text).value(); }
bool reads_date(std::string_view text) { return Date::from_text(text).has_value(); }
bool reads_instant(std::string_view text) { return Instant::from_text(text).has_value(); }

}  // namespace

TEST_CASE(
    "every day from 1900 to 2200 reads back from its text, and agrees with the library's "
    "calendar") {
  int days = 0;
  for (Date date = day("1900-01-01"); date <= day("2200-12-31"); date = add_days(date, 1), ++days) {
    const std::chrono::year_month_day expected{std::chrono::sys_days{std::chrono::days{date.days}}};
    REQUIRE(date.year() == static_cast<int>(expected.year()));
    REQUIRE(date.month() == static_cast<int>(static_cast<unsigned>(expected.month())));
    REQUIRE(date.day() == static_cast<int>(static_cast<unsigned>(expected.day())));
    REQUIRE(Date::from_text(date.text()) == date);
  }
  CHECK(days == 301 * 365 + 73);
}

TEST_CASE("a day that the calendar does not have is no date") {
  CHECK_FALSE(reads_date("2023-02-29"));
  CHECK(reads_date("2024-02-29"));
  CHECK_FALSE(reads_date("2100-02-29"));
  CHECK(reads_date("2000-02-29"));
  CHECK_FALSE(reads_date("2026-04-31"));
  CHECK_FALSE(reads_date("2026-13-01"));
  CHECK_FALSE(reads_date("2026-00-01"));
  CHECK_FALSE(reads_date("2026-01-00"));
  CHECK(Date::from_text("2023-02-29").error() == "a date is a day that the calendar has");
}

TEST_CASE("a date is written in one way only") {
  for (auto text :
       {"", "2026-4-1", "2026/04/01", "01-04-2026", "20260401", " 2026-04-01", "2026-04-01 ",
        "2026-04-0a", "+026-04-01", "2026-04--1", "2026-04-01T00:00:00Z"})
    CHECK_FALSE(reads_date(text));
}

TEST_CASE("a date before 1900 or after 2200 is a slip") {
  CHECK_FALSE(reads_date("1899-12-31"));
  CHECK(reads_date("1900-01-01"));
  CHECK(reads_date("2200-12-31"));
  CHECK_FALSE(reads_date("2201-01-01"));
  CHECK_FALSE(Date::from_calendar(1899, 12, 31).has_value());
}

TEST_CASE("every stored number has a text, however far it is from any calendar") {
  CHECK(Date::none().text() == "none");
  CHECK(Date{std::numeric_limits<std::int32_t>::max()}.text() == "5881580-07-11");
  CHECK(Date{std::numeric_limits<std::int32_t>::min() + 1}.text() == "-5877641-06-24");
  CHECK(Instant{std::numeric_limits<std::int64_t>::max()}.text() ==
        "294247-01-10T04:00:54.775807Z");
  CHECK(Instant{std::numeric_limits<std::int64_t>::min()}.text() ==
        "-290308-12-21T19:59:05.224192Z");
  CHECK(Month{std::numeric_limits<std::int32_t>::max()}.text() == "178958940-08");
}

TEST_CASE("the financial year begins on 1 April and is named by its first calendar year") {
  CHECK(financial_year(day("2026-03-31")) == 2025);
  CHECK(financial_year(day("2026-04-01")) == 2026);
  CHECK(financial_year(day("2026-12-31")) == 2026);
  CHECK(financial_year(day("2027-01-01")) == 2026);
  CHECK(first_day_of_financial_year(2026) == day("2026-04-01"));
}

TEST_CASE("a month later is the same day, or the last day of a shorter month") {
  CHECK(add_months(day("2026-01-31"), 1) == day("2026-02-28"));
  CHECK(add_months(day("2024-01-31"), 1) == day("2024-02-29"));
  CHECK(add_months(day("2026-11-30"), 3) == day("2027-02-28"));
  CHECK(add_months(day("2026-01-15"), -1) == day("2025-12-15"));
  CHECK(add_months(day("2026-03-31"), -13) == day("2025-02-28"));
  CHECK(add_months(day("1970-01-01"), -1) == day("1969-12-01"));
  CHECK(add_weeks(day("2026-12-28"), 1) == day("2027-01-04"));
  CHECK(add_weeks(day("2026-01-01"), -1) == day("2025-12-25"));
}

TEST_CASE("a month is year and month, and lies before and after 1970 alike") {
  CHECK(Month::from_text("1970-01").value().months == 0);
  CHECK(Month::from_text("1969-12").value().months == -1);
  CHECK(Month::from_text("2026-04").value().text() == "2026-04");
  CHECK(Month{-1}.text() == "1969-12");
  CHECK(month_of(day("2026-04-30")).text() == "2026-04");
  CHECK(first_day(Month::from_text("1965-07").value()) == day("1965-07-01"));
  CHECK(Month::none().text() == "none");
  for (auto text :
       {"2026-4", "2026-13", "2026-00", "2026-04-01", "1899-12", "2201-01", "abcd-ef", ""})
    CHECK_FALSE(Month::from_text(text).has_value());
}

TEST_CASE("an instant is RFC 3339 in UTC, to the microsecond") {
  CHECK(Instant::from_text("1970-01-01T00:00:00Z").value().us == 0);
  CHECK(Instant::from_text("1969-12-31T23:59:59.999999Z").value().us == -1);
  CHECK(Instant::from_text("2026-04-01T09:30:00.5Z").value().text() ==
        "2026-04-01T09:30:00.500000Z");
  CHECK(Instant::from_text("2026-04-01T23:59:59.999999Z").value().text() ==
        "2026-04-01T23:59:59.999999Z");
}

TEST_CASE("an instant in another zone, with a leap second, too fine or half written is refused") {
  for (auto text :
       {"2026-04-01T09:30:00", "2026-04-01T09:30:00+01:00", "2026-04-01T09:30Z",
        "2026-04-01 09:30:00Z", "2026-04-01t09:30:00z", "2026-04-01T24:00:00Z",
        "2026-04-01T09:60:00Z", "2026-12-31T23:59:60Z", "2026-04-01T09:30:00.Z",
        "2026-04-01T09:30:00.1234567Z", "2026-04-01T09:30:00,5Z", "2026-04-01T-9:30:00Z",
        "2023-02-29T09:30:00Z", "1899-01-01T00:00:00Z", "", "Z"})
    CHECK_FALSE(reads_instant(text));
}

TEST_CASE("the day of an instant is the day in UTC, also before 1970") {
  CHECK(date_of(Instant{-1}) == day("1969-12-31"));
  CHECK(date_of(Instant{0}) == day("1970-01-01"));
  CHECK(date_of(start_of(day("2026-04-01"))) == day("2026-04-01"));
  CHECK(date_of(Instant{start_of(day("2026-04-01")).us - 1}) == day("2026-03-31"));
}
