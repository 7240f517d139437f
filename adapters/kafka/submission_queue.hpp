#pragma once
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "adapters/kafka/answer_subject.hpp"
#include "adapters/kafka/takeover_check.hpp"
#include "adapters/kafka/topics.hpp"
#include "events/bytes.hpp"

namespace braid::kafka {

/// A submission as it came, unread and not to be trusted.
struct QueuedSubmission {
  std::uint64_t offset = 0;
  OwnedBytes framed;   ///< empty where the message was too long to be a submission
  Digest of_too_long;  ///< SHA-256 of such a message

  /// What its answer speaks of, where nothing of it is recorded.
  [[nodiscard]] AnswerSubject unrecorded() const;
};

/// Reads one partition's submissions from an exact position on. Offsets may skip: Kafka keeps marks
/// of its own between messages. A hole is read again once before it is believed. What lies ready is
/// bounded: a full inbox fetches no more until some of it is taken. Thread: one, but for `wake`.
class SubmissionQueue {
 public:
  static constexpr std::size_t max_waiting_bytes = 64 << 20;
  static constexpr std::size_t max_waiting = 65'536;
  /// A message above this is handed over empty: it is no submission.
  static constexpr std::size_t max_message_bytes = 1 << 20;

  struct Limits {
    std::size_t messages = max_waiting;
    std::size_t bytes = max_waiting_bytes;
  };

  SubmissionQueue(const Connection& connection, const Topics& topics, std::uint32_t partition,
                  std::uint64_t from);
  SubmissionQueue(const Connection& connection, const Topics& topics, std::uint32_t partition,
                  std::uint64_t from, const Limits& limits);
  ~SubmissionQueue();
  SubmissionQueue(const SubmissionQueue&) = delete;
  SubmissionQueue& operator=(const SubmissionQueue&) = delete;

  /// What waits, in order of offset, at most `max_bytes` but at least one where there is one; waits
  /// up to `patience` for the first. Throws HistoryBroken, now and ever after, where the queue
  /// begins behind what is to be taken, or ends before it. Throws IoFault where the brokers refuse;
  /// those that are away are waited for.
  std::vector<QueuedSubmission> take(std::size_t max_bytes, std::chrono::milliseconds patience);
  /// Lets a `take` that waits, or else the coming one, return at once with what there is. Thread:
  /// any.
  void wake();

  /// Throws IoFault where no broker answers within `patience`.
  [[nodiscard]] QueueBounds bounds(std::chrono::milliseconds patience) const;
  /// How many holes were read again, and how many of these held messages all the same.
  struct Holes {
    std::uint64_t read_again = 0;
    std::uint64_t filled = 0;
  };
  [[nodiscard]] Holes holes() const;
  /// About how many messages lie ready, for metrics.
  [[nodiscard]] std::size_t waiting() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

/// The submission at `offset`, read by itself: for takeover_check. Nothing where the queue does not
/// hold it, or nothing came within `patience`.
std::optional<OwnedBytes> read_submission(const Connection& connection, const Topics& topics,
                                          std::uint32_t partition, std::uint64_t offset,
                                          std::chrono::milliseconds patience);

}  // namespace braid::kafka
