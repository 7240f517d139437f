#pragma once
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>

#include "adapters/kafka/answer_message.hpp"
#include "adapters/kafka/topics.hpp"

namespace braid::kafka {

/// Sends answers, in each partition in the order in which they were given to it, at least once.
/// What is not known to be delivered is kept, within bounds, and sent again where a client failed.
/// Thread: any.
class ReceiptTopic {
 public:
  /// What may wait to be delivered, of all partitions.
  static constexpr std::size_t max_waiting_bytes = 32 << 20;
  static constexpr std::size_t max_waiting = 50'000;
  /// How long the end waits for what was sent.
  static constexpr std::chrono::seconds max_farewell{10};

  struct Limits {
    std::size_t messages = max_waiting;
    std::size_t bytes = max_waiting_bytes;
  };

  /// `behind` is the offset behind the last submission all of whose answers are delivered, and
  /// those of all submissions before it that were answered here. Called on a thread of this
  /// object's own, with growing offsets; it must not wait.
  using Delivered = std::function<void(std::uint32_t partition, std::int64_t behind)>;

  ReceiptTopic(const Connection& connection, Topics topics, Delivered delivered);
  ReceiptTopic(const Connection& connection, Topics topics, Delivered delivered,
               const Limits& limits);
  /// Waits, at most `max_farewell`, until what was sent is delivered. Nobody is in `send`.
  ~ReceiptTopic();
  ReceiptTopic(const ReceiptTopic&) = delete;
  ReceiptTopic& operator=(const ReceiptTopic&) = delete;

  /// A term of this process in a partition: what waits of an earlier one is dropped, as by `end`,
  /// and what is delivered counts from `from` on. A partition that never had one has one without
  /// end.
  void begin(std::uint32_t partition, std::uint64_t from);
  /// The term's end, for a writer that was replaced or does not know its outcome: when this
  /// returns, nothing that waited leaves any more, and what is sent until the next `begin` is
  /// dropped. Others' answers that are on their way may come twice. Waits for no broker.
  void end(std::uint32_t partition);

  /// Waits while too much waits already: for ever, where brokers are away, unless stopped. Throws
  /// IoFault where the brokers have refused an answer, now and ever after: nothing more can be told
  /// in order.
  void send(std::uint32_t partition, const AnswerPlace& place, const ledger::Answer& answer);
  /// From here on a `send` that would wait throws IoFault instead. For a process that ends.
  void stop();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace braid::kafka
