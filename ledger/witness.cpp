#include "ledger/witness.hpp"

namespace braid::ledger {
namespace {

using Why = WitnessRefusal::Why;

std::string sized(const Checkpoint& checkpoint) {
  return std::to_string(checkpoint.size) + " entries, root " + checkpoint.root.hex();
}

tl::unexpected<WitnessRefusal> refuse(Why why, std::string sentence) {
  return tl::unexpected(WitnessRefusal{why, std::move(sentence)});
}

tl::unexpected<WitnessRefusal> forked(const Checkpoint& last, const Checkpoint& offered) {
  return refuse(Why::forked, offered.origin + " has signed two histories: " + sized(last) +
                                 ", and " + sized(offered) +
                                 ", which does not continue it. Both are signed: show them to "
                                 "whoever relies on that ledger");
}

}  // namespace

tl::expected<void, WitnessRefusal> check_continues(const std::optional<Checkpoint>& last,
                                                   const Checkpoint& offered,
                                                   const TileSource& tiles) {
  if (!last) return {};
  if (offered.size == last->size && offered.root == last->root) return {};
  if (offered.size == last->size) return forked(*last, offered);
  if (offered.size < last->size)
    return refuse(Why::older, "the checkpoint offered is of " + std::to_string(offered.size) +
                                  " entries, and one of " + std::to_string(last->size) +
                                  " was cosigned before: it is stale, or the ledger was set back");
  const auto proof = consistency_proof(tiles, last->size, offered.size);
  if (verify_consistency(last->size, last->root, offered.size, offered.root, proof)) return {};
  if (root_at(tiles, offered.size) == offered.root) return forked(*last, offered);
  return refuse(Why::inconclusive,
                "the tiles of " + offered.origin + " do not give the root it signed for " +
                    std::to_string(offered.size) +
                    " entries; try again, and if it stays so, ask whoever runs the ledger");
}

std::string add_checkpoint_request(std::uint64_t old_size, const MerkleProof& proof,
                                   std::string_view note) {
  std::string request = "old " + std::to_string(old_size) + "\n";
  for (const auto& hash : proof) request += hash.base64() + "\n";
  return request.append("\n").append(note);
}

}  // namespace braid::ledger
