#include "adapters/kafka/cluster.hpp"

#include "adapters/kafka/log_end.hpp"

namespace braid::kafka {
namespace {

constexpr int patience_ms = 5'000;

}  // namespace

std::string cluster_id(const Connection& connection) {
  const auto client = connection.producer({});
  char* told = rd_kafka_clusterid(client.get(), patience_ms);
  std::string id = told == nullptr ? "" : told;
  if (told != nullptr) rd_kafka_mem_free(client.get(), told);
  return id;
}

std::vector<std::int64_t> ends_of(const Connection& connection,
                                  const std::vector<TopicPartition>& places,
                                  std::chrono::milliseconds patience) {
  const LogEnd brokers(connection);
  const auto until = std::chrono::steady_clock::now() + patience;
  std::vector<std::int64_t> ends;
  for (const auto& place : places) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        until - std::chrono::steady_clock::now());
    ends.push_back(left.count() > 0 ? brokers.ask(place, left).value_or(-1) : -1);
  }
  return ends;
}

}  // namespace braid::kafka
