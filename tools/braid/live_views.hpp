#pragma once
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <thread>

#include "tools/braid/erasures.hpp"
#include "tools/braid/ledger.hpp"
#include "tools/braid/views_keeper.hpp"

namespace braid::cli {

/// Keeps all views of a ledger live on a thread of its own, beside whoever writes the ledger in
/// this process, and carries out the erasures that they show. What goes wrong with a partition's
/// views is said on standard error once; the ledger goes on without them.
class LiveViews {
 public:
  /// Readers see what was folded so soon after; while more keeps coming, and flushes take longer
  /// than a part of that, as late as keeps them to that part of the time.
  static constexpr std::chrono::milliseconds flush_after{15};
  static constexpr int part_of_time_for_flushes = 4;
  static constexpr std::chrono::milliseconds before_next_attempt{1000};

  struct Options {
    /// Views that are further behind are left to `braid project`.
    Sequence most_behind = ~Sequence{0};
    /// Only the partitions that `keep` names, until `leave` does; else all.
    bool only_kept = false;
  };

  /// The caller holds the writer lock until this object is gone.
  LiveViews(Ledger ledger, Options options);
  /// Folds to the end, flushes, ends.
  ~LiveViews();
  LiveViews(const LiveViews&) = delete;
  LiveViews& operator=(const LiveViews&) = delete;

  /// There are new entries. Thread: any.
  void wake();
  /// Of Options::only_kept. Thread: any; what is left is let go of soon after.
  void keep(std::uint32_t partition);
  void leave(std::uint32_t partition);
  /// Lets go of everything opened, and opens it anew; what was folded and not flushed is folded
  /// again. Thread: any.
  void reset();

 private:
  using Clock = std::chrono::steady_clock;

  struct Kept {
    std::unique_ptr<ViewsKeeper> keeper;
    Clock::time_point flushed_at{};
    Clock::duration flush_took{};
    bool in_doubt = false;  ///< the machine failed: opened anew after a while
    bool given_up = false;
  };

  void work();
  bool step_all();
  [[nodiscard]] std::vector<std::uint32_t> wanted();
  [[nodiscard]] bool has_unflushed() const;
  bool step(std::uint32_t partition, Kept& kept);
  bool open(std::uint32_t partition, Kept& kept);
  void flush_if_due(std::uint32_t partition, Kept& kept, bool now);
  void guard(std::uint32_t partition, Kept& kept, const std::function<void()>& work);

  Ledger ledger_;
  Options options_;
  ErasureWatch erasures_;
  std::unique_ptr<lmdb::EventLog> log_;
  std::map<std::uint32_t, Kept> kept_;
  std::mutex using_;  ///< what is opened
  std::mutex mutex_;  ///< what follows
  std::condition_variable changed_;
  bool awake_ = true;
  bool stopping_ = false;
  std::set<std::uint32_t> wanted_;
  std::thread thread_;
};

}  // namespace braid::cli
