#pragma once
#include <string_view>

namespace braid::form {

/// What is wrong with a text that people will read, as a sentence; empty where nothing is. A text
/// is UTF-8 without control characters (C0, DEL, C1, line and paragraph separators) and without the
/// marks that turn the direction of writing, which can make a text read otherwise than it is.
std::string_view text_flaw(std::string_view text) noexcept;

}  // namespace braid::form
