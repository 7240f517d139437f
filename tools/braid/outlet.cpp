#include "tools/braid/outlet.hpp"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "adapters/socket/client.hpp"
#include "events/check.hpp"
#include "events/faults.hpp"
#include "tools/braid/copy_mark.hpp"
#include "tools/braid/kafka_outlet.hpp"
#include "tools/braid/writing_ledger.hpp"

namespace braid::cli {
namespace {

/// Views that are further behind than this are not brought up by the way: a line of JSON should not
/// take minutes.
constexpr Sequence most_behind = 200'000;

class OwnHost final : public Outlet {
 public:
  explicit OwnHost(const Ledger& ledger) : writing_(ledger, {.most_behind = most_behind}) {}

  void send(OwnedBytes framed) override {
    auto& slot = answers_.emplace_back();  // elements of a deque stay where they are
    writing_.thread().put(std::move(framed), [this, &slot](ledger::Answer answer) {
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
    writing_.thread().rethrow_failure();
    return answer;
  }

 private:
  std::mutex filling_;
  std::condition_variable filled_;
  std::deque<std::optional<ledger::Answer>> answers_;
  WritingLedger writing_;
};

class Serve final : public Outlet {
 public:
  explicit Serve(socket::Client client) : client_(std::move(client)) {}

  void send(OwnedBytes framed) override { client_.send(framed); }

  ledger::Answer receive() override {
    auto answer = ledger::decode_answer(client_.receive(ledger::max_answer_bytes));
    if (!answer) throw IoFault(answer.error());
    return std::move(*answer);
  }

 private:
  socket::Client client_;
};

/// Who holds the ledger may be a `serve` that does not listen yet, or a `submit` about to end.
constexpr int attempts = 20;
constexpr std::chrono::milliseconds between_attempts{50};

}  // namespace

std::unique_ptr<Outlet> open_outlet(const LedgerPlace& place, const Ledger& ledger) {
  if (!place.kafka) return open_outlet(ledger);
  if (auto client = socket::Client::connect(ledger.directory.socket()))
    return std::make_unique<Serve>(std::move(*client));
  return open_kafka_outlet(*place.kafka, ledger.founding);
}

std::unique_ptr<Outlet> open_outlet(const Ledger& ledger) {
  require_no_copy(ledger.directory, "submit");
  for (auto attempt = 0;; ++attempt) {
    if (auto client = socket::Client::connect(ledger.directory.socket()))
      return std::make_unique<Serve>(std::move(*client));
    try {
      return std::make_unique<OwnHost>(ledger);
    } catch (const Fenced&) {
      if (attempt == attempts) throw;
    }
    std::this_thread::sleep_for(between_attempts);
  }
}

}  // namespace braid::cli
