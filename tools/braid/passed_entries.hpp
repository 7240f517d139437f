#pragma once
#include <condition_variable>
#include <mutex>

#include "events/entry_source.hpp"

namespace braid::cli {

/// A history's entries, each once somebody who goes before has passed it: what is broken he meets
/// first, and what he read is in memory still. Borrows the history. Thread: any.
class PassedEntries final : public EntrySource {
 public:
  explicit PassedEntries(const EntrySource& source) : source_(source) {}

  /// Who goes before has passed as many.
  void pass(Sequence entries);
  /// He goes no further. Whoever waits for more meets HistoryBroken.
  void end();
  /// Nobody wants to know any more: so does whoever reads on.
  void abandon();

  [[nodiscard]] Sequence size() const override { return source_.size(); }
  /// Waits until the entry at `from` is passed, whatever the patience.
  void read(Sequence from, std::size_t max_bytes, std::chrono::milliseconds patience,
            EntryBatch& batch) const override;

 private:
  const EntrySource& source_;
  mutable std::mutex mutex_;  ///< what follows
  mutable std::condition_variable changed_;
  Sequence passed_ = 0;
  bool ended_ = false;
  bool abandoned_ = false;
};

}  // namespace braid::cli
