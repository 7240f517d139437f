#pragma once
#include <cstring>
#include <vector>

#include "events/entry_source.hpp"

namespace braid::test {

/// A history that can be altered as no engine lets it be: entries as owned bytes.
class TamperedSource final : public EntrySource {
 public:
  explicit TamperedSource(const EntrySource& honest) {
    EntryBatch batch;
    for (Sequence next = 0;; next += batch.entries.size()) {
      honest.read(next, 1 << 20, std::chrono::milliseconds{0}, batch);
      if (batch.entries.empty()) return;
      for (const auto bytes : batch.entries) entries.emplace_back(bytes.begin(), bytes.end());
    }
  }

  [[nodiscard]] Sequence size() const override { return entries.size(); }

  void read(Sequence from, std::size_t max_bytes, std::chrono::milliseconds,
            EntryBatch& batch) const override {
    batch.first = from;
    batch.entries.clear();
    std::size_t bytes = 0;
    auto last = from;
    while (last < entries.size() && (bytes == 0 || bytes < max_bytes))
      bytes += padded(entries[last++]);
    batch.storage.resize(bytes);
    std::size_t at = 0;
    for (auto i = from; i < last; ++i) {
      std::memcpy(batch.storage.data() + at, entries[i].data(), entries[i].size());
      batch.entries.emplace_back(batch.storage.data() + at, entries[i].size());
      at += padded(entries[i]);
    }
  }

  std::vector<OwnedBytes> entries;

 private:
  static std::size_t padded(const OwnedBytes& entry) { return (entry.size() + 7) / 8 * 8; }
};

}  // namespace braid::test
