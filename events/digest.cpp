// SHA256_* take two thirds of the time of EVP on a 300-byte leaf (README, Decisions).
#define OPENSSL_SUPPRESS_DEPRECATED
#include "events/digest.hpp"

#include <openssl/sha.h>

#include <cstring>
#include <type_traits>

#include "events/encoding.hpp"

namespace braid {
namespace {

static_assert(std::is_trivially_copyable_v<SHA256_CTX>);

unsigned char* raw(Digest& digest) { return reinterpret_cast<unsigned char*>(digest.bytes.data()); }

}  // namespace

Parsed<Digest> Digest::from_hex(std::string_view text) {
  Digest digest;
  if (!braid::from_hex(text, digest.bytes))
    return unreadable("a SHA-256 digest is 64 lower-case hexadecimal digits");
  return digest;
}

Parsed<Digest> Digest::from_base64(std::string_view text) {
  Digest digest;
  if (!braid::from_base64(text, digest.bytes))
    return unreadable("a SHA-256 digest in base64 is 44 characters with padding");
  return digest;
}

Parsed<Digest> Digest::from_bytes(Bytes bytes) {
  Digest digest;
  if (bytes.size() != digest.bytes.size())
    return unreadable("a SHA-256 digest is 32 bytes, not " + std::to_string(bytes.size()));
  std::memcpy(digest.bytes.data(), bytes.data(), bytes.size());
  return digest;
}

std::string Digest::hex() const { return to_hex(bytes); }
std::string Digest::base64() const { return to_base64(bytes); }

Digest sha256(Bytes bytes) noexcept {
  SHA256_CTX state;
  SHA256_Init(&state);
  SHA256_Update(&state, bytes.data(), bytes.size());
  Digest digest;
  SHA256_Final(raw(digest), &state);
  return digest;
}

Sha256::Sha256() noexcept {
  static_assert(sizeof state_ == sizeof(SHA256_CTX) && alignof(SHA256_CTX) <= 8);
  SHA256_Init(reinterpret_cast<SHA256_CTX*>(state_.data()));
}

Sha256& Sha256::update(Bytes bytes) noexcept {
  SHA256_Update(reinterpret_cast<SHA256_CTX*>(state_.data()), bytes.data(), bytes.size());
  return *this;
}

Digest Sha256::digest() const noexcept {
  SHA256_CTX state;  // a copy, so that more may follow
  std::memcpy(&state, state_.data(), sizeof state);
  Digest digest;
  SHA256_Final(raw(digest), &state);
  return digest;
}

}  // namespace braid
