#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/date.hpp"

namespace braid::files {

/// Dates outside these years are taken for mistakes: no list was published before 2010, and a year
/// of 201 or 20199 is a slip.
inline constexpr int earliest_list_year = 2000;
inline constexpr int latest_list_year = 2099;

/// One way to write a date, as a pattern: dd or mm (one or two digits), Mmm (month by name, three
/// letters or all), yyyy, yy (2000 to 2099), hh:mi:ss (checked and dropped); other characters stand
/// for themselves. "dd/mm/yyyy", "yyyy-mm-dd hh:mi:ss".
class DateForm {
 public:
  /// Nothing for a pattern without month and year, or with an unknown letter.
  static std::optional<DateForm> from_pattern(std::string_view pattern);

  /// The date, or nothing where `cell` has another form or no such day exists.
  std::optional<Date> read(std::string_view cell) const noexcept;
  /// The month of a pattern without day ("Mmm-yy").
  std::optional<Month> read_month(std::string_view cell) const noexcept;

  const std::string& pattern() const noexcept { return pattern_; }
  bool has_day() const noexcept;
  bool day_first() const noexcept;
  /// True where the two differ only in that one has the day where the other has the month, both in
  /// digits: nothing in "05/06/2020" tells them apart.
  bool mirrors(const DateForm& other) const noexcept;

  bool operator==(const DateForm&) const = default;

 private:
  enum class Part : char {
    day,
    month,
    month_name,
    year,
    short_year,
    hour,
    minute,
    second,
    literal
  };
  struct Token {
    Part part;
    char literal;  ///< for Part::literal
    bool operator==(const Token&) const = default;
  };
  struct Fields;

  bool read_fields(std::string_view cell, Fields& fields) const noexcept;

  std::string pattern_;
  std::vector<Token> tokens_;
};

/// The first of `forms` that reads `cell`.
std::optional<Date> read_date(std::string_view cell, const std::vector<DateForm>& forms) noexcept;

}  // namespace braid::files
