#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "events/bytes.hpp"

namespace braid {

/// Lower-case hexadecimal, two digits a byte.
std::string to_hex(Bytes bytes);
/// Fills `out` from exactly twice as many lower-case digits. False (and `out` unspecified) for
/// anything else: one value has one text, so that texts may be compared.
[[nodiscard]] bool from_hex(std::string_view text, std::span<std::byte> out);

/// Base64 with the standard alphabet and padding (RFC 4648 section 4). Constant time in the bytes:
/// fit for secrets.
std::string to_base64(Bytes bytes);
/// The bytes of `text`, or nothing: white space, missing padding, the URL alphabet and stray low
/// bits are all refused (RFC 4648 section 3.5). `text` bounds the memory used.
std::optional<OwnedBytes> from_base64(std::string_view text);
/// Fills `out` when `text` holds exactly that many bytes.
[[nodiscard]] bool from_base64(std::string_view text, std::span<std::byte> out);

}  // namespace braid
