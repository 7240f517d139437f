#pragma once
#include <chrono>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "events/bytes.hpp"
#include "events/faults.hpp"

namespace braid::ledger {

/// A place in one partition's history: 0, 1, 2 ... without gaps.
using Sequence = std::uint64_t;

/// Consecutive entries, as stored. The bytes of each entry start at a multiple of eight, and are good while the batch lives
/// and is not handed to `read` again (reuse a batch: its memory is kept).
struct EntryBatch {
  Sequence first = 0;
  std::vector<Bytes> entries;
  OwnedBytes storage;
};

/// One partition's history, for reading. Any number of readers, in any process, while a writer writes.
/// Thread: the reader's own.
class EventLog {
 public:
  static constexpr std::size_t max_entry_bytes = 65'535;
  virtual ~EventLog() = default;

  /// How many entries the history holds now; only what is durable counts.
  [[nodiscard]] virtual Sequence size() const = 0;
  /// Fills `batch` with entries from `from` on, in order, without gaps: at most `max_bytes` but at least one where there is one;
  /// waits up to `patience` for the first; empty at the end. Throws HistoryBroken where the engine itself finds its bytes
  /// contradictory. The chain (sequence, previous leaf hash) is the reader's to check: events/entry_chain.hpp.
  virtual void read(Sequence from, std::size_t max_bytes, std::chrono::milliseconds patience,
                    EntryBatch& batch) const = 0;
};

/// The one who may write a partition. Got from an engine's `take_over`, which makes every earlier writer of the partition
/// harmless before it returns. Thread: the sequencer's. Only one lives at a time.
class LogWriter {
 public:
  virtual ~LogWriter() = default;

  /// Appends `entries`, whose first has sequence `expected`, all or a prefix, in order, and durable when it returns: how many
  /// entries the history then holds. Only what is below that number may be told to anyone.
  /// Throws Fenced when another writer has taken over or `expected` is not the end of the log: stop, give no receipt.
  /// Throws StorageFull with nothing appended. Throws OutcomeUnknown: read back before anything else.
  virtual Sequence append(Sequence expected, std::span<const Bytes> entries) = 0;
};

/// An engine: the partitions of one ledger. The register is partition `register_partition`.
class LogEngine {
 public:
  virtual ~LogEngine() = default;

  [[nodiscard]] virtual std::unique_ptr<EventLog> reader(std::uint32_t partition) const = 0;
  /// Throws Fenced, naming the process that holds the ledger, where another writer is alive.
  [[nodiscard]] virtual std::unique_ptr<LogWriter> take_over(std::uint32_t partition) = 0;
};

/// The register's number. Places' partitions are 0 .. partitions-1.
inline constexpr std::uint32_t register_partition = 0xffff'ffff;

}  // namespace braid::ledger
