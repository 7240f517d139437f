#pragma once
#include <chrono>
#include <cstdint>
#include <memory>
#include <vector>

#include "adapters/kafka/takeover_check.hpp"
#include "adapters/kafka/topics.hpp"
#include "events/bytes.hpp"

namespace braid::kafka {

/// A submission as it came, unread and not to be trusted.
struct QueuedSubmission {
  std::uint64_t offset = 0;
  OwnedBytes framed;
};

/// Reads one partition's submissions from an exact position on, through an inbox that is bounded: a full inbox
/// pauses the partition until half of it is taken. Thread: one reader.
class SubmissionQueue {
 public:
  static constexpr std::size_t max_waiting_bytes = 64 << 20;
  static constexpr std::size_t max_waiting = 4096;
  /// A message above this is handed over empty: it is no submission.
  static constexpr std::size_t max_message_bytes = 1 << 20;

  SubmissionQueue(const Connection& connection, const Topics& topics, std::uint32_t partition,
                  std::uint64_t from);
  ~SubmissionQueue();
  SubmissionQueue(const SubmissionQueue&) = delete;
  SubmissionQueue& operator=(const SubmissionQueue&) = delete;

  /// What waits, in order of offset, at most `max_bytes` but at least one where there is one; waits up to
  /// `patience` for the first. Throws HistoryBroken where the queue begins after `from`, or ends before it.
  std::vector<QueuedSubmission> take(std::size_t max_bytes, std::chrono::milliseconds patience);
  /// Wakes a waiting `take`, which returns empty. Thread: any.
  void wake();

  /// Throws Fault.
  [[nodiscard]] QueueBounds bounds(std::chrono::milliseconds patience) const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace braid::kafka
