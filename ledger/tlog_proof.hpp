#pragma once
#include <optional>

#include "events/entry_source.hpp"
#include "events/merkle.hpp"
#include "ledger/cosignature.hpp"

namespace braid::ledger {

/// That an entry stands in a ledger, checkable offline by whoever knows the ledger's keys (C2SP
/// tlog-proof v1): its place, the path to a root, and the checkpoint that signs the root. The entry
/// itself is not in it: the reader has it, or its leaf hash.
struct TlogProof {
  static constexpr std::size_t max_bytes = SignedNote::max_bytes + (96 << 10);
  static constexpr std::size_t max_extra_bytes = 64 << 10;
  static constexpr std::size_t max_path = 63;

  std::optional<OwnedBytes> extra;  ///< for the application; nobody signs it
  Sequence index = 0;
  MerkleProof path;
  std::string checkpoint;  ///< a signed note, as it stands

  /// Strict and bounded; reading and writing again gives the same bytes. What it claims is not
  /// verified.
  static Parsed<TlogProof> from_text(std::string_view text);
  std::string text() const;

  bool operator==(const TlogProof&) const = default;
};

/// The checkpoint under whose root `leaf` stands at `proof.index`, if a live key of `log` signed it and enough
/// witnesses cosigned it. Says what does not hold.
Parsed<Checkpoint> verify_proof(const TlogProof& proof, const Digest& leaf, const LogKeys& log,
                                const WitnessPolicy& policy = {});

}  // namespace braid::ledger
