#include "events/sealed.hpp"

#include <catch2/catch.hpp>
#include <rapidcheck.h>
#include <sodium.h>

using namespace braid;

namespace {

const Uuid some_key = uuid_v4(1, 2);

OwnedBytes owned(std::string_view text) {
  const auto bytes = as_bytes(text);
  return {bytes.begin(), bytes.end()};
}

SealedBox sealed(const SymmetricKey& key, std::string_view text,
                 std::string_view context = "plan/reasons") {
  return seal(key, some_key, as_bytes(text), as_bytes(context), random_nonce());
}

}  // namespace

TEST_CASE("What was sealed is opened with the same key and context") {
  const auto key = SymmetricKey::random();
  CHECK(unseal(key, sealed(key, "Maya"), as_bytes("plan/reasons")) == owned("Maya"));
  CHECK(unseal(key, sealed(key, ""), as_bytes("plan/reasons")) == OwnedBytes{});
}

TEST_CASE("Any text up to the limit is opened as it was, and its box fits the schema") {
  const auto key = SymmetricKey::random();
  for (std::size_t size : {std::size_t{1}, std::size_t{31}, std::size_t{32}, std::size_t{33},
                           SealedBox::max_plaintext_bytes}) {
    const std::string text(size, '\x80');  // the padding's own mark does not confuse it
    const auto box = sealed(key, text);
    CHECK(unseal(key, box, as_bytes("plan/reasons")) == owned(text));
    CHECK(box.box.size() <= SealedBox::max_box_bytes);
  }
}

TEST_CASE("The length of a box does not tell short answers apart") {
  const auto key = SymmetricKey::random();
  CHECK(sealed(key, "yes").box.size() == sealed(key, "not at all, thank you").box.size());
}

TEST_CASE("A box does not open under another key, key id or context") {
  const auto key = SymmetricKey::random();
  auto box = sealed(key, "Maya");
  CHECK_FALSE(unseal(SymmetricKey::random(), box, as_bytes("plan/reasons")));
  CHECK_FALSE(unseal(key, box, as_bytes("plan/needs")));
  box.key_id = uuid_v4(1, 3);
  CHECK_FALSE(unseal(key, box, as_bytes("plan/reasons")));
}

TEST_CASE("A box with any bit changed, cut or lengthened does not open") {
  const auto key = SymmetricKey::random();
  const auto box = sealed(key, "Maya");
  for (std::size_t bit = 0; bit < box.box.size() * 8; ++bit) {
    auto altered = box;
    altered.box[bit / 8] ^= static_cast<std::byte>(1 << bit % 8);
    CHECK_FALSE(unseal(key, altered, as_bytes("plan/reasons")));
  }
  for (std::size_t bit = 0; bit < box.nonce.size() * 8; ++bit) {
    auto altered = box;
    altered.nonce[bit / 8] ^= static_cast<std::byte>(1 << bit % 8);
    CHECK_FALSE(unseal(key, altered, as_bytes("plan/reasons")));
  }
  for (std::size_t size : {std::size_t{0}, std::size_t{15}, std::size_t{16}, std::size_t{17},
                           box.box.size() + 1, SealedBox::max_box_bytes + 1}) {
    auto altered = box;
    altered.box.resize(size);
    CHECK_FALSE(unseal(key, altered, as_bytes("plan/reasons")));
  }
}

TEST_CASE(
    "Boxes are XChaCha20-Poly1305 as libsodium has it, over the padded text, with the key's id "
    "before the context") {
  const auto key = SymmetricKey::random();
  const auto box = sealed(key, "Maya", "c");
  const auto raw = [](auto& bytes) {
    return reinterpret_cast<unsigned char*>(const_cast<std::byte*>(bytes.data()));
  };
  auto data = std::vector<std::byte>(16);
  const auto id = some_key.bytes();
  std::copy(id.begin(), id.end(), data.begin());
  data.push_back(std::byte{'c'});
  OwnedBytes opened(32);
  const auto secret = key.expose();
  REQUIRE(crypto_aead_xchacha20poly1305_ietf_decrypt(raw(opened), nullptr, nullptr, raw(box.box),
                                                     box.box.size(), raw(data), data.size(),
                                                     raw(box.nonce), raw(secret)) == 0);
  CHECK(as_text(opened).substr(0, 5) == "Maya\x80");
}

TEST_CASE("Two nonces differ") { CHECK(random_nonce() != random_nonce()); }
