#pragma once
#include <string>
#include <tl/expected.hpp>

namespace braid {

/// What a text or file says, or one sentence for its author: what was expected here instead.
template <class T>
using Parsed = tl::expected<T, std::string>;

/// The sentence, as the answer of a function that returns `Parsed`.
inline tl::unexpected<std::string> unreadable(std::string sentence) {
  return tl::unexpected(std::move(sentence));
}

}  // namespace braid
