#include "adapters/files/text.hpp"

#include <array>
#include <cstdint>
#include <cstring>

#include "events/utf8.hpp"

namespace braid::files {
namespace {

constexpr std::size_t longest_shape = 32;
constexpr std::size_t longest_shown = 60;

/// What bytes 80 to 9F mean in windows-1252; 0: nothing. The other high bytes are the code points
/// of the same number.
constexpr std::array<char16_t, 32> windows1252_high = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

constexpr unsigned byte_at(std::string_view text, std::size_t at) noexcept {
  return static_cast<unsigned char>(text[at]);
}

constexpr bool is_blank(char c) noexcept { return c == ' ' || c == '\t'; }

constexpr char small(char c) noexcept {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

/// True for text that can be taken over byte for byte: printable ASCII.
bool is_plain(std::string_view text) noexcept {
  bool plain = true;
  for (const char c : text)
    plain &= c >= ' ' && c != '\x7F';  // char is signed: high bytes are below ' '
  return plain;
}

void append_code_point(std::string& out, char16_t point) {
  if (point >= 0x800) {
    out += static_cast<char>(0xE0 | point >> 12);
    out += static_cast<char>(0x80 | (point >> 6 & 0x3F));
  } else {
    out += static_cast<char>(0xC0 | point >> 6);
  }
  out += static_cast<char>(0x80 | (point & 0x3F));
}

void append_windows1252(std::string& out, char c) {
  const auto byte = static_cast<unsigned char>(c);
  if (byte < 0x80) {
    out += c;
  } else {
    const char16_t point = byte < 0xA0 ? windows1252_high[byte - 0x80U] : byte;
    append_code_point(out, point == 0 ? u'\uFFFD' : point);
  }
}

std::string_view without_no_break_spaces_around(std::string_view text) noexcept {
  constexpr std::string_view no_break_space = "\xC2\xA0";
  for (;;) {
    text = trimmed(text);
    if (text.starts_with(no_break_space)) {
      text.remove_prefix(no_break_space.size());
    } else if (text.ends_with(no_break_space)) {
      text.remove_suffix(no_break_space.size());
    } else {
      return text;
    }
  }
}

/// The first byte from `from` on that is not ASCII, or the size: eight at a time, since nearly all
/// are.
std::size_t skip_ascii(std::string_view text, std::size_t from) noexcept {
  constexpr std::uint64_t high_bits = 0x8080808080808080;
  for (std::uint64_t word = 0; from + sizeof word <= text.size(); from += sizeof word) {
    std::memcpy(&word, text.data() + from, sizeof word);
    if ((word & high_bits) != 0) break;
  }
  while (from < text.size() && byte_at(text, from) < 0x80) ++from;
  return from;
}

}  // namespace

std::string_view name_of(Encoding encoding) noexcept {
  switch (encoding) {
    case Encoding::ascii:
      return "ASCII";
    case Encoding::utf8:
      return "UTF-8";
    case Encoding::windows1252:
      return "windows-1252";
  }
  return "";
}

std::optional<std::size_t> first_invalid_utf8(std::string_view text) noexcept {
  for (std::size_t at = skip_ascii(text, 0); at < text.size(); at = skip_ascii(text, at)) {
    std::string_view rest = text.substr(at);
    if (!take_code_point(rest)) return at;
    at = text.size() - rest.size();
  }
  return std::nullopt;
}

std::optional<std::size_t> first_undefined_windows1252(std::string_view text) noexcept {
  for (std::size_t at = skip_ascii(text, 0); at < text.size(); at = skip_ascii(text, at + 1)) {
    const unsigned byte = byte_at(text, at);
    if (byte < 0xA0 && windows1252_high[byte - 0x80U] == 0) return at;
  }
  return std::nullopt;
}

bool is_ascii(std::string_view text) noexcept { return skip_ascii(text, 0) == text.size(); }

std::string_view trimmed(std::string_view cell) noexcept {
  while (!cell.empty() && is_blank(cell.front())) cell.remove_prefix(1);
  while (!cell.empty() && is_blank(cell.back())) cell.remove_suffix(1);
  return cell;
}

void append_text(std::string& out, std::string_view cell, Encoding encoding) {
  cell = trimmed(cell);
  if (is_plain(cell)) {
    out += cell;
    return;
  }
  std::string text;
  for (const char c : cell) {
    const bool control = (c >= 0 && c < ' ') || c == '\x7F';
    if (control) {
      text += ' ';
    } else if (encoding == Encoding::windows1252) {
      append_windows1252(text, c);
    } else {
      text += c;
    }
  }
  out += without_no_break_spaces_around(text);
}

std::string shown(std::string_view header_cell) {
  std::string text;
  append_text(text, header_cell,
              first_invalid_utf8(header_cell) ? Encoding::windows1252 : Encoding::utf8);
  if (text.size() <= longest_shown) return text;
  text.resize(longest_shown);
  while (first_invalid_utf8(text)) text.pop_back();  // a character cut in half
  return text + "...";
}

std::string header_key(std::string_view cell) {
  std::string text;
  append_text(text, cell, first_invalid_utf8(cell) ? Encoding::windows1252 : Encoding::utf8);
  std::string key;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::string_view rest = std::string_view(text).substr(at);
    if (rest.starts_with("\xC2\xA0")) {  // no-break space
      at += 1;
    } else if (rest.starts_with("\xEF\xBB\xBF")) {  // byte order mark
      at += 2;
    } else if (text[at] != ' ') {
      key += small(text[at]);
    }
  }
  return key;
}

std::string shape_of(std::string_view cell) {
  std::string shape;
  for (const char c : trimmed(cell)) {
    char kind = c;
    if (c >= '0' && c <= '9') kind = '9';
    if (small(c) >= 'a' && small(c) <= 'z') kind = 'a';
    if (c < ' ' || c == '\x7F') kind = '?';
    const bool run_goes_on = (kind == '9' || kind == 'a' || kind == '?') && shape.ends_with(kind);
    if (run_goes_on) continue;
    if (shape.size() == longest_shape) return shape + "...";
    shape += kind;
  }
  return shape;
}

bool contains_folded(std::string_view text, std::string_view marker) noexcept {
  if (marker.empty() || text.size() < marker.size()) return false;
  for (std::size_t at = 0; at <= text.size() - marker.size(); ++at) {
    std::size_t same = 0;
    while (same < marker.size() && small(text[at + same]) == marker[same]) ++same;
    if (same == marker.size()) return true;
  }
  return false;
}

}  // namespace braid::files
