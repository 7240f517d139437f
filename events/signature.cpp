#include "events/signature.hpp"

#include <sodium/crypto_sign_ed25519.h>

#include "events/check.hpp"
#include "events/encoding.hpp"

namespace braid {
namespace {

template <class Span>
auto* raw(Span&& bytes) {
  if constexpr (std::is_const_v<std::remove_pointer_t<decltype(bytes.data())>>)
    return reinterpret_cast<const unsigned char*>(bytes.data());
  else
    return reinterpret_cast<unsigned char*>(bytes.data());
}

template <class T>
Parsed<T> exactly(Bytes bytes, const char* what) {
  T value;
  if (bytes.size() != value.bytes.size())
    return unreadable(std::string(what) + " is " + std::to_string(value.bytes.size()) +
                      " bytes, not " + std::to_string(bytes.size()));
  std::memcpy(value.bytes.data(), bytes.data(), bytes.size());
  return value;
}

}  // namespace

Parsed<PublicKey> PublicKey::from_bytes(Bytes bytes) {
  return exactly<PublicKey>(bytes, "an Ed25519 public key");
}

Parsed<PublicKey> PublicKey::from_hex(std::string_view text) {
  PublicKey key;
  if (!braid::from_hex(text, key.bytes))
    return unreadable("an Ed25519 public key is 64 lower-case hexadecimal digits");
  return key;
}

std::string PublicKey::hex() const { return to_hex(bytes); }

Parsed<Signature> Signature::from_bytes(Bytes bytes) {
  return exactly<Signature>(bytes, "an Ed25519 signature");
}

Parsed<Signature> Signature::from_base64(std::string_view text) {
  Signature signature;
  if (!braid::from_base64(text, signature.bytes))
    return unreadable("an Ed25519 signature in base64 is 88 characters with padding");
  return signature;
}

std::string Signature::base64() const { return to_base64(bytes); }

SecretKey SecretKey::generate() { return from_seed(Secret<32>::random()); }

SecretKey SecretKey::from_seed(const Secret<32>& seed) noexcept {
  SecretKey key;
  PublicKey ignored;
  crypto_sign_ed25519_seed_keypair(raw(ignored.bytes), raw(key.pair_.expose()), raw(seed.expose()));
  return key;
}

PublicKey SecretKey::public_key() const noexcept {
  PublicKey key;
  std::memcpy(key.bytes.data(), pair_.expose().data() + 32, 32);
  return key;
}

Secret<32> SecretKey::seed() const noexcept { return Secret<32>(pair_.expose().first<32>()); }

Signature sign(const SecretKey& key, Bytes message) noexcept {
  Signature signature;
  crypto_sign_ed25519_detached(raw(signature.bytes), nullptr, raw(message), message.size(),
                               raw(key.pair_.expose()));
  return signature;
}

bool verify(const PublicKey& key, Bytes message, const Signature& signature) noexcept {
  return crypto_sign_ed25519_verify_detached(raw(signature.bytes), raw(message), message.size(),
                                             raw(key.bytes)) == 0;
}

void verify_many(std::span<const SignedMessage> messages, std::span<bool> valid) noexcept {
  check(messages.size() == valid.size(), "every message has its own answer");
  for (std::size_t i = 0; i < messages.size(); ++i)
    valid[i] = verify(messages[i].key, messages[i].message, messages[i].signature);
}

}  // namespace braid
