#pragma once
#include <array>
#include <optional>

#include "events/bytes.hpp"
#include "events/symmetric_key.hpp"
#include "events/uuid.hpp"

namespace braid {

/// A number used once: random ones are long enough never to meet.
using Nonce = std::array<std::byte, 24>;
Nonce random_nonce();

/// What the ledger holds of a text that only some may read: XChaCha20-Poly1305 under the key named
/// by `key_id`. When that key is destroyed nobody can read it again.
struct SealedBox {
  static constexpr std::size_t max_box_bytes = 8192;
  /// The plaintext is padded to a multiple of this, so that the box does not tell "yes" from "no"
  /// by its length.
  static constexpr std::size_t block_bytes = 32;
  /// The longest plaintext: room for the padding, of at least a byte, and the authentication tag.
  static constexpr std::size_t max_plaintext_bytes = max_box_bytes - 16 - 17;

  Uuid key_id;
  Nonce nonce{};
  OwnedBytes box;

  bool operator==(const SealedBox&) const = default;
};

/// Seals at most SealedBox::max_plaintext_bytes. `context` is authenticated with the key's id but
/// not kept: the box opens only for who names the same, so it cannot be passed off as standing
/// elsewhere. Pure: a nonce must never come twice under a key.
SealedBox seal(const SymmetricKey& key, const Uuid& key_id, Bytes plaintext, Bytes context,
               const Nonce& nonce);

/// The plaintext, or nothing where the box was not sealed under this key, id and context, or was
/// altered.
std::optional<OwnedBytes> unseal(const SymmetricKey& key, const SealedBox& sealed, Bytes context);

}  // namespace braid
