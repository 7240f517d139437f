#include "adapters/kafka/assigned_reader.hpp"

#include <algorithm>
#include <string_view>
#include <thread>
#include <utility>

#include "adapters/kafka/faults.hpp"

namespace braid::kafka {
namespace {

constexpr int ask_again_ms = 50;

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
      {"fetch.wait.max.ms", "50"},  // how long a partition that is added may wait for others
      {"session.timeout.ms", std::to_string(std::min(options.max_silence_ms, 45'000))},
      {"max.poll.interval.ms", std::to_string(options.max_silence_ms)},
      {"enable.partition.eof", options.tell_end ? "true" : "false"},
  };
}

int milliseconds_until(std::chrono::steady_clock::time_point deadline) {
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(
      deadline - std::chrono::steady_clock::now());
  return static_cast<int>(std::clamp<std::int64_t>(left.count(), 0, 1'000'000));
}

}  // namespace

AssignedReader::AssignedReader(const Connection& connection, const Topics& topics,
                               const Options& options)
    : connection_(connection), properties_(properties_of(topics, options)), what_(topics.prefix()) {
  open();
}

void AssignedReader::open() {
  auto client = connection_.consumer(properties_);
  rd_kafka_poll_set_consumer(client.get());
  const std::scoped_lock lock(waking_);
  queue_.reset();  // before its client
  client_ = std::move(client);
  queue_.reset(rd_kafka_queue_get_consumer(client_.get()));
}

void AssignedReader::add(const TopicPartition& place, std::int64_t from) {
  assign(place, from);
  reads_.push_back({place, from, Clock::now()});
}

void AssignedReader::assign(const TopicPartition& place, std::int64_t from) {
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
  std::erase_if(reads_, [&](const Read& read) {
    return read.place.topic == place.topic && read.place.partition == place.partition;
  });
  add(place, from);
}

AssignedReader::Next AssignedReader::next(std::chrono::milliseconds patience) {
  const auto deadline = Clock::now() + patience;
  look_after_silence();
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
      if (next.message != nullptr) note_message(*next.message);
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

void AssignedReader::note_message(const rd_kafka_message_t& message) {
  const std::string_view topic = rd_kafka_topic_name(message.rkt);
  for (auto& read : reads_) {
    if (read.place.partition != message.partition || read.place.topic != topic) continue;
    read.next = message.offset + 1;
    read.moved_at = Clock::now();
    read.stands = false;
    silence_ = first_silence;
  }
}

void AssignedReader::look_after_silence() {
  const auto now = Clock::now();
  if (now - looked_at_ < silence_) return;
  looked_at_ = now;
  bool any = false;
  try {
    for (auto& read : reads_) any = stands_still(read, now) || any;
  } catch (const IoFault&) {
    return;  // brokers are away: librdkafka waits for them
  }
  if (any) replace_client();
}

/// Whether something waited at two looks, and nothing came between them.
bool AssignedReader::stands_still(Read& read, Clock::time_point now) const {
  constexpr std::chrono::milliseconds brokers_answer_within{500};
  if (now - read.moved_at < silence_) return false;
  const auto end = bounds(read.place, brokers_answer_within).end;
  const bool waits = end > static_cast<std::uint64_t>(read.next);
  return std::exchange(read.stands, waits) && waits;
}

void AssignedReader::replace_client() {
  open();
  for (auto& read : reads_) {
    assign(read.place, read.next);
    read.moved_at = Clock::now();
    read.stands = false;
  }
  silence_ = std::min<Clock::duration>(2 * silence_, longest_silence);
  ++times_replaced_;
}

void AssignedReader::wake() {
  woken_ = true;
  const std::scoped_lock lock(waking_);
  rd_kafka_queue_yield(queue_.get());
}

QueueBounds AssignedReader::bounds(const TopicPartition& place,
                                   std::chrono::milliseconds patience) const {
  const auto deadline = Clock::now() + patience;
  for (;;) {
    std::int64_t begin = 0;
    std::int64_t end = 0;
    const auto left = milliseconds_until(deadline);
    const auto error = rd_kafka_query_watermark_offsets(
        client_.get(), place.topic.c_str(), place.partition, &begin, &end, left);
    if (error == RD_KAFKA_RESP_ERR_NO_ERROR)
      return {static_cast<std::uint64_t>(begin), static_cast<std::uint64_t>(end)};
    if (left == 0 || remedy_for(error) != Remedy::wait)
      throw IoFault(sentence(error, "ask how far " + text_of(place) + " goes"));
    std::this_thread::sleep_for(std::chrono::milliseconds{std::min(left, ask_again_ms)});
  }
}

std::size_t AssignedReader::waiting() const { return rd_kafka_queue_length(queue_.get()); }

Bytes value_of(const rd_kafka_message_t& message) {
  if (message.payload == nullptr) return {};
  return {static_cast<const std::byte*>(message.payload), message.len};
}

}  // namespace braid::kafka
