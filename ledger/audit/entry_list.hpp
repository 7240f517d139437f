#pragma once
#include <vector>

#include "events/entry_source.hpp"

namespace braid::ledger {

/// A history's first entries, from somewhere that is no engine: an evidence file. Borrows them.
/// Entry i of the list has to be entry i of the history; whether it is, its readers check.
class EntryList final : public EntrySource {
 public:
  explicit EntryList(const std::vector<OwnedBytes>& entries) : entries_(entries) {}

  [[nodiscard]] Sequence size() const override { return entries_.size(); }
  void read(Sequence from, std::size_t max_bytes, std::chrono::milliseconds patience,
            EntryBatch& batch) const override;

 private:
  const std::vector<OwnedBytes>& entries_;
};

}  // namespace braid::ledger
