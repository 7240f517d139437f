#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

namespace braid::files {

/// Ten billion pounds: no single payment of a public body comes near it, and five million of them
/// still add up.
inline constexpr std::int64_t max_amount_pence = 1'000'000'000'000;

/// What the amounts of a layout may look like beside plain pounds and pence ("12", "12.5",
/// "12.50").
struct AmountForms {
  bool minus = false;      ///< "-12.50"
  bool brackets = false;   ///< "(12.50)", a credit
  bool thousands = false;  ///< "1,234.50", in groups of three
  bool pound = false;      ///< "£12.50"
  bool noise = false;  ///< "12.499999997": more than two decimals, left there by binary fractions

  bool operator==(const AmountForms&) const = default;
};

/// One amount: never negative, direction apart.
struct Amount {
  std::int64_t pence = 0;
  bool negative = false;  ///< never with 0 pence
  bool rounded = false;   ///< had more than two decimals

  bool operator==(const Amount&) const = default;
};

enum class AmountFault {
  empty,
  not_an_amount,
  minus_undeclared,
  brackets_undeclared,
  pound_undeclared,
  thousands_undeclared,
  thousands_not_in_threes,
  exponent,
  more_than_two_decimals,
  too_large
};

/// The clause that says what is wrong ("the amount is in exponent form").
std::string_view reason_of(AmountFault fault) noexcept;
/// The order that says what to do about it.
std::string_view remedy_of(AmountFault fault) noexcept;

/// Reads `cell` in exact decimals; more than two are rounded half away from zero to the penny,
/// where `forms` has noise. Blanks around the cell and between sign, pound sign and digits are
/// allowed. The pound sign may be one byte (windows-1252) or two (UTF-8).
tl::expected<Amount, AmountFault> read_amount(std::string_view cell,
                                              const AmountForms& forms) noexcept;

}  // namespace braid::files
