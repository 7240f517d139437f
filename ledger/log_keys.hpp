#pragma once
#include <optional>
#include <vector>

#include "events/entry_source.hpp"
#include "ledger/checkpoint.hpp"

namespace braid::ledger {

/// A key that once signed a log's checkpoints and may sign no more.
struct FormerKey {
  PublicKey key;
  Sequence revoked_at = 0;  ///< entry of the register that revoked it; 0: said by hand

  bool operator==(const FormerKey&) const = default;
};

/// A checkpoint and the key that signed it.
struct SignedBy {
  Checkpoint checkpoint;
  PublicKey key;
  std::optional<Sequence> revoked_at;  ///< of a former key: the entry that revoked it

  bool operator==(const SignedBy&) const = default;
};

/// The keys of one log: whoever has one may sign its checkpoints. There is one, or several while the
/// operator replaces it. A note may carry a signature of each; one is enough.
struct LogKeys {
  std::string name;  ///< <ledger name>/<partition>
  std::vector<PublicKey> live;
  std::vector<FormerKey> former;

  LogKeys(std::string name_, std::vector<PublicKey> live_, std::vector<FormerKey> former_ = {});
  /// A log of one key, as who checks by one verifier key knows it.
  LogKeys(const NoteKey& key);  // NOLINT(google-explicit-constructor): one key is a set of keys

  /// The checkpoint in `note`, for somebody to rest on: signed by a live key. A signature that
  /// claims to be of a live key and is not spoils the note; lines of other keys are passed over.
  [[nodiscard]] Parsed<Checkpoint> verify(std::string_view note) const;
  /// The checkpoint in a note that was kept, for a history to be held against: signed by a live
  /// key, else by a former one. What a former key signed nobody may rest on alone, and whether it
  /// signed in its day is the caller's to ask: signed_in_its_day.
  [[nodiscard]] Parsed<SignedBy> verify_kept(std::string_view note) const;

  /// The verifier keys that others check this log by: one of each live key.
  [[nodiscard]] std::vector<NoteKey> verifier_keys() const;
};

/// Whether a key may have signed a checkpoint before the register revoked it. A checkpoint carries
/// no time; but what it covers was judged by the first `covered` entries of the register, of which
/// it is itself the first where it is the register's. If the revocation is among them, the key
/// signed after it.
inline bool signed_in_its_day(const SignedBy& signed_by, Sequence covered) {
  return !signed_by.revoked_at || *signed_by.revoked_at >= covered;
}

}  // namespace braid::ledger
