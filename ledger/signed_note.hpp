#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "events/parsed.hpp"
#include "events/signature.hpp"

namespace braid::ledger {

/// Signed notes (C2SP signed-note v1.0): text that several keys may sign, which Go's sumdb/note and
/// the tools of transparency logs read. Signature type 0x01, Ed25519, is made and checked here;
/// signatures of other types and by unknown keys are carried along and ignored, as the
/// specification has it.

/// Whether `name` may name a key: UTF-8, 1 to 200 bytes, without white space, control characters or
/// '+'.
bool is_note_name(std::string_view name) noexcept;

/// What the signatures of a key mean. Part of its id, so that one kind never passes for another.
enum class NoteKeyType : std::uint8_t {
  ed25519 = 0x01,      ///< over the note's text: a log's checkpoints
  cosignature = 0x04,  ///< C2SP cosignature/v1, with a time: ledger/cosignature.hpp
};

/// Who a note is expected to be signed by: a name and an Ed25519 key. Its text is the "verifier
/// key" that is handed to others: <name>+<key id, 8 hex digits>+<base64 of the type and the key>.
struct NoteKey {
  std::string name;
  PublicKey key;
  NoteKeyType type = NoteKeyType::ed25519;

  static Parsed<NoteKey> from_text(std::string_view text, NoteKeyType type = NoteKeyType::ed25519);
  std::string text() const;
  /// The first four bytes of SHA-256(name || 0x0A || type || key), big-endian: a hint which key, no
  /// proof.
  std::uint32_t id() const noexcept;

  bool operator==(const NoteKey&) const = default;
};

/// A key's id as verifier keys have it: 8 hex digits.
std::string note_key_id_text(std::uint32_t id);

/// One signature line of a note, of any type.
struct NoteSignature {
  std::string name;
  std::uint32_t key_id = 0;
  OwnedBytes bytes;

  bool operator==(const NoteSignature&) const = default;
};

/// A note taken apart; nothing about it is verified.
struct SignedNote {
  static constexpr std::size_t max_bytes = 256 * 1024;  // room for 32 post-quantum signatures
  static constexpr std::size_t max_signatures = 100;

  std::string text;  ///< what is signed; ends in a line end
  std::vector<NoteSignature> signatures;

  /// Strict and bounded; reading and writing again gives the same bytes.
  static Parsed<SignedNote> from_text(std::string_view note);
  std::string to_text() const;

  bool operator==(const SignedNote&) const = default;
};

/// Whether `text` may be the text of a note: UTF-8 without control characters but line ends, and
/// ending in one.
bool is_note_text(std::string_view text) noexcept;

/// The signature line of `name` over `text`. `is_note_name(name)` and `is_note_text(text)` hold.
NoteSignature note_signature(std::string_view text, std::string_view name, const SecretKey& key);

/// `text` as a note with one signature.
std::string sign_note(std::string_view text, std::string_view name, const SecretKey& key);

/// The signature in a note that claims to be of `signer`, by name and key id; the first, where there
/// are several.
const NoteSignature* claimed_signature(const SignedNote& note, const NoteKey& signer) noexcept;

/// The text of `note`, if `signer` signed it. A signature that claims to be the signer's and is not
/// spoils the whole note.
Parsed<std::string> verify_note(std::string_view note, const NoteKey& signer);

}  // namespace braid::ledger
