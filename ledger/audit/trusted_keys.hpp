#pragma once
#include <set>

#include "ledger/audit/evidence.hpp"
#include "ledger/checkpoint_keys.hpp"

namespace braid::ledger {

/// The keys of the operator that a reader of evidence trusts, and those to which they lead by the
/// register in it, which has been verified. Of a register that founds a ledger.
class TrustedKeys {
 public:
  /// What the reader trusts; nothing: the key that `founding` names, at the file's word.
  TrustedKeys(const EntrySource& registry, const PublicKey& founding,
              std::span<const PublicKey> given);

  /// Why none of them is the operator's; nothing: one is.
  [[nodiscard]] std::optional<std::string> objection() const;
  /// The checkpoint in a note, if one of these keys signed it and enough witnesses cosigned it.
  Parsed<Checkpoint> verify(std::uint32_t partition, std::string_view note,
                            const WitnessPolicy& witnesses);
  /// Whether the register, of which the evidence holds so much, may be there in part.
  [[nodiscard]] bool need_whole_register() const { return keys_.have_turned(); }

  /// The way from what is trusted to the keys that signed: what is shown, and on what it rests.
  void say(EvidenceChecked& checked) const;

 private:
  [[nodiscard]] bool is_trusted(const PublicKey& key) const;

  CheckpointKeys keys_;
  PublicKey founding_;
  bool given_by_reader_ = false;
  std::vector<PublicKey> trusted_;
  std::set<PublicKey> signers_;
};

}  // namespace braid::ledger
