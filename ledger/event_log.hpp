#pragma once
#include <memory>
#include <span>

#include "events/entry_source.hpp"

namespace braid::ledger {

/// The one who may write a partition. Got from an engine's `take_over`, which makes every earlier
/// writer of the partition harmless before it returns. Thread: the sequencer's. Only one lives at a
/// time.
class LogWriter {
 public:
  virtual ~LogWriter() = default;

  /// Appends `entries`, whose first has sequence `expected`, all or a prefix, in order, and durable
  /// when it returns: how many entries the history then holds. Only what is below that number may
  /// be told to anyone. Throws Fenced when another writer has taken over or `expected` is not the
  /// end of the log: stop, give no receipt. Throws StorageFull with nothing appended. Throws
  /// OutcomeUnknown: read back before anything else.
  virtual Sequence append(Sequence expected, std::span<const Bytes> entries) = 0;
};

/// An engine: the histories of one ledger's partitions and of its register. Outlives its readers and writers.
class EventLog {
 public:
  virtual ~EventLog() = default;

  [[nodiscard]] virtual std::unique_ptr<EntrySource> reader(std::uint32_t partition) const = 0;
  /// Throws Fenced, naming the process that holds the ledger, where another writer is alive.
  [[nodiscard]] virtual std::unique_ptr<LogWriter> take_over(std::uint32_t partition) = 0;
};

}  // namespace braid::ledger
