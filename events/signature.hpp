#pragma once
#include <array>
#include <compare>
#include <functional>
#include <string>

#include "events/bytes.hpp"
#include "events/parsed.hpp"
#include "events/secret.hpp"

namespace braid {

/// An Ed25519 public key (RFC 8032): who signed.
struct PublicKey {
  std::array<std::byte, 32> bytes{};

  static Parsed<PublicKey> from_bytes(Bytes bytes);
  /// From 64 lower-case hexadecimal digits.
  static Parsed<PublicKey> from_hex(std::string_view text);
  std::string hex() const;

  auto operator<=>(const PublicKey&) const = default;
  bool operator==(const PublicKey&) const = default;
};

/// An Ed25519 signature (RFC 8032).
struct Signature {
  std::array<std::byte, 64> bytes{};

  static Parsed<Signature> from_bytes(Bytes bytes);
  /// From 88 characters of padded base64.
  static Parsed<Signature> from_base64(std::string_view text);
  std::string base64() const;

  bool operator==(const Signature&) const = default;
};

/// The private half of a key pair. Moved, never copied or printed; wiped when it goes.
class SecretKey {
 public:
  /// A new key from the operating system's randomness.
  static SecretKey generate();
  /// The key of RFC 8032's 32-byte private key, which key files hold.
  static SecretKey from_seed(const Secret<32>& seed) noexcept;

  PublicKey public_key() const noexcept;
  Secret<32> seed() const noexcept;

 private:
  friend Signature sign(const SecretKey& key, Bytes message) noexcept;
  Secret<64> pair_;  // libsodium's form: the seed, then the public key
};

/// Deterministic: the same key and message give the same signature.
Signature sign(const SecretKey& key, Bytes message) noexcept;

/// Whether `signature` is `key`'s over `message`, as libsodium judges it: keys of small order and
/// forms that are not canonical are refused, so nobody can make a second valid signature from a
/// first. About 50 us.
[[nodiscard]] bool verify(const PublicKey& key, Bytes message, const Signature& signature) noexcept;

/// A message that claims a signer. Borrows the message.
struct SignedMessage {
  PublicKey key;
  Bytes message;
  Signature signature;
};

/// `verify` of each into `valid`, which is as long as `messages`. Pure, so parts may be verified on
/// several threads.
void verify_many(std::span<const SignedMessage> messages, std::span<bool> valid) noexcept;

}  // namespace braid

template <>
struct std::hash<braid::PublicKey> {
  std::size_t operator()(const braid::PublicKey& key) const noexcept {
    std::size_t value;
    std::memcpy(&value, key.bytes.data(), sizeof value);
    return value;
  }
};
