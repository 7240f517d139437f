#include "events/date.hpp"

#include <algorithm>

namespace braid {
namespace {

constexpr std::int64_t day_us = 86'400'000'000;

struct Calendar {
  std::int64_t year;
  int month;
  int day;
};

constexpr std::int64_t floor_divide(std::int64_t value, std::int64_t by) {
  return value / by - (value % by < 0 ? 1 : 0);
}

/// Days of the civil calendar, years that begin in March: H. Hinnant, "chrono-Compatible Low-Level
/// Date Algorithms". Our own because std::chrono::year is a short, and a stored day may be any
/// number.
constexpr std::int64_t days_of(std::int64_t year, int month, int day) {
  year -= month <= 2 ? 1 : 0;
  const std::int64_t era = floor_divide(year, 400);
  const std::int64_t year_of_era = year - era * 400;
  const std::int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year -
         719468;
}

constexpr Calendar calendar_of(std::int64_t days) {
  days += 719468;
  const std::int64_t era = floor_divide(days, 146097);
  const std::int64_t day_of_era = days - era * 146097;
  const std::int64_t year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const std::int64_t day_of_year =
      day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const int march_month = static_cast<int>((5 * day_of_year + 2) / 153);
  const int month = march_month + (march_month < 10 ? 3 : -9);
  return {year_of_era + era * 400 + (month <= 2 ? 1 : 0), month,
          static_cast<int>(day_of_year) - (153 * march_month + 2) / 5 + 1};
}

constexpr bool is_leap(std::int64_t year) {
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

constexpr int length_of(std::int64_t year, int month) {
  constexpr int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && is_leap(year) ? 29 : lengths[month - 1];
}

/// The number that `text` spells in exactly these decimal digits, or -1.
int digits(std::string_view text) {
  int value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return -1;
    value = value * 10 + (c - '0');
  }
  return value;
}

std::string padded(std::int64_t value, std::size_t width) {
  const std::string text = std::to_string(value < 0 ? -value : value);
  return (value < 0 ? "-" : "") + std::string(width - std::min(width, text.size()), '0') + text;
}

Date date_from(std::int64_t days) { return {static_cast<std::int32_t>(days)}; }

/// Microseconds of the "09:30:00" and up to six decimals after it, or -1.
std::int64_t time_of_day(std::string_view text) {
  if (text.size() < 8 || text[2] != ':' || text[5] != ':') return -1;
  const int hour = digits(text.substr(0, 2)), minute = digits(text.substr(3, 2)),
            second = digits(text.substr(6, 2));
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) return -1;
  std::int64_t fraction = 0;
  if (text.size() > 8) {
    const std::string_view decimals = text.substr(9);
    if (text[8] != '.' || decimals.empty() || decimals.size() > 6) return -1;
    fraction = digits(decimals);
    if (fraction < 0) return -1;
    for (std::size_t place = decimals.size(); place < 6; ++place) fraction *= 10;
  }
  return ((hour * 60 + minute) * 60 + second) * std::int64_t{1'000'000} + fraction;
}

}  // namespace

std::optional<Date> Date::from_calendar(int year, int month, int day) noexcept {
  if (year < first_year || year > last_year || month < 1 || month > 12) return std::nullopt;
  if (day < 1 || day > length_of(year, month)) return std::nullopt;
  return date_from(days_of(year, month, day));
}

Parsed<Date> Date::from_text(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-')
    return unreadable("a date is year, month and day, such as \"2026-04-01\"");
  const int year = digits(text.substr(0, 4)), month = digits(text.substr(5, 2)),
            day = digits(text.substr(8, 2));
  if (year < 0 || month < 0 || day < 0)
    return unreadable("a date is year, month and day, such as \"2026-04-01\"");
  if (year < first_year || year > last_year)
    return unreadable("a date is in the years 1900 to 2200");
  const auto date = from_calendar(year, month, day);
  if (!date) return unreadable("a date is a day that the calendar has");
  return *date;
}

