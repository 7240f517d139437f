#pragma once
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "adapters/kafka/publisher.hpp"
#include "tools/braid/ledger.hpp"

namespace braid::cli {

/// Sends what it is given to a ledger's topics, in the order in which it comes, and hands on the
/// answers: for those who may not use Kafka themselves. Bounded.
class PublishingThread {
 public:
  /// What may be waiting or on the way. More is answered "overloaded".
  static constexpr std::size_t max_waiting_bytes = 64 << 20;

  /// Called on this object's thread.
  using Answering = std::function<void(ledger::Answer)>;

  /// Borrows `founding`.
  PublishingThread(const kafka::Connection& connection, const kafka::Topics& topics,
                   const Founding& founding);
  /// Ends. What has no answer yet is told so.
  ~PublishingThread();
  PublishingThread(const PublishingThread&) = delete;
  PublishingThread& operator=(const PublishingThread&) = delete;

  /// `answering` is called once, at once where too much is waiting. Thread: any.
  void put(OwnedBytes framed, Answering answering);
  /// Answers what waits, and what comes, "the writer has ended". Thread: any.
  void give_up();

 private:
  struct Waiting {
    OwnedBytes framed;
    Answering answering;
  };
  struct OnTheWay {
    std::uint64_t number;
    std::size_t bytes;
    Answering answering;
  };

  void work();
  bool take(std::vector<Waiting>& waiting);
  void send(Waiting& waiting);
  std::optional<ledger::Answer> answer_to(std::uint64_t number,
                                          std::chrono::milliseconds patience);
  void receive();
  void finished(std::size_t bytes);

  const Founding& founding_;
  kafka::Publisher publisher_;
  std::deque<OnTheWay> on_the_way_;
  std::mutex mutex_;  ///< what follows
  std::condition_variable changed_;
  std::deque<Waiting> inbox_;
  std::size_t bytes_ = 0;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace braid::cli
