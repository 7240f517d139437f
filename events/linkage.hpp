#pragma once
#include <string_view>

#include "events/digest.hpp"
#include "events/symmetric_key.hpp"

namespace braid {

/// The operator's key under which identities become tokens. Bodies that share it meet on the same
/// token; without it a token can be neither made nor reversed. Never logged.
using LinkageKey = SymmetricKey;

/// HMAC-SHA-256 (RFC 2104) under the linkage key over `scheme`, a zero byte and `value`: the same
/// value of the same scheme has the same token everywhere. `scheme` says what kind of value it is
/// and holds no zero byte, so that kinds cannot meet by accident.
Digest linkage_token(const LinkageKey& key, std::string_view scheme,
                     std::string_view value) noexcept;

}  // namespace braid