std::string Date::text() const {
  if (is_none()) return "none";
  const auto [year, month, day] = calendar_of(days);
  return padded(year, 4) + "-" + padded(month, 2) + "-" + padded(day, 2);
}

int Date::year() const noexcept { return static_cast<int>(calendar_of(days).year); }
int Date::month() const noexcept { return calendar_of(days).month; }
int Date::day() const noexcept { return calendar_of(days).day; }

int financial_year(Date date) noexcept {
  const auto [year, month, day] = calendar_of(date.days);
  return static_cast<int>(month >= 4 ? year : year - 1);
}

Date first_day_of_financial_year(int year) noexcept { return date_from(days_of(year, 4, 1)); }

Date add_months(Date date, int months) noexcept {
  const auto [year, month, day] = calendar_of(date.days);
  const std::int64_t count = year * 12 + (month - 1) + months;
  const std::int64_t later_year = floor_divide(count, 12);
  const int later_month = static_cast<int>(count - later_year * 12) + 1;
  return date_from(
      days_of(later_year, later_month, std::min(day, length_of(later_year, later_month))));
}

Date add_weeks(Date date, int weeks) noexcept {
  return date_from(date.days + std::int64_t{7} * weeks);
}
Date add_days(Date date, int days) noexcept { return date_from(std::int64_t{date.days} + days); }

Parsed<Month> Month::from_text(std::string_view text) {
  if (text.size() != 7 || text[4] != '-')
    return unreadable("a month is year and month, such as \"2026-04\"");
  const int year = digits(text.substr(0, 4)), month = digits(text.substr(5, 2));
  if (year < 0 || month < 0) return unreadable("a month is year and month, such as \"2026-04\"");
  if (year < first_year || year > last_year)
    return unreadable("a month is in the years 1900 to 2200");
  if (month < 1 || month > 12)
    return unreadable("a month is a month that the calendar has, 01 to 12");
  return Month{(year - 1970) * 12 + month - 1};
}

std::string Month::text() const {
  if (is_none()) return "none";
  const std::int64_t year = floor_divide(months, 12);
  return padded(year + 1970, 4) + "-" + padded(months - year * 12 + 1, 2);
}

Month month_of(Date date) noexcept {
  const auto [year, month, day] = calendar_of(date.days);
  return {static_cast<std::int32_t>((year - 1970) * 12 + month - 1)};
}

Date first_day(Month month) noexcept {
  const std::int64_t year = floor_divide(month.months, 12);
  return date_from(days_of(year + 1970, static_cast<int>(month.months - year * 12) + 1, 1));
}

Parsed<Instant> Instant::from_text(std::string_view text) {
  constexpr auto expected =
      "an instant is a day and a time in UTC, such as \"2026-04-01T09:30:00.000000Z\"";
  if (text.size() < 20 || text[10] != 'T' || text.back() != 'Z') return unreadable(expected);
  const std::int64_t time = time_of_day(text.substr(11, text.size() - 12));
  if (time < 0) return unreadable(expected);
  return Date::from_text(text.substr(0, 10)).map([&](Date date) {
    return Instant{start_of(date).us + time};
  });
}

std::string Instant::text() const {
  const std::int64_t days = floor_divide(us, day_us);
  const std::int64_t rest = (us % day_us + day_us) % day_us;  // us - days * day_us may overflow
  const std::int64_t second = rest / 1'000'000;
  return date_from(days).text() + "T" + padded(second / 3600, 2) + ":" +
         padded(second / 60 % 60, 2) + ":" + padded(second % 60, 2) + "." +
         padded(rest % 1'000'000, 6) + "Z";
}

Date date_of(Instant instant) noexcept { return date_from(floor_divide(instant.us, day_us)); }
Instant start_of(Date date) noexcept { return {date.days * day_us}; }

}  // namespace braid
