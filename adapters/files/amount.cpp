#include "adapters/files/amount.hpp"

#include "adapters/files/text.hpp"

namespace braid::files {
namespace {

constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
constexpr bool is_letter(char c) noexcept {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

struct Marks {
  bool minus = false;
  bool brackets = false;
  bool pound = false;
  bool twice = false;  ///< a mark that is already there, or a minus inside brackets
};

/// Takes sign, opening bracket and pound sign, in any order, each once, from the front of `cell`.
Marks take_marks(std::string_view& cell) noexcept {
  Marks marks;
  const auto take = [&](std::string_view mark, bool& seen) {
    if (!cell.starts_with(mark)) return false;
    marks.twice |= seen;
    seen = true;
    cell = trimmed(cell.substr(mark.size()));
    return true;
  };
  while (take("-", marks.minus) || take("(", marks.brackets) || take("\xC2\xA3", marks.pound) ||
         take("\xA3", marks.pound)) {
  }
  marks.twice |= marks.minus && marks.brackets;
  return marks;
}

struct Number {
  std::int64_t whole = 0;  ///< pounds
  std::size_t whole_digits = 0;
  bool thousands = false;
  bool groups_of_three = true;
  std::string_view decimals;
  bool point = false;
  std::string_view rest;  ///< what is no part of a number
};

/// Splits "1,234.50" into its parts; sums up to just above `max_amount_pence` and no further.
Number take_number(std::string_view cell) noexcept {
  Number number;
  std::size_t at = 0;
  std::size_t group = 0;
  for (; at < cell.size() && (is_digit(cell[at]) || cell[at] == ','); ++at) {
    if (cell[at] == ',') {
      const bool fits = number.thousands ? group == 3 : group >= 1 && group <= 3;
      number.groups_of_three &= fits;
      number.thousands = true;
      group = 0;
      continue;
    }
    ++group;
    ++number.whole_digits;
    if (number.whole <= max_amount_pence) number.whole = number.whole * 10 + (cell[at] - '0');
  }
  number.groups_of_three &= !number.thousands || group == 3;
  if (at < cell.size() && cell[at] == '.') {
    number.point = true;
    const std::size_t start = ++at;
    while (at < cell.size() && is_digit(cell[at])) ++at;
    number.decimals = cell.substr(start, at - start);
  }
  number.rest = cell.substr(at);
  return number;
}

bool is_exponent(std::string_view rest) noexcept {
  if (rest.empty() || (rest[0] != 'e' && rest[0] != 'E')) return false;
  for (std::size_t at = 1; at < rest.size(); ++at) {
    if (is_letter(rest[at])) return false;
  }
  return rest.size() > 1;
}

/// Pence of the decimals, the third of which alone decides about rounding half away from zero.
std::int64_t pence_of(std::string_view decimals) noexcept {
  const auto digit = [&](std::size_t at) { return at < decimals.size() ? decimals[at] - '0' : 0; };
  return digit(0) * 10 + digit(1) + (digit(2) >= 5 ? 1 : 0);
}

}  // namespace

std::string_view reason_of(AmountFault fault) noexcept {
  switch (fault) {
    case AmountFault::empty:
      return "the amount is empty";
    case AmountFault::not_an_amount:
      return "this is not an amount";
    case AmountFault::minus_undeclared:
      return "the amount has a minus, which this layout does not know";
    case AmountFault::brackets_undeclared:
      return "the amount is in brackets, which this layout does not know";
    case AmountFault::pound_undeclared:
      return "the amount has a pound sign, which this layout does not know";
    case AmountFault::thousands_undeclared:
      return "the amount has commas, which this layout does not know";
    case AmountFault::thousands_not_in_threes:
      return "the commas do not part groups of three digits";
    case AmountFault::exponent:
      return "the amount is in exponent form";
    case AmountFault::more_than_two_decimals:
      return "the amount has more than two decimals";
    case AmountFault::too_large:
      return "the amount is over GBP 10,000,000,000.00";
  }
  return "";
}

std::string_view remedy_of(AmountFault fault) noexcept {
  switch (fault) {
    case AmountFault::minus_undeclared:
    case AmountFault::brackets_undeclared:
    case AmountFault::pound_undeclared:
    case AmountFault::thousands_undeclared:
    case AmountFault::more_than_two_decimals:
      return "declare the form under amount_forms of the layout, if the publisher means it";
    case AmountFault::empty:
    case AmountFault::not_an_amount:
    case AmountFault::thousands_not_in_threes:
    case AmountFault::exponent:
      return "write it as pounds and pence, like 1234.50";
    case AmountFault::too_large:
      return "ask the publisher whether columns have shifted";
  }
  return "";
}

tl::expected<Amount, AmountFault> read_amount(std::string_view cell,
                                              const AmountForms& forms) noexcept {
  const auto no = [](AmountFault fault) { return tl::unexpected(fault); };
  cell = trimmed(cell);
  if (cell.empty()) return no(AmountFault::empty);
  const Marks marks = take_marks(cell);
  if (marks.twice) return no(AmountFault::not_an_amount);
  if (marks.brackets) {
    if (!cell.ends_with(')')) return no(AmountFault::not_an_amount);
    cell = trimmed(cell.substr(0, cell.size() - 1));
  }
  const Number number = take_number(cell);
  if (number.whole_digits + number.decimals.size() > 0 && is_exponent(number.rest))
    return no(AmountFault::exponent);
  if (!number.rest.empty() || number.whole_digits + number.decimals.size() == 0 ||
      (number.point && number.decimals.empty())) {
    return no(AmountFault::not_an_amount);
  }
  if (marks.minus && !forms.minus) return no(AmountFault::minus_undeclared);
  if (marks.brackets && !forms.brackets) return no(AmountFault::brackets_undeclared);
  if (marks.pound && !forms.pound) return no(AmountFault::pound_undeclared);
  if (number.thousands && !forms.thousands) return no(AmountFault::thousands_undeclared);
  if (!number.groups_of_three) return no(AmountFault::thousands_not_in_threes);
  const bool rounded = number.decimals.size() > 2;
  if (rounded && !forms.noise) return no(AmountFault::more_than_two_decimals);
  if (number.whole > max_amount_pence / 100) return no(AmountFault::too_large);
  const std::int64_t pence = number.whole * 100 + pence_of(number.decimals);
  if (pence > max_amount_pence) return no(AmountFault::too_large);
  return Amount{.pence = pence,
                .negative = pence != 0 && (marks.minus || marks.brackets),
                .rounded = rounded};
}

}  // namespace braid::files
