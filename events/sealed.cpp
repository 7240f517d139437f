#include "events/sealed.hpp"

#include <sodium/crypto_aead_xchacha20poly1305.h>
#include <sodium/utils.h>

#include <algorithm>

#include "events/check.hpp"

namespace braid {
namespace {

constexpr std::size_t tag_bytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;

template <class T>
const unsigned char* raw(const T& bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}
unsigned char* raw(OwnedBytes& bytes) { return reinterpret_cast<unsigned char*>(bytes.data()); }

OwnedBytes authenticated(const Uuid& key_id, Bytes context) {
  const auto id = key_id.bytes();
  OwnedBytes data(id.size() + context.size());
  std::ranges::copy(context, std::ranges::copy(id, data.begin()).out);
  return data;
}

OwnedBytes padded(Bytes plaintext) {
  const auto size = (plaintext.size() / SealedBox::block_bytes + 1) * SealedBox::block_bytes;
  OwnedBytes padded;
  padded.reserve(size + tag_bytes);  // sealed in place: no second copy of the plaintext
  padded.assign(plaintext.begin(), plaintext.end());
  padded.resize(size);
  padded[plaintext.size()] = std::byte{0x80};  // ISO/IEC 7816-4
  return padded;
}

}  // namespace

Nonce random_nonce() {
  Nonce nonce;
  fill_random(nonce);
  return nonce;
}

SealedBox seal(const SymmetricKey& key, const Uuid& key_id, Bytes plaintext, Bytes context,
               const Nonce& nonce) {
  check(plaintext.size() <= SealedBox::max_plaintext_bytes,
        "a text is measured before it is sealed");
  SealedBox sealed{key_id, nonce, padded(plaintext)};
  const auto size = sealed.box.size();
  sealed.box.resize(size + tag_bytes);
  const auto data = authenticated(key_id, context);
  crypto_aead_xchacha20poly1305_ietf_encrypt(raw(sealed.box), nullptr, raw(sealed.box), size,
                                             raw(data), data.size(), nullptr, raw(nonce),
                                             raw(key.expose()));
  return sealed;
}

std::optional<OwnedBytes> unseal(const SymmetricKey& key, const SealedBox& sealed, Bytes context) {
  if (sealed.box.size() < tag_bytes || sealed.box.size() > SealedBox::max_box_bytes)
    return std::nullopt;
  OwnedBytes plaintext(sealed.box.size() - tag_bytes);
  const auto data = authenticated(sealed.key_id, context);
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(raw(plaintext), nullptr, nullptr, raw(sealed.box),
                                                 sealed.box.size(), raw(data), data.size(),
                                                 raw(sealed.nonce), raw(key.expose())) != 0)
    return std::nullopt;
  std::size_t size = 0;
  if (sodium_unpad(&size, raw(plaintext), plaintext.size(), SealedBox::block_bytes) != 0)
    return std::nullopt;
  plaintext.resize(size);
  return plaintext;
}

}  // namespace braid
