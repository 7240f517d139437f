#include "ledger/cosignature.hpp"

#include <algorithm>
#include <optional>

#include "events/check.hpp"

namespace braid::ledger {
namespace {

constexpr std::size_t time_bytes = 8;
constexpr std::size_t line_bytes = time_bytes + 64;

std::string signed_text(std::string_view text, std::uint64_t time_s) {
  return "cosignature/v1\ntime " + std::to_string(time_s) + "\n" + std::string(text);
}

std::uint64_t time_in(Bytes line) {
  std::uint64_t time = 0;
  for (const auto byte : line.first(time_bytes))
    time = time << 8 | std::to_integer<std::uint64_t>(byte);
  return time;
}

/// When the witness signed, or nothing where the line is not its signature.
std::optional<std::uint64_t> time_of(Bytes line, std::string_view text, const NoteKey& witness) {
  if (line.size() != line_bytes) return std::nullopt;
  const auto time = time_in(line);
  const auto signature = Signature::from_bytes(line.subspan(time_bytes));
  if (time >> 63 != 0 || !signature)
    return std::nullopt;
  const auto message = signed_text(text, time);
  return verify(witness.key, as_bytes(message), *signature) ? std::optional(time) : std::nullopt;
}

tl::unexpected<std::string> forged(const NoteKey& witness) {
  return unreadable("the cosignature of " + witness.name +
                    " does not fit this checkpoint: it was altered, or is forged");
}

/// Several lines of one witness are allowed, since it may have signed again; the first counts.
Parsed<std::optional<Cosignature>> cosignature_of(const SignedNote& note, const NoteKey& witness) {
  check(witness.type == NoteKeyType::cosignature, "a witness's key is of its own type");
  const auto* line = claimed_signature(note, witness);
  if (line == nullptr) return std::optional<Cosignature>();
  const auto time = time_of(line->bytes, note.text, witness);
  if (!time) return forged(witness);
  return std::optional(Cosignature{witness, *time});
}

}  // namespace

Parsed<NoteKey> witness_key(std::string_view text) {
  return NoteKey::from_text(text, NoteKeyType::cosignature);
}

NoteSignature cosign(std::string_view text, std::string_view name, const SecretKey& key,
                     std::uint64_t time_s) {
  check(is_note_name(name), "a witness's name is checked before it signs");
  const NoteKey witness{std::string(name), key.public_key(), NoteKeyType::cosignature};
  const auto message = signed_text(text, time_s);
  const auto signature = sign(key, as_bytes(message));
  OwnedBytes line;
  for (int shift = 56; shift >= 0; shift -= 8)
    line.push_back(static_cast<std::byte>(time_s >> shift & 0xff));
  line.insert(line.end(), signature.bytes.begin(), signature.bytes.end());
  return {witness.name, witness.id(), std::move(line)};
}

Parsed<std::vector<Cosignature>> cosignatures_of(const SignedNote& note,
                                                 std::span<const NoteKey> witnesses) {
  std::vector<Cosignature> found;
  for (const auto& witness : witnesses) {
    auto one = cosignature_of(note, witness);
    if (!one) return unreadable(std::move(one.error()));
    if (*one) found.push_back(std::move(**one));
  }
  return found;
}

Parsed<Checkpoint> verify_cosigned(std::string_view note, const LogKeys& log,
                                   const WitnessPolicy& policy) {
  auto checkpoint = log.verify(note);
  if (!checkpoint) return checkpoint;
  const auto found = cosignatures_of(*SignedNote::from_text(note), policy.witnesses);
  if (!found) return unreadable(found.error());
  if (found->size() < policy.required)
    return unreadable("the checkpoint of " + log.name + " at " + std::to_string(checkpoint->size) +
                      " entries is cosigned by " + std::to_string(found->size()) + " of " +
                      std::to_string(policy.witnesses.size()) + " witnesses; " +
                      std::to_string(policy.required) + " are required");
  return checkpoint;
}

Parsed<SignedNote> with_cosignatures(const SignedNote& note, const SignedNote& other,
                                     std::span<const NoteKey> witnesses) {
  if (note.text != other.text)
    return unreadable("the cosignatures are of another checkpoint than the one they are added to");
  SignedNote merged = note;
  for (const auto& witness : witnesses) {
    const auto fresh = cosignature_of(other, witness);
    if (!fresh) return unreadable(fresh.error());
    if (!*fresh) continue;
    const auto known = cosignature_of(note, witness);
    if (known && *known && (*known)->time_s >= (*fresh)->time_s) continue;
    std::erase_if(merged.signatures, [&](const NoteSignature& line) {
      return line.name == witness.name && line.key_id == witness.id();
    });
    merged.signatures.push_back(*claimed_signature(other, witness));
  }
  if (merged.signatures.size() > SignedNote::max_signatures)
    return unreadable("a note has at most " + std::to_string(SignedNote::max_signatures) +
                      " signatures");
  return merged;
}

}  // namespace braid::ledger
