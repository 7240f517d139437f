#include "adapters/kafka/ask_offset.hpp"

#include <algorithm>
#include <thread>

#include "adapters/kafka/faults.hpp"

namespace braid::kafka {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

/// So long a leader is waited for before the others are asked, then twice as long each time.
constexpr milliseconds first_attempt{500};
constexpr milliseconds between_attempts{50};

milliseconds until(Clock::time_point deadline) {
  return std::max(std::chrono::ceil<milliseconds>(deadline - Clock::now()), milliseconds{0});
}

/// rd_kafka_query_watermark_offsets is not used: it asks a leader that has died for ever, for each
/// attempt to reach it again counts as news of it.
AskedOffset ask_once(rd_kafka_t* client, const TopicPartition& place, Edge edge,
                     milliseconds patience) {
  const PartitionListHandle list(rd_kafka_topic_partition_list_new(1));
  auto* asked = rd_kafka_topic_partition_list_add(list.get(), place.topic.c_str(), place.partition);
  asked->offset = static_cast<std::int64_t>(edge);
  const auto error =
      rd_kafka_offsets_for_times(client, list.get(), static_cast<int>(patience.count()));
  if (error != RD_KAFKA_RESP_ERR_NO_ERROR) return {error, -1};
  return {asked->err, asked->offset};
}

/// What a client knows of leaders is renewed when one of its connections breaks, which may be
/// before the brokers have agreed on the next leader.
void ask_who_leads(rd_kafka_t* client, const TopicPartition& place, milliseconds patience) {
  const TopicHandle topic(rd_kafka_topic_new(client, place.topic.c_str(), nullptr));
  if (!topic) return;
  const rd_kafka_metadata_t* metadata = nullptr;
  if (rd_kafka_metadata(client, 0, topic.get(), &metadata, static_cast<int>(patience.count())) ==
      RD_KAFKA_RESP_ERR_NO_ERROR)
    rd_kafka_metadata_destroy(metadata);
}

}  // namespace

AskedOffset ask_offset(rd_kafka_t* client, const TopicPartition& place, Edge edge,
                       milliseconds patience) {
  const auto deadline = Clock::now() + patience;
  for (auto attempt = first_attempt;; attempt *= 2) {
    const auto answer = ask_once(client, place, edge, std::min(attempt, until(deadline)));
    const bool told = answer.error == RD_KAFKA_RESP_ERR_NO_ERROR;
    if (told || remedy_for(answer.error) != Remedy::wait || until(deadline) == milliseconds{0})
      return answer;
    ask_who_leads(client, place, std::min(attempt, until(deadline)));
    std::this_thread::sleep_for(std::min(between_attempts, until(deadline)));
  }
}

}  // namespace braid::kafka
