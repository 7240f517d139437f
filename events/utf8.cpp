#include "events/utf8.hpp"

#include <cstdint>

namespace braid {
namespace {

/// A form of sequence: its first byte, how many bytes follow, and the least code point that may be
/// written so.
struct Form {
  unsigned char mask, lead;
  std::size_t following;
  char32_t least;
};
constexpr Form forms[] = {
    {0x80, 0x00, 0, 0}, {0xe0, 0xc0, 1, 0x80}, {0xf0, 0xe0, 2, 0x800}, {0xf8, 0xf0, 3, 0x10000}};

constexpr bool is_scalar(char32_t point) {
  return point <= 0x10ffff && (point < 0xd800 || point > 0xdfff);
}

}  // namespace

std::optional<char32_t> take_code_point(std::string_view& text) noexcept {
  if (text.empty()) return std::nullopt;
  const auto first = static_cast<unsigned char>(text[0]);
  for (const auto& form : forms) {
    if ((first & form.mask) != form.lead) continue;
    if (text.size() <= form.following) return std::nullopt;
    char32_t point = first & ~form.mask & 0xffu;
    for (std::size_t i = 1; i <= form.following; ++i) {
      const auto next = static_cast<unsigned char>(text[i]);
      if ((next & 0xc0) != 0x80) return std::nullopt;
      point = point << 6 | (next & 0x3fu);
    }
    if (point < form.least || !is_scalar(point)) return std::nullopt;
    text.remove_prefix(form.following + 1);
    return point;
  }
  return std::nullopt;
}

std::size_t utf8_prefix(std::string_view text) noexcept {
  auto rest = text;
  while (take_code_point(rest)) {
  }
  return text.size() - rest.size();
}

}  // namespace braid
