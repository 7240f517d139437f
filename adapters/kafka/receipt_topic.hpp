#pragma once
#include <cstdint>
#include <functional>
#include <memory>

#include "adapters/kafka/answer_message.hpp"
#include "adapters/kafka/topics.hpp"

namespace braid::kafka {

/// Sends answers, in order, at least once. `delivered` is called, on a thread of its own, with the
/// offset behind the last submission all of whose answers are delivered, and those of all before
/// it. Thread: any.
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
