#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "events/digest.hpp"
#include "events/parsed.hpp"
#include "ledger/signed_note.hpp"

namespace braid::ledger {

/// What a ledger commits itself to: this partition has so many entries, under this root (C2SP
/// tlog-checkpoint).
struct Checkpoint {
  static constexpr std::size_t max_origin_bytes = 200;

  std::string origin;      ///< <ledger name>/<partition>
  std::uint64_t size = 0;  ///< entries
  Digest root;             ///< RFC 6962, over their leaf hashes

  /// From the text of a note: origin, size and root in base64, a line each. Extension lines, which
  /// nobody could audit, are refused, and so is an empty tree with any root but its own.
  static Parsed<Checkpoint> from_text(std::string_view text);
  std::string text() const;

  bool operator==(const Checkpoint&) const = default;
};

/// The origin of a partition of a ledger, such as northshire/0 or northshire/register, which is also
/// the name of the key that signs its checkpoints.
std::string origin_of(std::string_view ledger_name, std::uint32_t partition);

/// The checkpoint as a signed note. Store a checkpoint before signing it, and never sign two that
/// disagree.
std::string sign_checkpoint(const Checkpoint& checkpoint, const SecretKey& key);

/// The checkpoint in `note`, if `signer` signed it and its origin is the signer's name.
Parsed<Checkpoint> verify_checkpoint(std::string_view note, const NoteKey& signer);

}  // namespace braid::ledger
