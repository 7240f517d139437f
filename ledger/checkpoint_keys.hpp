#pragma once
#include <map>
#include <set>
#include <span>
#include <tl/expected.hpp>

#include "events/entry.hpp"
#include "ledger/log_keys.hpp"

namespace braid::ledger {

/// Which keys sign a ledger's checkpoints, as its register says: the key that founded it, and each
/// that the register has since given to the operator as the body's own, while it is not revoked. An
/// officer's own key signs none. A fold over the register's entries, as far as they were read: pure,
/// and no judge of them; whether they are lawful the auditor asks (ledger/verify.hpp).
///
/// Each key was given by an event that another key signed, so trust in one reaches those that it
/// gave, however many steps away, and never those that were there before it.
class CheckpointKeys {
 public:
  /// Before any entry: nothing is known until the founding is taken.
  CheckpointKeys() = default;
  /// Of a ledger whose founding is known and whose register may not be here.
  CheckpointKeys(std::string ledger, std::string operator_code, const PublicKey& founding);

  /// The register's next entry. Throws HistoryBroken where the bytes are no entry.
  void take(Bytes entry);
  /// All that the register holds now, or before `end`, from where this stands.
  void follow(const EntrySource& registry, Sequence end = ~Sequence{0});
  /// How many of the register's entries were taken.
  [[nodiscard]] Sequence size() const { return size_; }

  /// The keys that may sign a partition's checkpoints, and those that might once.
  [[nodiscard]] LogKeys of_log(std::uint32_t partition) const;
  /// The same, for somebody who trusts these keys alone: of them, and those that they gave.
  [[nodiscard]] LogKeys of_log(std::uint32_t partition, std::span<const PublicKey> trusted) const;

  /// Whether this key may sign checkpoints; if not, a sentence that says why and what to do.
  [[nodiscard]] tl::expected<void, std::string> may_sign(const PublicKey& key) const;
  /// Whether the register names this key as one of the operator's, revoked or not.
  [[nodiscard]] bool is_operators(const PublicKey& key) const;
  /// Whether the operator was ever given another key than the founding one, or had one revoked.
  [[nodiscard]] bool have_turned() const;

  /// Where a key of the register came from.
  struct Given {
    std::string organisation;
    std::string officer;     ///< whose own it is; empty: the body's
    Sequence at = 0;         ///< entry of the register
    PublicKey by;            ///< the key that signed for it; of the founding key itself
    std::optional<Sequence> revoked_at;
  };
  /// Null where the register never named it.
  [[nodiscard]] const Given* find(const PublicKey& key) const;

 private:
  void take_event(Sequence sequence, schema::Event::Reader event);
  [[nodiscard]] bool is_led_to(const PublicKey& key, std::span<const PublicKey> trusted) const;
  [[nodiscard]] bool signs(const Given& given) const;

  std::string ledger_;
  std::string operator_;
  std::set<std::string> operators_;  ///< it, and who has succeeded it
  std::map<PublicKey, Given> keys_;
  PublicKey signer_;  ///< of the submission whose answers are being taken
  Sequence size_ = 0;
};

}  // namespace braid::ledger
