#pragma once
#include <chrono>
#include <condition_variable>
#include <mutex>

namespace braid::lmdb {

/// Lets any number of transactions use an environment's memory map, or one caller replace the map
/// while none does. LMDB itself does not look: it would unmap the pages under a reader. Thread:
/// any; a transaction may enter and leave on different threads.
class MapGate {
 public:
  void enter() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return !closed_; });
    ++inside_;
  }

  void leave() noexcept {
    std::lock_guard lock(mutex_);
    if (--inside_ == 0 && closed_) changed_.notify_all();
  }

  /// Runs `replace` with nobody inside. False where somebody stayed inside longer than `patience`.
  template <class Replace>
  bool alone(std::chrono::milliseconds patience, Replace&& replace) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return !closed_; });
    closed_ = true;
    Reopen reopen{*this};
    if (!changed_.wait_for(lock, patience, [&] { return inside_ == 0; })) return false;
    replace();
    return true;
  }

 private:
  struct Reopen {  // with the mutex held, whatever `replace` throws
    MapGate& gate;
    ~Reopen() {
      gate.closed_ = false;
      gate.changed_.notify_all();
    }
  };

  std::mutex mutex_;
  std::condition_variable changed_;
  unsigned inside_ = 0;
  bool closed_ = false;
};

}  // namespace braid::lmdb
