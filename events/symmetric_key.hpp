#pragma once
#include <string>
#include <string_view>

#include "events/parsed.hpp"
#include "events/secret.hpp"

namespace braid {

/// A key that its holders share: the linkage key, the vault's master key, the key of one person.
using SymmetricKey = Secret<32>;

/// From 64 lower-case hexadecimal digits and at most one line end, as a file or an environment
/// variable holds it. The sentence of an error shows none of the text.
Parsed<SymmetricKey> symmetric_key_from_text(std::string_view text);
/// The same text, with its line end. The caller wipes it.
std::string to_text(const SymmetricKey& key);

}  // namespace braid
