#pragma once
#include <atomic>
#include <chrono>
#include <optional>
#include <string>

#include "adapters/kafka/takeover_check.hpp"
#include "adapters/kafka/topics.hpp"

namespace braid::kafka {

/// Reads partitions from exact positions, whatever any group says: a consumer that no group shares
/// anything out to. What is read ahead is bounded by librdkafka, which fetches no more until some
/// of it is taken. Thread: one, but for `wake`.
class AssignedReader {
 public:
  struct Options {
    /// What may lie ready before it is taken, of all partitions; one fetch more may come on top.
    std::size_t messages = 65'536;
    std::size_t bytes = 64 << 20;
    bool tell_end = false;  ///< whether `next` says that a partition's end was reached
    int max_silence_ms = 300'000;  ///< between two calls of `next`; harmless, for no group waits
  };

  /// Throws Fault.
  AssignedReader(const Connection& connection, const Topics& topics, const Options& options);
  AssignedReader(const AssignedReader&) = delete;
  AssignedReader& operator=(const AssignedReader&) = delete;

  /// Reads `place` too, from `from` on.
  void add(const TopicPartition& place, std::int64_t from);

  /// Reads `place` anew from `from` on: what was fetched of it is dropped, and fetched again.
  void again(const TopicPartition& place, std::int64_t from);

  /// What came of asking for the next message.
  struct Next {
    /// Owns `message`; nothing where time ran out, or somebody woke the reader.
    EventHandle event;
    const rd_kafka_message_t* message = nullptr;
    bool at_end = false;         ///< nothing was behind it when the brokers were asked
    bool position_lost = false;  ///< the partition begins behind where we are, or ends before it
  };
  /// The next message of any partition, in order of offset within each. Brokers that are away are
  /// waited for. Throws IoFault where they refuse.
  Next next(std::chrono::milliseconds patience);
  /// Lets a `next` that waits, or else the coming one, return nothing. Thread: any.
  void wake();

  /// The partition's first offset, and the one behind its last. Throws IoFault.
  [[nodiscard]] QueueBounds bounds(const TopicPartition& place,
                                   std::chrono::milliseconds patience) const;
  /// Messages that lie ready, give or take one or two: librdkafka counts its own notes too.
  [[nodiscard]] std::size_t waiting() const;

 private:
  bool note_error(int error, Next& next) const;

  ClientHandle client_;
  QueueHandle queue_;
  std::string what_;  // of the topics, for sentences
  std::atomic<bool> woken_ = false;
};

/// What a message holds, borrowed: nothing where it is null.
Bytes value_of(const rd_kafka_message_t& message);

}  // namespace braid::kafka
