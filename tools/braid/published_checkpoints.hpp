#pragma once
#include <span>
#include <string>
#include <vector>

#include "adapters/kafka/checkpoint_topic.hpp"
#include "tools/braid/checkpoint_thread.hpp"
#include "tools/braid/kafka_ledger.hpp"
#include "tools/braid/operator_keys.hpp"

namespace braid::cli {

/// A checkpoint that the operator has signed, and the note that says so; empty: it is kept here.
struct SignedCheckpoint {
  ledger::SignedBy by;
  std::string note;

  [[nodiscard]] const ledger::Checkpoint& checkpoint() const { return by.checkpoint; }
};

/// The checkpoints of a partition among `notes`, those of the topic, that a key of the operator has
/// signed, the smallest first: a live key, or one that was revoked later than what it signed for, as
/// far as the copy on this disk shows that. Whatever else is there is passed over: anybody may have
/// written it.
std::vector<SignedCheckpoint> published_checkpoints(std::span<const std::string> notes,
                                                    const Ledger& ledger,
                                                    std::uint32_t partition);

/// Where a process that signs hands its notes on: to the topic. Borrows both.
CheckpointThread::Publish to_checkpoint_topic(const KafkaLedger& kafka, const Founding& founding);

}  // namespace braid::cli
