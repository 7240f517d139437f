#include "events/form/text.hpp"

#include <cstdint>
#include <cstring>

#include "events/utf8.hpp"

namespace braid::form {
namespace {

bool is_control(char32_t c) noexcept {
  return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029;
}
bool turns_direction(char32_t c) noexcept {
  return c == 0x61c || c == 0x200e || c == 0x200f || (c >= 0x202a && c <= 0x202e) ||
         (c >= 0x2066 && c <= 0x2069);
}

/// Whether all eight bytes are printable ASCII, most texts' whole story.
bool is_plain(std::string_view eight) noexcept {
  std::uint64_t word = 0;
  std::memcpy(&word, eight.data(), sizeof word);
  constexpr std::uint64_t ones = 0x0101'0101'0101'0101;
  constexpr std::uint64_t tops = 0x8080'8080'8080'8080;
  const std::uint64_t low = word - 0x20 * ones;           // borrows out of bytes below 0x20
  const std::uint64_t del = (word ^ 0x7f * ones) - ones;  // out of bytes that are 0x7f
  return ((word | low | (del & ~(word ^ 0x7f * ones))) & tops) == 0;
}

}  // namespace

std::string_view text_flaw(std::string_view text) noexcept {
  while (text.size() >= 8 && is_plain(text)) text.remove_prefix(8);
  while (!text.empty()) {
    const auto c = take_code_point(text);
    if (!c) return "A text is UTF-8: convert it from the encoding it has.";
    if (is_control(*c))
      return "A text holds no control characters, tabs or line ends: take them out.";
    if (turns_direction(*c))
      return "A text holds no marks that turn the direction of writing: take them out.";
  }
  return {};
}

}  // namespace braid::form
