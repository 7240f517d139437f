#include "adapters/kafka/queue_watch.hpp"

#include <sys/eventfd.h>

#include <boost/asio/buffer.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/post.hpp>
#include <cerrno>
#include <cstdint>
#include <cstring>

#include "events/faults.hpp"

namespace braid::kafka {
namespace {

namespace asio = boost::asio;
constexpr std::uint64_t one = 1;

int make_eventfd() {
  const int fd = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (fd < 0)
    throw IoFault(std::string("cannot watch a queue of Kafka messages: ") + std::strerror(errno));
  return fd;
}

}  // namespace

/// Shared with the handlers that wait in the loop, which find it stopped where they come too late.
class QueueWatch::Impl : public std::enable_shared_from_this<Impl> {
 public:
  Impl(const asio::any_io_executor& executor, rd_kafka_queue_t* queue, std::function<void()> ready)
      : event_(executor, make_eventfd()), queue_(queue), ready_(std::move(ready)) {
    event_.non_blocking(true);
  }

  void start() {
    rd_kafka_queue_io_event_enable(queue_, event_.native_handle(), &one, sizeof one);
    asio::post(event_.get_executor(), [self = shared_from_this()] {
      if (!self->stopped_) self->ready_();
    });
    wait();
  }

  void stop() {
    stopped_ = true;
    rd_kafka_queue_io_event_enable(queue_, -1, nullptr, 0);
    boost::system::error_code ignored;
    event_.close(ignored);
  }

 private:
  void wait() {
    event_.async_wait(asio::posix::stream_descriptor::wait_read,
                      [self = shared_from_this()](const boost::system::error_code& error) {
                        if (!error && !self->stopped_) self->wake();
                      });
  }

  void wake() {
    // Taken before the queue is drained, so that what comes in between wakes again.
    std::uint64_t count = 0;
    boost::system::error_code ignored;
    event_.read_some(asio::buffer(&count, sizeof count), ignored);
    ready_();
    if (!stopped_) wait();
  }

  asio::posix::stream_descriptor event_;
  rd_kafka_queue_t* queue_;
  std::function<void()> ready_;
  bool stopped_ = false;
};

QueueWatch::QueueWatch(const asio::any_io_executor& executor, rd_kafka_queue_t* queue,
                       std::function<void()> ready)
    : impl_(std::make_shared<Impl>(executor, queue, std::move(ready))) {
  impl_->start();
}

QueueWatch::~QueueWatch() { impl_->stop(); }

}  // namespace braid::kafka
