#include "adapters/kafka/assigned_reader.hpp"

#include <algorithm>

#include "adapters/kafka/ask_offset.hpp"
#include "adapters/kafka/faults.hpp"

namespace braid::kafka {
namespace {

using Clock = std::chrono::steady_clock;

std::vector<Property> properties_of(const Topics& topics, const AssignedReader::Options& options) {
  return {
      {"group.id", topics.prefix() + ".readers"},  // librdkafka wants one; it is never joined
      {"enable.auto.commit", "false"},
      {"enable.auto.offset.store", "false"},
      {"auto.offset.reset", "error"},
      {"isolation.level", "read_uncommitted"},  // a stranger's open transaction must not stall us
      {"queued.min.messages", std::to_string(options.messages)},
      {"queued.max.messages.kbytes", std::to_string(options.bytes >> 10)},
      {"fetch.error.backoff.ms", "100"},
      {"socket.timeout.ms", "10000"},  // of a broker that stands still; leaders move sooner
      {"fetch.wait.max.ms", "50"},  // how long a partition that is added may wait for others
      {"session.timeout.ms", std::to_string(std::min(options.max_silence_ms, 45'000))},
      {"max.poll.interval.ms", std::to_string(options.max_silence_ms)},
      {"enable.partition.eof", options.tell_end ? "true" : "false"},
  };
}

int milliseconds_until(Clock::time_point deadline) {
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now());
  return static_cast<int>(std::clamp<std::int64_t>(left.count(), 0, 1'000'000));
}

}  // namespace

AssignedReader::AssignedReader(const Connection& connection, const Topics& topics,
                               const Options& options)
    : client_(connection.consumer(properties_of(topics, options))), what_(topics.prefix()) {
  rd_kafka_poll_set_consumer(client_.get());
  queue_.reset(rd_kafka_queue_get_consumer(client_.get()));
}

void AssignedReader::add(const TopicPartition& place, std::int64_t from) {
  const PartitionListHandle list(rd_kafka_topic_partition_list_new(1));
  rd_kafka_topic_partition_list_add(list.get(), place.topic.c_str(), place.partition)->offset =
      from;
  const ErrorHandle error(rd_kafka_incremental_assign(client_.get(), list.get()));
  if (error) throw IoFault(sentence(rd_kafka_error_code(error.get()), "read " + text_of(place)));
}

void AssignedReader::again(const TopicPartition& place, std::int64_t from) {
  const PartitionListHandle list(rd_kafka_topic_partition_list_new(1));
  rd_kafka_topic_partition_list_add(list.get(), place.topic.c_str(), place.partition);
  const ErrorHandle error(rd_kafka_incremental_unassign(client_.get(), list.get()));
  if (error) throw IoFault(sentence(rd_kafka_error_code(error.get()), "read " + text_of(place)));
  add(place, from);
}

AssignedReader::Next AssignedReader::next(std::chrono::milliseconds patience) {
  const auto deadline = Clock::now() + patience;
  for (;;) {
    Next next;
    const auto wait = milliseconds_until(deadline);
    const bool woken = woken_.exchange(false);
    next.event.reset(rd_kafka_queue_poll(queue_.get(), woken ? 0 : wait));
    if (!next.event) {
      if (woken || wait == 0 || woken_.exchange(false)) return next;
      continue;
    }
    const auto type = rd_kafka_event_type(next.event.get());
    if (type == RD_KAFKA_EVENT_FETCH) {
      next.message = rd_kafka_event_message_next(next.event.get());
      return next;
    }
    if (type == RD_KAFKA_EVENT_ERROR && note_error(rd_kafka_event_error(next.event.get()), next))
      return next;
  }
}

/// False: nothing that a reader need know of.
bool AssignedReader::note_error(int error, Next& next) const {
  switch (error) {
    case RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET:
    case RD_KAFKA_RESP_ERR_OFFSET_OUT_OF_RANGE:
      next.position_lost = true;
      return true;
    case RD_KAFKA_RESP_ERR__PARTITION_EOF:
      next.at_end = true;
      return true;
    case RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED:  // of the group that is never joined
      return false;
    default:
      if (remedy_for(error) == Remedy::wait) return false;
      throw IoFault(sentence(error, "read the topics of " + what_));
  }
}

void AssignedReader::wake() {
  woken_ = true;
  rd_kafka_queue_yield(queue_.get());
}

QueueBounds AssignedReader::bounds(const TopicPartition& place,
                                   std::chrono::milliseconds patience) const {
  const auto deadline = Clock::now() + patience;
  const auto ask = [&](Edge edge) {
    const auto left = std::chrono::milliseconds{milliseconds_until(deadline)};
    const auto answer = ask_offset(client_.get(), place, edge, left);
    if (answer.error != 0)
      throw IoFault(sentence(answer.error, "ask how far " + text_of(place) + " goes"));
    return static_cast<std::uint64_t>(answer.offset);
  };
  const auto begin = ask(Edge::begin);
  return {begin, ask(Edge::end)};
}

std::size_t AssignedReader::waiting() const { return rd_kafka_queue_length(queue_.get()); }

Bytes value_of(const rd_kafka_message_t& message) {
  if (message.payload == nullptr) return {};
  return {static_cast<const std::byte*>(message.payload), message.len};
}

}  // namespace braid::kafka
