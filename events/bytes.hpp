#pragma once
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <vector>

namespace braid {

/// Borrowed bytes; the owner must outlive the view.
using Bytes = std::span<const std::byte>;
/// Bytes with an owner.
using OwnedBytes = std::vector<std::byte>;

/// The bytes of a text, borrowed.
inline Bytes as_bytes(std::string_view text) noexcept {
  return {reinterpret_cast<const std::byte*>(text.data()), text.size()};
}

/// The text whose bytes these are, borrowed. No claim that it is UTF-8.
inline std::string_view as_text(Bytes bytes) noexcept {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace braid
