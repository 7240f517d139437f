#pragma once
#include <condition_variable>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "tools/braid/ledger_host.hpp"

namespace braid::cli {

/// A ledger host on a thread of its own, with a bounded inbox: whatever waits is judged as one
/// group.
class HostThread {
 public:
  /// What may wait, at most. More is answered "overloaded".
  static constexpr std::size_t max_waiting_bytes = 64 << 20;
  static constexpr std::size_t max_waiting = 4096;

  /// Called on the host's thread.
  using Answering = std::function<void(ledger::Answer)>;

  /// Borrows `host`, which must outlive it and which nobody else uses meanwhile.
  explicit HostThread(LedgerHost& host);
  /// Answers what waits, then ends.
  ~HostThread();
  HostThread(const HostThread&) = delete;
  HostThread& operator=(const HostThread&) = delete;

  /// Takes a framed submission; `answering` is called once, at once where the inbox is full.
  /// Thread: any.
  void put(OwnedBytes framed, Answering answering);
  /// Whether the thread has ended before its time; called on it, once.
  void on_failure(std::function<void()> failed);
  /// Rethrows what ended it, if anything did.
  void rethrow_failure();

 private:
  struct Waiting {
    OwnedBytes framed;
    Answering answering;
  };

  void work();
  bool take(std::vector<Waiting>& group);
  void answer(std::vector<Waiting>& group);
  void fail(std::vector<Waiting>& group);

  LedgerHost& host_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Waiting> inbox_;
  std::size_t inbox_bytes_ = 0;
  bool stopping_ = false;
  std::exception_ptr failure_;
  std::function<void()> failed_;
  std::thread thread_;
};

}  // namespace braid::cli
