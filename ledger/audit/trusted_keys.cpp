#include "ledger/audit/trusted_keys.hpp"

#include <algorithm>

namespace braid::ledger {

TrustedKeys::TrustedKeys(const EntrySource& registry, const PublicKey& founding,
                         std::span<const PublicKey> given)
    : founding_(founding), given_by_reader_(!given.empty()) {
  keys_.follow(registry);
  for (const auto& key : given)  // the verifier keys of two partitions are of one key
    if (!is_trusted(key)) trusted_.push_back(key);
  if (given.empty()) trusted_.push_back(founding);
}

bool TrustedKeys::is_trusted(const PublicKey& key) const {
  return std::ranges::find(trusted_, key) != trusted_.end();
}

std::optional<std::string> TrustedKeys::objection() const {
  if (std::ranges::any_of(trusted_, [&](const auto& key) { return keys_.is_operators(key); }))
    return std::nullopt;
  return "the ledger in it was founded by the operator's key " + founding_.hex() +
         ", and the key that you trust is " + trusted_.front().hex() +
         ", which its register does not give to the operator";
}

Parsed<Checkpoint> TrustedKeys::verify(std::uint32_t partition, std::string_view note,
                                       const WitnessPolicy& witnesses) {
  const auto log = keys_.of_log(partition, trusted_);
  auto checkpoint = verify_cosigned(note, log, witnesses);
  if (checkpoint) {
    signers_.insert(log.verify_kept(note)->key);
    return checkpoint;
  }
  const auto others = keys_.of_log(partition).verify_kept(note);
  if (!log.verify_kept(note) && others && !others->revoked_at)
    return unreadable(checkpoint.error() + ". It is signed with the operator's key " +
                      others->key.hex() +
                      ", which no key that you trust has given it: trust the key that came before, "
                      "or ask the operator for this one");
  return checkpoint;
}

void TrustedKeys::say(EvidenceChecked& checked) const {
  std::map<Sequence, PublicKey> steps;  // in the order of the register
  for (auto key : signers_)
    while (!is_trusted(key)) {
      steps[keys_.find(key)->at] = key;
      key = keys_.find(key)->by;  // it leads to what is trusted, or the key would not have passed
    }
  for (const auto& [at, key] : steps)
    checked.shown.push_back("The key " + key.hex() + " is the operator's: entry " +
                            std::to_string(at) + " of the register gives it, signed with the key " +
                            keys_.find(key)->by.hex() + ".");
  if (!steps.empty())
    checked.shown.push_back("The keys that signed the checkpoints are not revoked by the register's "
                            "first " + std::to_string(keys_.size()) + " entries.");
  for (const auto& key : trusted_)
    if (keys_.is_operators(key))
      checked.trusted.push_back("The operator's key " + key.hex() +
                                (given_by_reader_
                                     ? ", which you gave."
                                     : ", which the file itself names: compare it with what the "
                                       "operator publishes, or give --operator-key."));
  if (keys_.have_turned())
    checked.trusted.push_back("That no later entry of the register revokes a key that signed here: "
                              "the operator and its witnesses can tell.");
}

}  // namespace braid::ledger
