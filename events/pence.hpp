#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "events/parsed.hpp"

namespace braid {

/// Money is whole pence in 64 bits, never floating point. These are the only places where it
/// becomes text.

/// For people: "GBP 18,850.00", "-GBP 1.05". Every number has one.
std::string format_pounds(std::int64_t pence);
/// For CSV and spreadsheets: "18850.00", "-1.05".
std::string format_plain_pounds(std::int64_t pence);
/// Reads what `format_plain_pounds` writes; also without decimals ("18850") and with thousands in
/// their places ("18,850.00"). No sign but a leading "-", no other number of decimals, nothing
/// beyond 64 bits.
Parsed<std::int64_t> pence_from_pounds(std::string_view text);

/// The exact result, or nothing when 64 bits do not hold it.
constexpr std::optional<std::int64_t> add_pence(std::int64_t a, std::int64_t b) noexcept {
  std::int64_t sum = 0;
  if (__builtin_add_overflow(a, b, &sum)) return std::nullopt;
  return sum;
}
constexpr std::optional<std::int64_t> subtract_pence(std::int64_t a, std::int64_t b) noexcept {
  std::int64_t difference = 0;
  if (__builtin_sub_overflow(a, b, &difference)) return std::nullopt;
  return difference;
}
constexpr std::optional<std::int64_t> multiply_pence(std::int64_t pence,
                                                     std::int64_t times) noexcept {
  std::int64_t product = 0;
  if (__builtin_mul_overflow(pence, times, &product)) return std::nullopt;
  return product;
}
/// The exact sum, whatever the order, or nothing when 64 bits do not hold it. Sums on the way may
/// be larger.
std::optional<std::int64_t> sum_pence(std::span<const std::int64_t> amounts) noexcept;

}  // namespace braid
