#pragma once
#include <filesystem>
#include <map>
#include <memory>

#include "adapters/lmdb/row_store.hpp"
#include "events/stored_tree.hpp"

namespace braid::cli {

/// The tiles over a history's first entries: from the stored tree as far as it goes, beyond it made
/// here by reading the log. Thread: one.
class HistoryTiles final : public TileSource {
 public:
  /// Covers `size` entries, which the log holds. `tree`: LedgerDirectory::tree(partition), which
  /// need not be there. Throws HistoryBroken where log and tree contradict one another.
  HistoryTiles(const std::filesystem::path& tree, const EntrySource& log, Sequence size);

  [[nodiscard]] std::vector<Digest> tile(TileId tile, std::size_t width) const override;

 private:
  void make_rest(const EntrySource& log, EntryChain chain, Sequence size);

  std::unique_ptr<lmdb::RowSnapshot> rows_;
  std::unique_ptr<StoredTree> stored_;
  std::map<TileId, std::vector<Digest>> rest_;
};

}  // namespace braid::cli
