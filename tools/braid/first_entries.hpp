#pragma once
#include <functional>
#include <string>

#include "events/entry_chain.hpp"
#include "events/table/row_store.hpp"

namespace braid::cli {

/// A history's first entries, as if it held no more. Borrows the history.
class FirstEntries final : public EntrySource {
 public:
  FirstEntries(const EntrySource& source, Sequence size) : source_(source), size_(size) {}

  [[nodiscard]] Sequence size() const override { return size_; }
  void read(Sequence from, std::size_t max_bytes, std::chrono::milliseconds patience,
            EntryBatch& batch) const override;

 private:
  const EntrySource& source_;
  Sequence size_;
};

/// Brings the views in `store` to what the history's first `size` entries give, from where they
/// stand, which is not beyond: in an empty store from the first entry. The chain that they make.
/// Throws HistoryBroken where the entries do not continue it.
EntryChain fold_first_entries(const EntrySource& source, Sequence size, RowStore& store,
                              unsigned threads,
                              const std::function<void(Sequence done, Sequence size)>& progress = {});

/// The same on two threads, showing how far it has come on a terminal as `what`.
EntryChain fold_first_entries(const EntrySource& source, Sequence size, RowStore& store,
                              const std::string& what);

}  // namespace braid::cli
