#pragma once
#include <string>
#include <string_view>

#include "events/parsed.hpp"
#include "events/signature.hpp"

namespace braid {

/// The longest key file that is read, in bytes. An Ed25519 key takes 119.
inline constexpr std::size_t max_pem_bytes = 4096;

/// The key in a "PRIVATE KEY" text (PKCS#8 in PEM; RFC 8410 section 7, RFC 7468), as `openssl
/// genpkey -algorithm ed25519` writes it. Nothing but the one key may be in the text. Errors say
/// what was found and how to make what is expected.
Parsed<SecretKey> secret_key_from_pem(std::string_view pem);
/// The same text for a key. The caller wipes it.
std::string to_pem(const SecretKey& key);

/// The key in a "PUBLIC KEY" text (SubjectPublicKeyInfo in PEM; RFC 8410 section 4), as `openssl
/// pkey -pubout` writes it.
Parsed<PublicKey> public_key_from_pem(std::string_view pem);
std::string to_pem(const PublicKey& key);

}  // namespace braid
