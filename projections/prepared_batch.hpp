#pragma once
#include <chrono>
#include <deque>
#include <optional>
#include <vector>

#include "events/entry_source.hpp"
#include "projections/record.hpp"

namespace braid::projections {

/// A batch of entries with all that can be known of it before any fold sees it: leaf hashes, and
/// records that point into the entries' bytes. Reused batch after batch.
class PreparedBatch {
 public:
  /// Reads and prepares entries from `from` on. Throws HistoryBroken where bytes are no entry.
  void read(std::uint32_t partition, const EntrySource& source, Sequence from,
            std::size_t max_bytes, std::chrono::milliseconds patience);

  [[nodiscard]] std::span<const Record> records() const { return records_; }
  [[nodiscard]] std::span<const Digest> leaves() const { return leaves_; }
  [[nodiscard]] std::span<const Bytes> entries() const { return batch_.entries; }
  [[nodiscard]] bool empty() const { return records_.empty(); }

 private:
  void add(std::uint32_t partition, Bytes bytes);

  EntryBatch batch_;
  std::vector<Digest> leaves_;
  std::deque<EntryReader> entries_;
  std::deque<EventReader> events_;
  std::vector<std::vector<Posting>> postings_;
  std::vector<Record> records_;
};

}  // namespace braid::projections
