#include "events/encoding.hpp"

#include <sodium/utils.h>

#include <algorithm>

#include "events/check.hpp"

namespace braid {
namespace {

// libsodium declares that its pointers are never null; those of empty spans may be.
unsigned char nothing[1] = {};

const unsigned char* raw(Bytes bytes) {
  return bytes.empty() ? nothing : reinterpret_cast<const unsigned char*>(bytes.data());
}
unsigned char* raw(std::span<std::byte> bytes) {
  return bytes.empty() ? nothing : reinterpret_cast<unsigned char*>(bytes.data());
}

bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }

/// How many bytes `text` decodes to, written to the start of `out`; nothing when it is not base64
/// or does not fit.
std::optional<std::size_t> decode(std::string_view text, std::span<std::byte> out) {
  // libsodium 1.0.18 takes some bytes above 127 for letters of the alphabet.
  if (!std::all_of(text.begin(), text.end(), is_ascii)) return std::nullopt;
  std::size_t size = 0;
  const int refused = sodium_base642bin(raw(out), out.size(), text.data(), text.size(), nullptr,
                                        &size, nullptr, sodium_base64_VARIANT_ORIGINAL);
  if (refused != 0) return std::nullopt;
  return size;
}

}  // namespace

std::string to_hex(Bytes bytes) {
  std::string text(bytes.size() * 2 + 1, '\0');  // libsodium ends it with a zero
  sodium_bin2hex(text.data(), text.size(), raw(bytes), bytes.size());
  text.pop_back();
  return text;
}

bool from_hex(std::string_view text, std::span<std::byte> out) {
  if (text.size() != out.size() * 2) return false;
  if (std::any_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'F'; }))
    return false;
  std::size_t size = 0;
  return sodium_hex2bin(raw(out), out.size(), text.data(), text.size(), nullptr, &size, nullptr) ==
             0 &&
         size == out.size();
}

std::string to_base64(Bytes bytes) {
  std::string text(sodium_base64_encoded_len(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
  sodium_bin2base64(text.data(), text.size(), raw(bytes), bytes.size(),
                    sodium_base64_VARIANT_ORIGINAL);
  text.pop_back();
  return text;
}

std::optional<OwnedBytes> from_base64(std::string_view text) {
  OwnedBytes bytes(text.size() / 4 * 3);
  const auto size = decode(text, bytes);
  if (!size) return std::nullopt;
  bytes.resize(*size);
  return bytes;
}

bool from_base64(std::string_view text, std::span<std::byte> out) {
  return decode(text, out) == out.size();
}

}  // namespace braid
