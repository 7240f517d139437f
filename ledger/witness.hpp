#pragma once
#include <optional>

#include "events/tile_tree.hpp"
#include "ledger/checkpoint.hpp"

namespace braid::ledger {

/// Why a witness does not cosign.
struct WitnessRefusal {
  enum class Why {
    older,         ///< than what it has seen: a stale copy, or a log that was set back
    forked,        ///< the log signed two histories, neither the beginning of the other: keep both
    inconclusive,  ///< the tiles do not give the root that was signed: perhaps of another moment
  };
  Why why;
  std::string sentence;
};

/// Whether `offered` continues `last`, the one that the witness saw before, as far as there is one.
/// Both are signed by the log. `tiles` are those that the log publishes; nothing rests on their
/// honesty. Throws what `tiles` throws.
tl::expected<void, WitnessRefusal> check_continues(const std::optional<Checkpoint>& last,
                                                   const Checkpoint& offered,
                                                   const TileSource& tiles);

/// What a log sends to a witness's `add-checkpoint` (C2SP tlog-witness): the size that the witness
/// cosigned last, the proof that the checkpoint continues it, and the checkpoint.
std::string add_checkpoint_request(std::uint64_t old_size, const MerkleProof& proof,
                                   std::string_view note);

}  // namespace braid::ledger
