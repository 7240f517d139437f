#pragma once
#include <string>

#include "events/entry_source.hpp"

namespace braid::ledger {

/// Calls `take(sequence, entry)` for entries from `from` to before `end`, until it says false. Throws
/// HistoryBroken where the history ends before.
template <class Take>
void read_range(const EntrySource& source, Sequence from, Sequence end, Take&& take) {
  constexpr std::size_t batch_bytes = 1 << 20;
  EntryBatch batch;
  while (from < end) {
    source.read(from, batch_bytes, std::chrono::milliseconds{0}, batch);
    if (batch.entries.empty())
      throw HistoryBroken("the history ends at entry " + std::to_string(from) + ", before entry " +
                          std::to_string(end));
    for (const auto bytes : batch.entries) {
      if (from == end || !take(from, bytes)) return;
      ++from;
    }
  }
}

}  // namespace braid::ledger
