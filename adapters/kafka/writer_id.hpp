#pragma once
#include <array>
#include <compare>
#include <cstddef>
#include <string>

#include "events/bytes.hpp"
#include "events/parsed.hpp"

namespace braid::kafka {

/// Who wrote a message of a ledger partition: 16 random bytes, drawn anew for each producer
/// instance and never used twice. Nil (all zero): nobody, as before the first writer.
struct WriterId {
  static constexpr std::size_t size = 16;
  std::array<std::byte, size> bytes{};

  /// From exactly 16 bytes.
  static Parsed<WriterId> from_bytes(Bytes bytes);

  /// For people: 32 lower-case hexadecimal digits.
  [[nodiscard]] std::string text() const;
  [[nodiscard]] bool is_nil() const noexcept { return *this == WriterId{}; }

  auto operator<=>(const WriterId&) const = default;
  bool operator==(const WriterId&) const = default;
};

}  // namespace braid::kafka
