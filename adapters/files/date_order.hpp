#pragma once
#include <cstdint>
#include <optional>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "adapters/files/date_form.hpp"
#include "adapters/files/problem.hpp"

namespace braid::files {

/// Whether 05/06/2020 is in June or in May.
enum class DateOrder { day_first, month_first };

/// Decides, for a layout that declares a form and its mirror ("dd/mm/yyyy" and "mm/dd/yyyy"), which
/// of the two a file means. Never row by row. In this order:
///  1. A date that only one form can read (its day is above 12) decides. Dates for both sides: the
///  file is refused.
///  2. No such date: the form under which all dates lie in one calendar month, if the other spreads
///  them over several,
///     since a list is published by the month.
///  3. Every date reads the same either way (05/05/2020): the first declared form.
///  4. Otherwise the file is refused and the caller must say.
class DateOrderVote {
 public:
  /// `first` and `second` mirror each other; both are borrowed.
  DateOrderVote(const DateForm& first, const DateForm& second) noexcept
      : first_(first), second_(second) {}

  /// Counts the date of one row.
  void add(std::string_view cell, std::uint32_t line) noexcept;

  /// The form that the file means, one of the two; or what keeps it from being known (no file name
  /// in it).
  tl::expected<const DateForm*, Problem> decide() const;

 private:
  struct Side {
    std::uint32_t only_line = 0;  ///< first line that this side alone reads
    std::optional<Month> month;   ///< of the first date
    bool one_month = true;

    void add(Date date) noexcept;
  };

  const DateForm& first_;
  const DateForm& second_;
  Side first_side_;
  Side second_side_;
  bool differ_ = false;  ///< a date that means different days on the two sides
};

}  // namespace braid::files
