#pragma once
#include <array>
#include <compare>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "events/person_token.hpp"
#include "events/symmetric_key.hpp"
#include "events/uuid.hpp"

namespace braid::ledger {

/// Whom a sealed text is about: whose key seals it, and whose key's destruction erases it.
class Subject {
 public:
  /// A person, by token.
  static Subject person(const PersonToken& token) { return {'p', token.bytes}; }
  /// A name that has no identifier of its own, by its linkage token (events/linkage.hpp): a
  /// supplier of a published list.
  static Subject name(const Digest& token) { return {'n', token.bytes}; }
  /// What the ledger knows by an identifier: a registered supplier.
  static Subject thing(const Uuid& id) { return {'t', id.bytes()}; }
  /// From what `bytes` gave.
  static Subject from_bytes(std::span<const std::byte, 33> bytes) {
    Subject subject = thing({});
    std::memcpy(subject.bytes_.data(), bytes.data(), bytes.size());
    return subject;
  }

  bool is_person() const noexcept { return bytes_[0] == std::byte{'p'}; }

  /// 33 bytes: the kind, then the token or identifier, then zeroes.
  Bytes bytes() const noexcept { return bytes_; }

  auto operator<=>(const Subject&) const = default;

 private:
  template <std::size_t N>
  Subject(char kind, const std::array<std::byte, N>& value) {
    bytes_[0] = static_cast<std::byte>(kind);
    std::memcpy(&bytes_[1], value.data(), N);
  }
  std::array<std::byte, 33> bytes_{};
};

/// A subject's key and the identifier under which sealed boxes name it.
struct VaultKey {
  Uuid id;
  SymmetricKey key;
  Subject subject;
};

/// The keys of sealed texts: the one part of a ledger that forgets. It is not part of the history
/// and is not copied with it; whoever lacks it reads the history without names. Thread: any. Every
/// call may throw StorageFull and IoFault, and HistoryBroken where what is stored is not what was
/// written (events/faults.hpp).
class Vault {
 public:
  virtual ~Vault() = default;

  /// The key of each subject, made now where there is none; nothing for a subject whose key was
  /// destroyed. All that is new is durable when this returns. One durable step for all of them, so
  /// ask for many at once.
  virtual std::vector<std::optional<VaultKey>> keys_for(std::span<const Subject> subjects) = 0;

  /// The key of that identifier; nothing where it was destroyed or is unknown.
  [[nodiscard]] virtual std::optional<VaultKey> find(const Uuid& key_id) const = 0;

  /// The subject's key, made by nobody: nothing where there is none or it was destroyed.
  [[nodiscard]] virtual std::optional<VaultKey> find(const Subject& subject) const = 0;

  /// Whether the subject was destroyed, and so gets no key.
  [[nodiscard]] virtual bool is_destroyed(const Subject& subject) const = 0;

  /// Destroys these subjects' keys for good: what they sealed can no longer be read by anybody, also
  /// not from an earlier copy of the vault, and the subjects get no others. How many had one; who
  /// had none, or whose was destroyed before, gets none either. Durable when this returns. One step
  /// for all of them, whose cost grows with the vault.
  virtual std::size_t destroy(std::span<const Subject> subjects) = 0;

  std::optional<VaultKey> key_for(const Subject& subject) {
    return std::move(keys_for({&subject, 1}).front());
  }
  bool destroy(const Subject& subject) { return destroy({&subject, 1}) == 1; }
};

/// A random identifier for a new key.
Uuid new_key_id();

}  // namespace braid::ledger
