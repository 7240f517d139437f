#pragma once
#include <cstdint>
#include <functional>
#include <memory>

#include "adapters/kafka/topics.hpp"
#include "ledger/answer.hpp"

namespace braid::kafka {

/// The longest message of an answer: longer answers are several messages.
inline constexpr std::size_t max_receipt_bytes = 500'000;

/// Where an answer belongs: the submission's offset, the index of its first event answered here, and how many
/// events the submission has (0: it was malformed).
struct AnswerPlace {
  std::uint64_t submission = 0;
  std::uint32_t first = 0;
  std::uint32_t events = 0;

  bool operator==(const AnswerPlace&) const = default;
};

/// Sends answers, in order, at least once. `delivered` is called, on a thread of its own, with the offset behind the last
/// submission all of whose answers are delivered, and those of all before it. Thread: any.
class ReceiptTopic {
 public:
  ReceiptTopic(const Connection& connection, Topics topics,
               std::function<void(std::uint32_t partition, std::int64_t behind)> delivered);
  /// Waits, bounded, until what was sent is delivered.
  ~ReceiptTopic();
  ReceiptTopic(const ReceiptTopic&) = delete;
  ReceiptTopic& operator=(const ReceiptTopic&) = delete;

  /// A full queue waits. Never throws for a broker that is away: it is sent when it is back.
  void send(std::uint32_t partition, const AnswerPlace& place, const ledger::Answer& answer);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace braid::kafka
