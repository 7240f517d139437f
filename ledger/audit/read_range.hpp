#pragma once
#include <algorithm>
#include <span>
#include <string>

#include "events/entry_source.hpp"

namespace braid::ledger {

/// Calls `take(first, entries)` for batches of the entries from `from` to before `end`, until it
/// says false. Throws HistoryBroken where the history ends before.
template <class Take>
void read_batches(const EntrySource& source, Sequence from, Sequence end, Take&& take) {
  constexpr std::size_t most_bytes = 1 << 20;
  constexpr std::size_t usual_bytes = 512;  // an entry's: of a short range little more is read
  EntryBatch batch;
  while (from < end) {
    const auto wanted = std::min<Sequence>(end - from, most_bytes / usual_bytes) * usual_bytes;
    source.read(from, wanted, std::chrono::milliseconds{0}, batch);
    if (batch.entries.empty())
      throw HistoryBroken("the history ends at entry " + std::to_string(from) + ", before entry " +
                          std::to_string(end));
    const auto entries = std::span(batch.entries)
                             .first(std::min<Sequence>(batch.entries.size(), end - from));
    if (!take(from, std::span<const Bytes>(entries))) return;
    from += entries.size();
  }
}

/// Calls `take(sequence, entry)` for entries from `from` to before `end`, until it says false. Throws
/// HistoryBroken where the history ends before.
template <class Take>
void read_range(const EntrySource& source, Sequence from, Sequence end, Take&& take) {
  read_batches(source, from, end, [&](Sequence sequence, std::span<const Bytes> entries) {
    return std::ranges::all_of(entries,
                               [&](Bytes entry) { return bool{take(sequence++, entry)}; });
  });
}

}  // namespace braid::ledger
