#pragma once
#include <vector>

#include "adapters/kafka/checkpoint_topic.hpp"
#include "ledger/checkpoint.hpp"
#include "tools/braid/ledger.hpp"

namespace braid::cli {

/// A checkpoint that the operator has signed, and the note that says so.
struct SignedCheckpoint {
  ledger::Checkpoint checkpoint;
  std::string note;
};

/// The checkpoints of a partition that the topic holds and the operator's key has signed, the
/// smallest first. Whatever else is there is passed over: anybody may have written it. Throws Fault.
std::vector<SignedCheckpoint> published_checkpoints(const kafka::Connection& connection,
                                                    const kafka::Topics& topics,
                                                    const Founding& founding,
                                                    std::uint32_t partition);

}  // namespace braid::cli
