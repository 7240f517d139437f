#pragma once
#include <span>

#include "ledger/log_keys.hpp"

namespace braid::ledger {

/// Cosignatures of checkpoints (C2SP tlog-cosignature, Ed25519 cosignature/v1): a witness says that,
/// at a time, this was the largest tree of that log it had seen, and that all it had seen before
/// are its beginnings. Two logs that were shown to one witness cannot differ.

/// What a witness says of a checkpoint.
struct Cosignature {
  NoteKey witness;           ///< of type `cosignature`
  std::uint64_t time_s = 0;  ///< since 1970

  bool operator==(const Cosignature&) const = default;
};

/// A witness's key from the text it hands out: <name>+<key id>+<base64 of 0x04 and the key>.
Parsed<NoteKey> witness_key(std::string_view text);

/// The line of `name` over the text of a checkpoint. Whoever calls this has checked that the
/// checkpoint continues the last one that it cosigned, and has stored it.
NoteSignature cosign(std::string_view text, std::string_view name, const SecretKey& key,
                     std::uint64_t time_s);

/// Those of `witnesses` who cosigned, in the order of `witnesses`. Others' lines are ignored; a line
/// that claims to be one of theirs and is not spoils the note.
Parsed<std::vector<Cosignature>> cosignatures_of(const SignedNote& note,
                                                 std::span<const NoteKey> witnesses);

/// Who must have cosigned before a reader believes a checkpoint: any `required` of `witnesses`.
struct WitnessPolicy {
  std::vector<NoteKey> witnesses;
  std::size_t required = 0;
};

/// The checkpoint in `note`, if a live key of `log` signed it and enough witnesses cosigned it. The
/// sentence says how many did.
Parsed<Checkpoint> verify_cosigned(std::string_view note, const LogKeys& log,
                                   const WitnessPolicy& policy);

/// `note` with those lines of `other` that are cosignatures by `witnesses` and that it lacks; a
/// witness's later cosignature replaces its earlier one. A sentence where the texts differ or one
/// of the lines is forged.
Parsed<SignedNote> with_cosignatures(const SignedNote& note, const SignedNote& other,
                                     std::span<const NoteKey> witnesses);

}  // namespace braid::ledger
