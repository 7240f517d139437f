#pragma once
#include <array>
#include <cstddef>
#include <cstdint>

namespace braid::socket {

/// Before each message stands its length, little-endian.
inline constexpr std::size_t length_bytes = 4;

constexpr std::array<std::byte, length_bytes> length_before(std::size_t size) noexcept {
  std::array<std::byte, length_bytes> head{};
  for (std::size_t i = 0; i < length_bytes; ++i)
    head[i] = static_cast<std::byte>(size >> (8 * i) & 0xff);
  return head;
}

constexpr std::size_t length_of(const std::array<std::byte, length_bytes>& head) noexcept {
  std::size_t size = 0;
  for (std::size_t i = 0; i < length_bytes; ++i)
    size |= std::to_integer<std::size_t>(head[i]) << (8 * i);
  return size;
}

}  // namespace braid::socket
