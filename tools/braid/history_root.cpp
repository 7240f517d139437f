#include "tools/braid/history_root.hpp"

#include "events/check.hpp"

namespace braid::cli {
namespace {

constexpr std::size_t batch_bytes = 4 << 20;

}  // namespace

HistoryRoot::HistoryRoot(const std::filesystem::path& tree, const EntrySource& log,
                         std::optional<EntryChain> known)
    : log_(log) {
  if (lmdb::Environment::exists(tree)) {
    rows_ = std::make_unique<lmdb::RowSnapshot>(tree);
    chain_ = StoredTree(*rows_).chain();
    stored_ = chain_.size();
  }
  if (known && known->size() > stored_) chain_ = std::move(*known);
}

std::optional<Digest> HistoryRoot::at(Sequence size) {
  if (size > log_.size()) return std::nullopt;
  if (size < stored_) return root_at(StoredTree(*rows_), size);
  check(size >= chain_.size(), "sizes beyond the stored tree are asked for in ascending order");
  EntryBatch batch;
  while (chain_.size() < size) {
    log_.read(chain_.size(), batch_bytes, std::chrono::milliseconds{0}, batch);
    if (batch.entries.empty()) return std::nullopt;
    for (const auto entry : batch.entries) {
      if (chain_.size() == size) break;
      chain_.follow(EntryReader(entry).head(), leaf_hash(entry));
    }
  }
  return chain_.root();
}

}  // namespace braid::cli
