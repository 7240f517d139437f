#pragma once
#include <array>
#include <compare>
#include <functional>
#include <string>

#include "events/bytes.hpp"
#include "events/parsed.hpp"

namespace braid {

/// A SHA-256 value (FIPS 180-4). Orders as its bytes do.
struct Digest {
  std::array<std::byte, 32> bytes{};

  /// From 64 lower-case hexadecimal digits.
  static Parsed<Digest> from_hex(std::string_view text);
  /// From 44 characters of padded base64, as checkpoints write roots.
  static Parsed<Digest> from_base64(std::string_view text);
  /// From exactly 32 bytes.
  static Parsed<Digest> from_bytes(Bytes bytes);

  std::string hex() const;
  std::string base64() const;

  auto operator<=>(const Digest&) const = default;
  bool operator==(const Digest&) const = default;
};

Digest sha256(Bytes bytes) noexcept;

/// SHA-256 of bytes that come in pieces. A value: a copy taken half-way goes on by itself.
class Sha256 {
 public:
  Sha256() noexcept;
  Sha256& update(Bytes bytes) noexcept;
  Sha256& update(std::string_view text) noexcept { return update(as_bytes(text)); }
  /// The digest of everything so far; more may follow.
  Digest digest() const noexcept;

 private:
  alignas(8)
      std::array<std::byte, 112> state_;  // OpenSSL's SHA256_CTX, whose header stays in digest.cpp
};

}  // namespace braid

template <>
struct std::hash<braid::Digest> {
  std::size_t operator()(const braid::Digest& digest) const noexcept {
    std::size_t value;  // the bytes are a hash already
    std::memcpy(&value, digest.bytes.data(), sizeof value);
    return value;
  }
};
