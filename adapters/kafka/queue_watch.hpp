#pragma once
#include <functional>
#include <memory>

#include <boost/asio/any_io_executor.hpp>

#include "adapters/kafka/handles.hpp"

namespace braid::kafka {

/// Wakes an Asio loop when a queue of librdkafka goes from empty to not empty, by an eventfd
/// (rd_kafka_queue_io_event_enable): nothing polls. `ready` is called on the executor and must drain the
/// queue; it is also called once at the start, for what came before.
class QueueWatch {
 public:
  /// Borrows `queue`, which outlives it. Throws IoFault.
  QueueWatch(boost::asio::any_io_executor executor, rd_kafka_queue_t* queue,
             std::function<void()> ready);
  ~QueueWatch();
  QueueWatch(const QueueWatch&) = delete;
  QueueWatch& operator=(const QueueWatch&) = delete;

 private:
  class Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace braid::kafka
