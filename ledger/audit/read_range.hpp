#pragma once
#include <algorithm>
#include <string>

#include "events/entry_source.hpp"

namespace braid::ledger {

/// Calls `take(sequence, entry)` for entries from `from` to before `end`, until it says false. Throws
/// HistoryBroken where the history ends before.
template <class Take>
void read_range(const EntrySource& source, Sequence from, Sequence end, Take&& take) {
  constexpr std::size_t most_bytes = 1 << 20;
  constexpr std::size_t usual_bytes = 512;  // an entry's: of a short range little more is read
  EntryBatch batch;
  while (from < end) {
    const auto wanted = std::min<Sequence>(end - from, most_bytes / usual_bytes) * usual_bytes;
    source.read(from, wanted, std::chrono::milliseconds{0}, batch);
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
