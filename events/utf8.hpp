#pragma once
#include <optional>
#include <string_view>

namespace braid {

/// Takes the first code point off `text` (RFC 3629). Nothing, and `text` unchanged, where it is
/// empty or does not begin with one: overlong forms, surrogates, numbers above U+10FFFF and cut
/// sequences are none.
std::optional<char32_t> take_code_point(std::string_view& text) noexcept;

/// How many bytes of `text` are UTF-8 before the first that is not; all of them where it is UTF-8.
std::size_t utf8_prefix(std::string_view text) noexcept;

inline bool is_utf8(std::string_view text) noexcept { return utf8_prefix(text) == text.size(); }

}  // namespace braid
