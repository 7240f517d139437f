#pragma once
#include <atomic>

#include "tools/braid/host_thread.hpp"
#include "tools/braid/live_views.hpp"

namespace braid::cli {

/// A ledger that this process writes: sequencers on a thread of their own, and views that follow
/// them on another. What was taken is answered, and what was folded is seen, before it is gone.
class WritingLedger {
 public:
  /// Checkpoints are signed with `key`; where none is named, with that of the ledger's folder.
  /// Throws Fenced, naming the process that holds the ledger; UsageError where it may not sign.
  WritingLedger(const Ledger& ledger, LiveViews::Options views,
                const std::filesystem::path& key = {})
      : host_(ledger, {.key = key,
                       .appended =
                           [this] {
                             if (auto* live = live_.load()) live->wake();
                           },
                       .lost =
                           [this] {
                             if (auto* live = live_.load()) live->reset();
                           }}),
        views_(ledger, views),
        thread_(host_) {
    live_ = &views_;
  }

  [[nodiscard]] HostThread& thread() { return thread_; }

 private:
  std::atomic<LiveViews*> live_ = nullptr;
  LedgerHost host_;  // has the writer lock, so it goes last
  LiveViews views_;
  HostThread thread_;
};

}  // namespace braid::cli
