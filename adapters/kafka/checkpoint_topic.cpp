#include "adapters/kafka/checkpoint_topic.hpp"

#include <algorithm>

#include "adapters/kafka/assigned_reader.hpp"
#include "adapters/kafka/cloud_events.hpp"
#include "adapters/kafka/faults.hpp"
#include "adapters/kafka/outgoing.hpp"

namespace braid::kafka {
namespace {

constexpr std::size_t most_bytes_ready = 4 << 20;

/// Whose it is: the checkpoints of all partitions share a topic.
std::string source_of(const Topics& topics) { return "/" + topics.prefix() + "/checkpoints"; }

}  // namespace

void publish_checkpoint(const Connection& connection, const Topics& topics,
                        const std::string& origin, const std::string& note) {
  const auto client = connection.producer(careful_producer(patience_with_notes));
  const QueueHandle queue(rd_kafka_queue_get_main(client.get()));
  const auto to = topics.checkpoints();
  const auto id = sha256(as_bytes(note)).hex();
  const auto source = source_of(topics);
  const auto delivery = deliver(
      client.get(), queue.get(),
      {.to = &to,
       .key = origin,
       .value = as_bytes(note),
       .headers = cloud_event_headers(
           {.id = id, .source = source, .type = cloud_event_type::checkpoint})});
  if (delivery.error != RD_KAFKA_RESP_ERR_NO_ERROR)
    throw_fault(delivery.error, "publish a checkpoint to " + to.topic);
}

std::vector<std::string> read_checkpoint_notes(const Connection& connection, const Topics& topics,
                                               std::size_t most) {
  AssignedReader reader(connection, topics, {.bytes = most_bytes_ready, .tell_end = true});
  const auto from = topics.checkpoints();
  const auto deadline = std::chrono::steady_clock::now() + patience_with_notes;
  const auto bounds = reader.bounds(from, patience_with_notes);
  auto next = std::max(bounds.begin, bounds.end - std::min<std::uint64_t>(bounds.end, most));
  std::vector<std::string> notes;
  if (next == bounds.end) return notes;
  reader.add(from, static_cast<std::int64_t>(next));
  while (next < bounds.end) {
    const auto read = reader.next(std::chrono::milliseconds{200});
    if (read.position_lost || std::chrono::steady_clock::now() > deadline)
      throw IoFault("cannot read the checkpoints in " + from.topic +
                    ": it was changed meanwhile, or its brokers are away; try again");
    if (read.at_end) break;
    if (read.message == nullptr) continue;
    next = static_cast<std::uint64_t>(read.message->offset) + 1;
    if (const auto value = value_of(*read.message); value.size() <= max_note_bytes)
      notes.emplace_back(as_text(value));
  }
  return notes;
}

}  // namespace braid::kafka
