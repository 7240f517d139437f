#pragma once
#include <compare>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

#include "events/parsed.hpp"

namespace braid {

/// The years that texts may speak of, both included: everybody alive and every plan, but no slip of
/// the keyboard.
inline constexpr int first_year = 1900;
inline constexpr int last_year = 2200;

/// A day of the Gregorian calendar, without time or zone.
struct Date {
  std::int32_t days = 0;  ///< since 1970-01-01

  /// What a date field holds that has no date (events/schema/common.capnp, `$date`).
  static constexpr Date none() noexcept { return {std::numeric_limits<std::int32_t>::min()}; }
  constexpr bool is_none() const noexcept { return *this == none(); }

  /// Nothing when there is no such day (29 February of a common year) or the year is not 1900 to
  /// 2200.
  static std::optional<Date> from_calendar(int year, int month, int day) noexcept;
  /// From exactly "2026-04-01" (ISO 8601 extended); the same days as `from_calendar`.
  static Parsed<Date> from_text(std::string_view text);
  /// "2026-04-01"; "none". Total: years outside 0 to 9999 take the digits and sign they need.
  std::string text() const;

  int year() const noexcept;
  int month() const noexcept;  ///< 1 to 12
  int day() const noexcept;    ///< 1 to 31

  auto operator<=>(const Date&) const = default;
  bool operator==(const Date&) const = default;
};

/// The financial year, 1 April to 31 March, that a day is in, by its first calendar year: 2025 is
/// 2025-26.
int financial_year(Date date) noexcept;
Date first_day_of_financial_year(int year) noexcept;

/// The same day of the month `months` later, or that month's last day where it has no such day: 31
/// January and a month is 28 February. Negative goes back. `date` is not none and stays within some
/// million years.
Date add_months(Date date, int months) noexcept;
Date add_weeks(Date date, int weeks) noexcept;
Date add_days(Date date, int days) noexcept;

/// A month of a year.
struct Month {
  std::int32_t months = 0;  ///< since 1970-01

  static constexpr Month none() noexcept { return {std::numeric_limits<std::int32_t>::min()}; }
  constexpr bool is_none() const noexcept { return *this == none(); }

  /// From exactly "2026-04", year 1900 to 2200.
  static Parsed<Month> from_text(std::string_view text);
  /// "2026-04"; "none".
  std::string text() const;

  auto operator<=>(const Month&) const = default;
  bool operator==(const Month&) const = default;
};

Month month_of(Date date) noexcept;
Date first_day(Month month) noexcept;

/// A moment, UTC without leap seconds (POSIX time).
struct Instant {
  std::int64_t us = 0;  ///< microseconds since 1970-01-01T00:00:00Z

  /// From RFC 3339 in UTC: "2026-04-01T09:30:00Z", with up to six decimals of a second. Other
  /// offsets, lower case and leap seconds are refused.
  static Parsed<Instant> from_text(std::string_view text);
  /// "2026-04-01T09:30:00.000000Z"; always six decimals, so that texts order as the instants do.
  /// Total.
  std::string text() const;

  auto operator<=>(const Instant&) const = default;
  bool operator==(const Instant&) const = default;
};

/// The day in UTC.
Date date_of(Instant instant) noexcept;
/// Midnight UTC at the start of the day.
Instant start_of(Date date) noexcept;

}  // namespace braid
