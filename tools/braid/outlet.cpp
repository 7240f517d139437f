#include "tools/braid/outlet.hpp"

#include <condition_variable>
#include <deque>
#include <mutex>

#include "events/check.hpp"
#include "tools/braid/host_thread.hpp"

namespace braid::cli {
namespace {

class OwnHost final : public Outlet {
 public:
  explicit OwnHost(const Ledger& ledger) : host_(ledger, {}), thread_(host_) {}

  void send(OwnedBytes framed) override {
    auto& slot = answers_.emplace_back();  // elements of a deque stay where they are
    thread_.put(std::move(framed), [this, &slot](ledger::Answer answer) {
      const std::scoped_lock filling(filling_);
      slot = std::move(answer);
      filled_.notify_all();
    });
  }

  ledger::Answer receive() override {
    check(!answers_.empty(), "an answer is asked for after something was sent");
    std::unique_lock lock(filling_);
    filled_.wait(lock, [&] { return answers_.front().has_value(); });
    auto answer = std::move(*answers_.front());
    answers_.pop_front();
    lock.unlock();
    thread_.rethrow_failure();
    return answer;
  }

 private:
  std::mutex filling_;
  std::condition_variable filled_;
  std::deque<std::optional<ledger::Answer>> answers_;
  LedgerHost host_;
  HostThread thread_;
};

}  // namespace

std::unique_ptr<Outlet> open_outlet(const Ledger& ledger) { return std::make_unique<OwnHost>(ledger); }

}  // namespace braid::cli
