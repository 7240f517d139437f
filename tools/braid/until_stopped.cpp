#include "tools/braid/until_stopped.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <csignal>
#include <list>

namespace braid::cli {
namespace asio = boost::asio;

class UntilStopped::Impl {
 public:
  Impl() : signals_(loop_, SIGINT, SIGTERM), work_(asio::make_work_guard(loop_)) {
    signals_.async_wait([this](const boost::system::error_code& error, int) {
      if (!error) loop_.stop();
    });
  }

  void every(std::chrono::milliseconds interval, std::function<void()> work) {
    auto& timer = timers_.emplace_back(loop_);
    again(timer, interval, std::move(work));
  }
  void run() { loop_.run(); }
  void stop() { loop_.stop(); }

 private:
  void again(asio::steady_timer& timer, std::chrono::milliseconds interval,
             std::function<void()> work) {
    timer.expires_after(interval);
    timer.async_wait([this, &timer, interval,
                      work = std::move(work)](const boost::system::error_code& error) mutable {
      if (error) return;
      work();
      again(timer, interval, std::move(work));
    });
  }

  asio::io_context loop_;
  asio::signal_set signals_;
  asio::executor_work_guard<asio::io_context::executor_type> work_;
  std::list<asio::steady_timer> timers_;
};

UntilStopped::UntilStopped() : impl_(std::make_unique<Impl>()) {}
UntilStopped::~UntilStopped() = default;

void UntilStopped::every(std::chrono::milliseconds interval, std::function<void()> work) {
  impl_->every(interval, std::move(work));
}
void UntilStopped::run() { impl_->run(); }
void UntilStopped::stop() { impl_->stop(); }

}  // namespace braid::cli
