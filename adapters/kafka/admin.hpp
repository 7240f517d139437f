#pragma once
#include <functional>
#include <string_view>
#include <vector>

#include "adapters/kafka/connection.hpp"

namespace braid::kafka {

/// Asks the cluster about itself: a client of its own, for as long as the questions take. Each waits
/// up to `patience_ms`. Thread: one. Throws Fault where the brokers do not answer or refuse.
class Admin {
 public:
  static constexpr int patience_ms = 15'000;

  explicit Admin(const Connection& connection);
  Admin(const Admin&) = delete;
  Admin& operator=(const Admin&) = delete;

  /// All topics of the cluster, as its brokers know them. Makes none.
  [[nodiscard]] MetadataHandle metadata() const;

  using Send = std::function<void(rd_kafka_t*, const rd_kafka_AdminOptions_t*, rd_kafka_queue_t*)>;
  /// The answer to one of librdkafka's admin requests, which `send` makes. `operation` is its
  /// number, `doing` what it is for. An error of the whole answer is thrown; those of its parts are
  /// the caller's.
  [[nodiscard]] EventHandle ask(rd_kafka_admin_op_t operation, std::string_view doing,
                                const Send& send) const;
  /// The same, with all its errors the caller's.
  [[nodiscard]] EventHandle ask_whether(rd_kafka_admin_op_t operation, std::string_view doing,
                                        const Send& send) const;

 private:
  ClientHandle client_;
  QueueHandle answers_;
};

/// Nothing where the cluster has no topic of that name. Borrows `metadata`.
const rd_kafka_metadata_topic_t* find_topic(const rd_kafka_metadata_t& metadata,
                                            std::string_view name);

}  // namespace braid::kafka
