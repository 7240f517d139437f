#include "ledger/log_keys.hpp"

namespace braid::ledger {
namespace {

std::string id_of(const std::string& name, const PublicKey& key) {
  return note_key_id_text(NoteKey{name, key}.id());
}

/// The ids of the keys that a note's lines under this name claim.
std::string ids_in(const SignedNote& note, std::string_view name) {
  std::string ids;
  for (const auto& line : note.signatures)
    if (line.name == name) ids += (ids.empty() ? "" : ", ") + note_key_id_text(line.key_id);
  return ids;
}

/// Nobody that is known signed it: what is there instead, and what to do.
tl::unexpected<std::string> of_unknown_key(const LogKeys& log, const SignedNote& note) {
  std::string known;
  for (const auto& key : log.live) known += (known.empty() ? "" : " or ") + id_of(log.name, key);
  const auto claimed = ids_in(note, log.name);
  return unreadable(
      "this note is not signed by " + log.name +
      (known.empty() ? " with a key that may sign it" : " with the key of id " + known) +
      (claimed.empty() ? ""
                       : "; it is signed under that name with the key of id " + claimed +
                             ". If the operator has replaced its key, take the new one from the "
                             "operator"));
}

}  // namespace

LogKeys::LogKeys(std::string name_, std::vector<PublicKey> live_, std::vector<FormerKey> former_)
    : name(std::move(name_)), live(std::move(live_)), former(std::move(former_)) {}

LogKeys::LogKeys(const NoteKey& key) : LogKeys(key.name, {key.key}) {}

Parsed<Checkpoint> LogKeys::verify(std::string_view note) const {
  auto found = verify_kept(note);
  if (!found) return unreadable(std::move(found.error()));
  if (found->revoked_at)
    return unreadable("this note of " + name + " is signed with the key of id " +
                      id_of(name, found->key) + " alone, which " +
                      (*found->revoked_at == 0 ? "is the log's no more"
                                               : "entry " + std::to_string(*found->revoked_at) +
                                                     " of the register revokes") +
                      ": nobody may rest on it. The operator signs a new one with a key that is "
                      "not revoked: `braid checkpoint --key`");
  return std::move(found->checkpoint);
}

Parsed<SignedBy> LogKeys::verify_kept(std::string_view note) const {
  const auto parsed = SignedNote::from_text(note);
  if (!parsed) return unreadable(parsed.error());
  std::optional<SignedBy> found;
  const auto look = [&](const PublicKey& key,
                        std::optional<Sequence> revoked_at) -> tl::expected<void, std::string> {
    const NoteKey signer{name, key};
    if (claimed_signature(*parsed, signer) == nullptr) return {};
    auto checkpoint = verify_checkpoint(note, signer);
    if (!checkpoint) return unreadable(std::move(checkpoint.error()));
    if (!found) found = SignedBy{std::move(*checkpoint), key, revoked_at};
    return {};
  };
  for (const auto& key : live)
    if (auto looked = look(key, std::nullopt); !looked) return unreadable(looked.error());
  if (found) return std::move(*found);
  for (const auto& [key, revoked_at] : former)
    if (auto looked = look(key, revoked_at); !looked) return unreadable(looked.error());
  if (found) return std::move(*found);
  return of_unknown_key(*this, *parsed);
}

std::vector<NoteKey> LogKeys::verifier_keys() const {
  std::vector<NoteKey> keys;
  for (const auto& key : live) keys.push_back({name, key});
  return keys;
}

}  // namespace braid::ledger
