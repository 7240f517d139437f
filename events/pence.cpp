#include "events/pence.hpp"

#include <limits>

#include "events/wide.hpp"

namespace braid {
namespace {

/// Also of the least number, which has no positive twin in 64 bits.
std::uint64_t magnitude(std::int64_t pence) {
  return pence < 0 ? ~static_cast<std::uint64_t>(pence) + 1 : static_cast<std::uint64_t>(pence);
}

std::string decimals(std::uint64_t pence) {
  const auto rest = pence % 100;
  return {'.', static_cast<char>('0' + rest / 10), static_cast<char>('0' + rest % 10)};
}

std::string with_thousands(std::uint64_t pounds) {
  std::string text = std::to_string(pounds);
  for (std::size_t place = text.size(); place > 3; place -= 3) text.insert(place - 3, ",");
  return text;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// "18,850" -> "18850"; "1,88,50" and ",5" have their commas in the wrong places and come back as
/// they are.
std::string without_thousands(std::string_view pounds) {
  std::string bare;
  for (std::size_t place = 0; place < pounds.size(); ++place) {
    const bool is_comma_due = place > 0 && (pounds.size() - place) % 4 == 0;
    if (is_comma_due != (pounds[place] == ',')) return std::string(pounds);
    if (!is_comma_due) bare += pounds[place];
  }
  return bare;
}

}  // namespace

std::string format_pounds(std::int64_t pence) {
  const std::uint64_t size = magnitude(pence);
  return (pence < 0 ? "-GBP " : "GBP ") + with_thousands(size / 100) + decimals(size);
}

std::string format_plain_pounds(std::int64_t pence) {
  const std::uint64_t size = magnitude(pence);
  return (pence < 0 ? "-" : "") + std::to_string(size / 100) + decimals(size);
}

Parsed<std::int64_t> pence_from_pounds(std::string_view text) {
  constexpr auto expected = "an amount is pounds, such as \"18850.00\" or \"-1.05\"";
  const bool is_negative = text.starts_with('-');
  if (is_negative) text.remove_prefix(1);
  const std::size_t point = text.find('.');
  std::string_view pence = point == text.npos ? "00" : text.substr(point + 1);
  std::string pounds(text.substr(0, point));
  if (pounds.find(',') != pounds.npos) pounds = without_thousands(pounds);
  if (pounds.empty() || pence.size() != 2) return unreadable(expected);

  std::int64_t value = 0;
  for (const char c : pounds + std::string(pence)) {
    if (!is_digit(c)) return unreadable(expected);
    const std::int64_t digit = is_negative ? '0' - c : c - '0';
    if (__builtin_mul_overflow(value, 10, &value) || __builtin_add_overflow(value, digit, &value))
      return unreadable("an amount is less than 92,233,720,368,547,758.08 pounds");
  }
  return value;
}

std::optional<std::int64_t> sum_pence(std::span<const std::int64_t> amounts) noexcept {
  Wide sum = 0;
  for (const std::int64_t amount : amounts) sum += amount;
  if (sum > std::numeric_limits<std::int64_t>::max() ||
      sum < std::numeric_limits<std::int64_t>::min())
    return std::nullopt;
  return static_cast<std::int64_t>(sum);
}

}  // namespace braid
