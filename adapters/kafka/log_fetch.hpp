#pragma once
#include <array>
#include <map>
#include <optional>
#include <set>
#include <span>

#include "adapters/kafka/history_reader.hpp"
#include "adapters/kafka/topics.hpp"

namespace braid::kafka {

/// Fetches partitions from exact offsets into one queue, without a group: what a follower reads by.
/// Thread: the follower's.
class LogFetch {
 public:
  using Messages = std::span<rd_kafka_message_t* const>;
  /// So many messages are handed over at a time; a follower makes one durable append of them.
  static constexpr std::size_t max_at_once = 8192;

  /// Throws Fault.
  explicit LogFetch(const Connection& connection);
  ~LogFetch();
  LogFetch(const LogFetch&) = delete;
  LogFetch& operator=(const LogFetch&) = delete;

  /// From `offset` on; what was fetched of the partition before and not received is dropped. Throws
  /// Fault.
  void start(const TopicPartition& place, Offset offset);
  /// Nothing of the partition is received from here on.
  void stop(const TopicPartition& place);

  /// What has come; empty at the queue's end. Good until it is asked again.
  Messages receive();
  /// The partition's end as of the newest message; -1: not heard yet.
  [[nodiscard]] Offset end_of(const TopicPartition& place) const;

  struct Bounds {
    Offset first = 0;
    Offset end = 0;
  };
  /// Asks the brokers which offsets the partition holds; waits a few seconds at most. Nothing where
  /// they do not answer.
  [[nodiscard]] std::optional<Bounds> ask_bounds(const TopicPartition& place) const;

  /// For watching: of messages, and of errors and statistics.
  [[nodiscard]] rd_kafka_queue_t* messages() const { return messages_.get(); }
  [[nodiscard]] rd_kafka_queue_t* events() const { return events_.get(); }

 private:
  rd_kafka_topic_t* topic(const std::string& name);
  void give_back();

  ClientHandle client_;
  QueueHandle messages_;
  QueueHandle events_;
  std::map<std::string, TopicHandle> topics_;
  std::set<TopicPartition> started_;
  std::array<rd_kafka_message_t*, max_at_once> received_{};
  std::size_t received_count_ = 0;
};

}  // namespace braid::kafka
