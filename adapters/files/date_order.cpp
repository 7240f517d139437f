#include "adapters/files/date_order.hpp"

namespace braid::files {

void DateOrderVote::Side::add(Date date) noexcept {
  const Month of_date = month_of(date);
  if (month && *month != of_date) one_month = false;
  month = of_date;
}

void DateOrderVote::add(std::string_view cell, std::uint32_t line) noexcept {
  const auto first = first_.read(cell);
  const auto second = second_.read(cell);
  if (first && second) {
    first_side_.add(*first);
    second_side_.add(*second);
    differ_ |= *first != *second;
  } else if (first && first_side_.only_line == 0) {
    first_side_.only_line = line;
  } else if (second && second_side_.only_line == 0) {
    second_side_.only_line = line;
  }
}

tl::expected<const DateForm*, Problem> DateOrderVote::decide() const {
  constexpr auto remedy =
      "say which order the file means (day first or month first) and read it again";
  const bool first_proven = first_side_.only_line != 0;
  const bool second_proven = second_side_.only_line != 0;
  if (first_proven && second_proven) {
    Problem both;
    both.reason = "dates are in two orders: line " + std::to_string(first_side_.only_line) +
                  " can only be " + first_.pattern() + ", line " +
                  std::to_string(second_side_.only_line) + " only " + second_.pattern();
    both.remedy = remedy;
    return tl::unexpected(both);
  }
  if (first_proven != second_proven) return first_proven ? &first_ : &second_;
  if (!differ_) return &first_;
  if (first_side_.one_month != second_side_.one_month)
    return first_side_.one_month ? &first_ : &second_;
  Problem open;
  open.reason = "nothing tells whether dates are " + first_.pattern() + " or " + second_.pattern() +
                ": no day is above 12, and neither form alone puts all dates in one month";
  open.remedy = remedy;
  return tl::unexpected(open);
}

}  // namespace braid::files
