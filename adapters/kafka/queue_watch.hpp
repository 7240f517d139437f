#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <functional>
#include <memory>

#include "adapters/kafka/handles.hpp"

namespace braid::kafka {

/// Wakes an Asio loop when a queue of librdkafka goes from empty to not empty, by an eventfd
/// (rd_kafka_queue_io_event_enable): nothing polls. `ready` is called on the executor and must drain
/// the queue to its end, or post itself again, for a queue that was not emptied wakes nobody; it is
/// also called once at the start, for what came before. Thread: the executor's, which runs one
/// handler at a time; made and destroyed there, or while the loop does not run.
class QueueWatch {
 public:
  /// Borrows `queue`, which outlives it. Throws IoFault.
  QueueWatch(const boost::asio::any_io_executor& executor, rd_kafka_queue_t* queue,
             std::function<void()> ready);
  ~QueueWatch();
  QueueWatch(const QueueWatch&) = delete;
  QueueWatch& operator=(const QueueWatch&) = delete;

 private:
  class Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace braid::kafka
