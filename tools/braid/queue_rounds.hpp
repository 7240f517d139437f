#pragma once
#include <vector>

#include "adapters/kafka/submission_queue.hpp"
#include "tools/braid/rounds.hpp"

namespace braid::cli {

/// Submissions that were taken from a queue together, and what came of checking their bytes.
struct QueueRound {
  std::vector<kafka::QueuedSubmission> queued;
  std::vector<Bytes> framed;
  std::vector<Checked> checked;
};

/// A partition's submissions from an exact position on, round by round. Thread: one, but for `wake`.
class QueueRounds {
 public:
  /// Borrows all.
  QueueRounds(const kafka::Connection& connection, const kafka::Topics& topics,
              const Founding& founding, std::uint32_t partition, std::uint64_t from)
      : founding_(founding), queue_(connection, topics, partition, from) {}

  /// The next round, and the tasks that check it, which borrow it; empty where nothing came for so
  /// long. Throws what SubmissionQueue::take throws.
  void take(std::chrono::milliseconds patience, QueueRound& round,
            std::vector<std::function<void()>>& tasks);
  /// Ends a waiting `take`. Thread: any.
  void wake() { queue_.wake(); }

 private:
  const Founding& founding_;
  kafka::SubmissionQueue queue_;
  std::vector<kafka::QueuedSubmission> waiting_;
};

}  // namespace braid::cli
