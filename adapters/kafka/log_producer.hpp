#pragma once
#include <chrono>
#include <string>

#include "adapters/kafka/cloud_events.hpp"
#include "adapters/kafka/history_reader.hpp"
#include "adapters/kafka/topics.hpp"

namespace braid::kafka {

/// What one writer sends, in order and without a gap or not at all: a producer of its own, with
/// `acks=all`, idempotent and gapless, that waits for the brokers without end. Where anything goes
/// wrong it is of no more use. Thread: the writer's.
class LogProducer {
 public:
  LogProducer(const Connection& connection, const Topics& topics, std::uint32_t partition,
              const WriterId& writer);
  /// Drops what is in flight: it is never sent again, though what is on the wire may still arrive.
  ~LogProducer();
  LogProducer(const LogProducer&) = delete;
  LogProducer& operator=(const LogProducer&) = delete;

  /// Puts a message, which is copied, behind those sent. False: its queue is full; `serve`, and send
  /// it again. Throws as `serve`.
  [[nodiscard]] bool send(std::string_view kind, std::string_view event_type, std::string_view id,
                          Bytes value);
  /// Waits up to `patience` for delivery reports. Throws IoFault where the brokers refuse a message;
  /// OutcomeUnknown where they may have it or not, or the client has failed.
  void serve(std::chrono::milliseconds patience);

  /// Sent, and not reported yet.
  [[nodiscard]] std::size_t in_flight() const { return sent_ - reported_; }
  /// Where the newest message of which there is a report stands; below 0: the brokers did not say.
  [[nodiscard]] Offset last_offset() const { return last_offset_; }

 private:
  void take_report(const rd_kafka_message_t* message);
  void fail_if_fatal();

  TopicPartition place_;
  std::string source_;
  WriterId writer_;
  ClientHandle client_;
  QueueHandle events_;
  TopicHandle topic_;
  std::size_t sent_ = 0;
  std::size_t reported_ = 0;
  Offset last_offset_ = -1;
};

}  // namespace braid::kafka
