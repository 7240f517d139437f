#pragma once
#include <chrono>
#include <cstdint>
#include <vector>

#include "events/bytes.hpp"
#include "events/faults.hpp"

namespace braid {

/// A place in one partition's history: 0, 1, 2 ... without gaps.
using Sequence = std::uint64_t;

/// The register's number as a partition. Places' partitions are 0 .. partitions-1.
inline constexpr std::uint32_t register_partition = 0xffff'ffff;

/// The most bytes that one entry may have.
inline constexpr std::size_t max_entry_bytes = 65'535;

/// Consecutive entries, as stored. The bytes of each start at a multiple of eight, and are good
/// while the batch lives and is not handed to `read` again. Reuse a batch: its memory is kept.
struct EntryBatch {
  Sequence first = 0;
  std::vector<Bytes> entries;
  OwnedBytes storage;
};

/// One partition's history, for reading. Any number of readers, in any process, while a writer writes.
/// Thread: the reader's own.
class EntrySource {
 public:
  virtual ~EntrySource() = default;

  /// How many entries the history holds now; only what is durable counts.
  [[nodiscard]] virtual Sequence size() const = 0;
  /// Fills `batch` with entries from `from` on, in order, without gaps: at most `max_bytes` but at
  /// least one where there is one; waits up to `patience` for the first; empty at the end. Throws
  /// HistoryBroken where the engine finds its own bytes contradictory. The chain (sequence,
  /// previous leaf hash) is the reader's to check: events/entry_chain.hpp.
  virtual void read(Sequence from, std::size_t max_bytes, std::chrono::milliseconds patience,
                    EntryBatch& batch) const = 0;
};

}  // namespace braid
