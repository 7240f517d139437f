#pragma once
#include <array>
#include <compare>
#include <cstdint>
#include <functional>
#include <string>

#include "events/bytes.hpp"
#include "events/digest.hpp"
#include "events/parsed.hpp"

namespace braid {

/// A universally unique identifier (RFC 9562). Orders as its bytes and its text do; version 7
/// therefore by time.
struct Uuid {
  std::uint64_t high = 0;  ///< the first eight bytes, big-endian
  std::uint64_t low = 0;   ///< the last eight

  /// From 36 characters, 8-4-4-4-12. Upper case is read too (RFC 9562 section 4); braces,
  /// "urn:uuid:" and white space are not.
  static Parsed<Uuid> from_text(std::string_view text);
  /// From exactly 16 bytes in network order.
  static Parsed<Uuid> from_bytes(Bytes bytes);

  /// Lower case, 8-4-4-4-12.
  std::string text() const;
  std::array<std::byte, 16> bytes() const noexcept;

  /// The version field, 0 to 15; 0 also when the variant is not RFC 9562's (the nil and max
  /// identifiers, for instance).
  int version() const noexcept;
  bool is_nil() const noexcept { return high == 0 && low == 0; }

  auto operator<=>(const Uuid&) const = default;
  bool operator==(const Uuid&) const = default;
};

/// Version 7: `unix_ms` (milliseconds since 1970, 48 bits) and 74 random bits: the low 12 of
/// `random_a` and the low 62 of `random_b`; higher bits are ignored. Pure: time and randomness are
/// the caller's.
Uuid uuid_v7(std::uint64_t unix_ms, std::uint16_t random_a, std::uint64_t random_b) noexcept;

/// Version 4: 122 random bits; the six where version and variant stand are ignored.
Uuid uuid_v4(std::uint64_t random_high, std::uint64_t random_low) noexcept;

/// Version 8: the first 122 bits of SHA-256("braid:uuid:v8" || content || row as 8 bytes,
/// big-endian). The same row of the same content has the same identifier everywhere, so importing a
/// file twice changes nothing.
Uuid uuid_v8_from(const Digest& content, std::uint64_t row) noexcept;

}  // namespace braid

template <>
struct std::hash<braid::Uuid> {
  std::size_t operator()(const braid::Uuid& id) const noexcept {
    return (id.high ^ (id.low * 0x9e3779b97f4a7c15u)) * 0xff51afd7ed558ccdu >> 7;
  }
};
