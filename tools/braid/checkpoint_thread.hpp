#pragma once
#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>

#include "tools/braid/checkpoints.hpp"

namespace braid::cli {

/// Signs and keeps the checkpoints of a process that judges, on a thread of its own: neither the
/// disk, nor what has to be read of the history, nor brokers keep anybody from judging. One at a
/// time, and of a partition the newest history alone waits. What fails is said, and the next one
/// makes up for it. Thread: any.
class CheckpointThread {
 public:
  /// A history that grows slowly is signed so often, beside Checkpoints::entries_between.
  static constexpr std::chrono::hours between{1};

  enum class Occasion {
    growing,  ///< signed where `entries_between` have come
    idle,     ///< signed where it has grown, and `between` has passed
    ending,   ///< signed where it has grown
  };
  /// Hands a note on that this disk has. Throws Fault.
  using Publish = std::function<void(std::uint32_t partition, const std::string& note)>;

  /// As Checkpoints. `publish` is called on this object's thread; empty: nobody is told.
  CheckpointThread(const Ledger& ledger, const std::filesystem::path& key, Publish publish = {});
  /// Signs what waits; publishes it too, until that fails.
  ~CheckpointThread();
  CheckpointThread(const CheckpointThread&) = delete;
  CheckpointThread& operator=(const CheckpointThread&) = delete;

  /// The partition's history is `chain` now, and the log holds it. Does not wait.
  void put(std::uint32_t partition, const EntryChain& chain, Occasion occasion);

 private:
  struct Wish {
    EntryChain chain;
    Occasion occasion = Occasion::growing;
  };
  using Clock = std::chrono::steady_clock;

  void work();
  std::optional<std::string> sign(std::uint32_t partition, const Wish& wish);
  /// Whether somebody was told.
  [[nodiscard]] bool publish(std::uint32_t partition, const std::string& note) const;

  Checkpoints checkpoints_;
  Publish publish_;
  std::map<std::uint32_t, Clock::time_point> signed_at_;
  std::mutex mutex_;  ///< what follows
  std::condition_variable changed_;
  std::map<std::uint32_t, Wish> waiting_;
  std::map<std::uint32_t, Sequence> due_from_;  ///< smaller histories are not worth a look
  bool ending_ = false;
  std::thread thread_;
};

}  // namespace braid::cli
