#include "tools/braid/first_entries.hpp"

#include "projections/worker.hpp"
#include "tools/braid/progress.hpp"

namespace braid::cli {

void FirstEntries::read(Sequence from, std::size_t max_bytes, std::chrono::milliseconds,
                        EntryBatch& batch) const {
  batch.first = from;
  batch.entries.clear();
  if (from >= size_) return;
  source_.read(from, max_bytes, std::chrono::milliseconds{0}, batch);
  if (batch.entries.size() > size_ - from) batch.entries.resize(size_ - from);
}

EntryChain fold_first_entries(const EntrySource& source, Sequence size, RowStore& store,
                              unsigned threads,
                              const std::function<void(Sequence, Sequence)>& progress) {
  const FirstEntries first(source, size);
  projections::Worker worker(first, store, {.threads = threads});
  worker.catch_up(progress);
  return worker.chain();
}

EntryChain fold_first_entries(const EntrySource& source, Sequence size, RowStore& store,
                              const std::string& what) {
  Progress progress(what, "entries");
  return fold_first_entries(source, size, store, 2, [&](Sequence done, Sequence whole) {
    progress.show(done, whole);
  });
}

}  // namespace braid::cli
