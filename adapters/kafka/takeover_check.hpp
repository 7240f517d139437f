#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "adapters/kafka/submission_queue.hpp"
#include "events/entry_source.hpp"
#include "ledger/checkpoint.hpp"

namespace braid::kafka {

/// What a new writer knows when it asks whether it may serve (protocol step 2). A value; gathered by
/// who takes over.
struct Takeover {
  std::uint32_t partition = 0;
  const EntrySource* history = nullptr;         ///< read to the own barrier
  Sequence register_size = 0;                   ///< entries of the register applied here
  std::span<const ledger::Checkpoint> checkpoints;  ///< known of this partition, signatures checked
  SubmissionQueue::Bounds queue;
  std::optional<OwnedBytes> last_submission;    ///< read again from the queue, where it still holds it
  std::int64_t barrier_timestamp_ms = 0;        ///< the broker's clock
  std::int64_t now_ms = 0;                      ///< ours
};

/// Nothing: it may serve. Else the sentence for the operator: which check failed, what was found, and what to do. Pure.
std::optional<std::string> objection_to(const Takeover& takeover);

}  // namespace braid::kafka
