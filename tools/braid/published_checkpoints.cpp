#include "tools/braid/published_checkpoints.hpp"

#include <algorithm>

namespace braid::cli {

std::vector<SignedCheckpoint> published_checkpoints(const kafka::Connection& connection,
                                                    const kafka::Topics& topics,
                                                    const Founding& founding,
                                                    std::uint32_t partition) {
  const ledger::NoteKey signer{ledger::origin_of(founding.name, partition), founding.operator_key};
  std::vector<SignedCheckpoint> known;
  for (auto& note : kafka::read_checkpoint_notes(connection, topics))
    if (auto checkpoint = ledger::verify_checkpoint(note, signer))
      known.push_back({std::move(*checkpoint), std::move(note)});
  std::ranges::stable_sort(known, {}, [](const auto& each) { return each.checkpoint.size; });
  return known;
}

}  // namespace braid::cli
