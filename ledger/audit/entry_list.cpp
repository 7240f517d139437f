#include "ledger/audit/entry_list.hpp"

#include <cstring>

namespace braid::ledger {

void EntryList::read(Sequence from, std::size_t max_bytes, std::chrono::milliseconds,
                     EntryBatch& batch) const {
  constexpr std::size_t word = 8;
  const auto padded = [](const OwnedBytes& entry) { return (entry.size() + word - 1) / word * word; };
  batch.first = from;
  batch.entries.clear();
  std::size_t bytes = 0;
  auto last = from;
  while (last < entries_.size() && (bytes == 0 || bytes + padded(entries_[last]) <= max_bytes))
    bytes += padded(entries_[last++]);
  batch.storage.resize(bytes);
  std::size_t at = 0;
  for (auto i = from; i < last; ++i) {
    if (!entries_[i].empty())
      std::memcpy(batch.storage.data() + at, entries_[i].data(), entries_[i].size());
    batch.entries.emplace_back(batch.storage.data() + at, entries_[i].size());
    at += padded(entries_[i]);
  }
}

}  // namespace braid::ledger
