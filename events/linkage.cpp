#include "events/linkage.hpp"

#include <sodium/crypto_auth_hmacsha256.h>

#include "events/check.hpp"

namespace braid {
namespace {

template <class T>
const unsigned char* raw(const T& bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

}  // namespace

Digest linkage_token(const LinkageKey& key, std::string_view scheme,
                     std::string_view value) noexcept {
  check(scheme.find('\0') == scheme.npos, "a zero byte ends the scheme");
  constexpr unsigned char separator = 0;
  crypto_auth_hmacsha256_state state;
  crypto_auth_hmacsha256_init(&state, raw(key.expose()), key.expose().size());
  crypto_auth_hmacsha256_update(&state, raw(scheme), scheme.size());
  crypto_auth_hmacsha256_update(&state, &separator, 1);
  crypto_auth_hmacsha256_update(&state, raw(value), value.size());
  Digest token;
  crypto_auth_hmacsha256_final(&state, reinterpret_cast<unsigned char*>(token.bytes.data()));
  wipe(std::as_writable_bytes(std::span(&state, 1)));
  return token;
}

}  // namespace braid
