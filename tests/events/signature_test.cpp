#include "events/signature.hpp"

#include <catch2/catch.hpp>
#include <memory>
#include <rapidcheck.h>

#include "events/encoding.hpp"

using namespace braid;

namespace {

SecretKey key_of(std::string_view seed_hex) {
  Secret<32> seed;
  REQUIRE(from_hex(seed_hex, seed.expose()));
  return SecretKey::from_seed(seed);
}

template <class T>
concept Printable = requires(std::ostream& out, const T& value) { out << value; };

}  // namespace

TEST_CASE("Keys and signatures are those of RFC 8032 section 7.1") {
  const auto first = key_of("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
  CHECK(first.public_key().hex() ==
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
  CHECK(to_hex(sign(first, {}).bytes) ==
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701c"
        "f9b46b"
        "d25bf5f0595bbe24655141438e7a100b");
  const auto second = key_of("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");
  CHECK(second.public_key().hex() ==
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
  CHECK(to_hex(sign(second, as_bytes("\x72")).bytes) ==
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0"
        "f11d8c"
        "387b2eaeb4302aeeb00d291612bb0c00");
}

TEST_CASE("A signature verifies for its key and message, and for no other") {
  const auto key = SecretKey::generate(), other = SecretKey::generate();
  const auto signature = sign(key, as_bytes("pay 100"));
  CHECK(verify(key.public_key(), as_bytes("pay 100"), signature));
  CHECK_FALSE(verify(key.public_key(), as_bytes("pay 1000"), signature));
  CHECK_FALSE(verify(key.public_key(), {}, signature));
  CHECK_FALSE(verify(other.public_key(), as_bytes("pay 100"), signature));
}

TEST_CASE("A signature or key with any bit flipped does not verify") {
  const auto key = key_of("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
  const auto signature = sign(key, as_bytes("an event"));
  for (std::size_t bit = 0; bit < 512; ++bit) {
    auto altered = signature;
    altered.bytes[bit / 8] ^= static_cast<std::byte>(1 << bit % 8);
    CHECK_FALSE(verify(key.public_key(), as_bytes("an event"), altered));
  }
  for (std::size_t bit = 0; bit < 256; ++bit) {
    auto altered = key.public_key();
    altered.bytes[bit / 8] ^= static_cast<std::byte>(1 << bit % 8);
    CHECK_FALSE(verify(altered, as_bytes("an event"), signature));
  }
}

TEST_CASE("A key of small order, under which one signature fits every message, is refused") {
  // The identity point as key and as R, with S = 0: valid for every message by the bare equation.
  PublicKey identity;
  identity.bytes[0] = std::byte{1};
  Signature universal;
  universal.bytes[0] = std::byte{1};
  CHECK_FALSE(verify(identity, as_bytes("anything"), universal));
}

TEST_CASE("Many signatures are judged one by one") {
  const auto key = SecretKey::generate();
  const auto good = sign(key, as_bytes("good"));
  const std::array messages = {SignedMessage{key.public_key(), as_bytes("good"), good},
                               SignedMessage{key.public_key(), as_bytes("bad"), good},
                               SignedMessage{key.public_key(), as_bytes("good"), good}};
  std::array<bool, 3> valid{};
  verify_many(messages, valid);
  CHECK(valid == std::array{true, false, true});
}

TEST_CASE("A secret key comes back from its seed, and cannot be copied or printed") {
  const auto key = SecretKey::generate();
  CHECK(SecretKey::from_seed(key.seed()).public_key() == key.public_key());
  CHECK(SecretKey::generate().public_key() != key.public_key());
  STATIC_REQUIRE_FALSE(std::is_copy_constructible_v<SecretKey>);
  STATIC_REQUIRE_FALSE(Printable<SecretKey>);
}

TEST_CASE("Public keys and signatures are read back from their texts, other texts are refused") {
  const auto key = SecretKey::generate();
  const auto signature = sign(key, {});
  CHECK(PublicKey::from_hex(key.public_key().hex()) == key.public_key());
  CHECK(Signature::from_base64(signature.base64()) == signature);
  CHECK(PublicKey::from_hex("00").error() ==
        "an Ed25519 public key is 64 lower-case hexadecimal digits");
  CHECK(Signature::from_base64("AAAA").error() ==
        "an Ed25519 signature in base64 is 88 characters with padding");
  CHECK(PublicKey::from_bytes(signature.bytes).error() ==
        "an Ed25519 public key is 32 bytes, not 64");
  CHECK(Signature::from_bytes(key.public_key().bytes).error() ==
        "an Ed25519 signature is 64 bytes, not 32");
}
