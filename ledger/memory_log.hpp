#pragma once
#include <memory>

#include "ledger/event_log.hpp"

namespace braid::ledger {

/// An engine that keeps its histories in memory, with the promises of the others: for tests, and
/// for trying things out. Thread: any; each reader and writer its own.
class MemoryLog final : public EventLog {
 public:
  /// What the next appends are to meet.
  enum class Failure {
    storage_full,              ///< StorageFull, nothing recorded
    unknown_and_not_recorded,  ///< OutcomeUnknown, nothing recorded
    unknown_but_recorded,      ///< OutcomeUnknown, all recorded
    fenced,                    ///< Fenced, as if another had taken over
  };

  MemoryLog();
  ~MemoryLog() override;

  [[nodiscard]] std::unique_ptr<EntrySource> reader(std::uint32_t partition) const override;
  /// Every earlier writer of the partition is Fenced from then on.
  [[nodiscard]] std::unique_ptr<LogWriter> take_over(std::uint32_t partition) override;

  /// Lets `successes` appends, to whichever partition, go well and the one after that fail.
  /// Replaces an earlier plan.
  void fail_append_after(std::uint64_t successes, Failure failure);

 private:
  class Reader;
  class Writer;
  struct Partition;
  struct Shared;

  std::shared_ptr<Shared> shared_;
};

}  // namespace braid::ledger
