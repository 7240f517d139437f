#include "tools/braid/history_tiles.hpp"

#include "events/faults.hpp"

namespace braid::cli {
namespace {

constexpr std::size_t batch_bytes = 4 << 20;

}  // namespace

HistoryTiles::HistoryTiles(const std::filesystem::path& tree, const EntrySource& log,
                           Sequence size) {
  EntryChain chain;
  if (lmdb::Environment::exists(tree)) {
    rows_ = std::make_unique<lmdb::RowSnapshot>(tree);
    stored_ = std::make_unique<StoredTree>(*rows_);
    chain = stored_->chain();
  }
  if (chain.size() < size) make_rest(log, std::move(chain), size);
}

void HistoryTiles::make_rest(const EntrySource& log, EntryChain chain, Sequence size) {
  auto builder = stored_ ? TileBuilder(*stored_, chain.size()) : TileBuilder();
  const auto keep = [&](TileId tile, std::span<const Digest> hashes) {
    rest_[tile].assign(hashes.begin(), hashes.end());
  };
  EntryBatch batch;
  while (chain.size() < size) {
    log.read(chain.size(), batch_bytes, std::chrono::milliseconds{0}, batch);
    if (batch.entries.empty())
      throw HistoryBroken("the log ends at entry " + std::to_string(chain.size()) +
                          ", and a checkpoint was signed for " + std::to_string(size) +
                          " entries: the log was cut");
    std::vector<Digest> leaves(batch.entries.size());
    leaf_hashes(batch.entries, leaves);
    for (std::size_t i = 0; i < leaves.size(); ++i)
      chain.follow(EntryReader(batch.entries[i]).head(), leaves[i]);
    builder.add(leaves, keep);
  }
  builder.show_edge(keep);
}

std::vector<Digest> HistoryTiles::tile(TileId tile, std::size_t width) const {
  if (const auto made = rest_.find(tile); made != rest_.end() && made->second.size() >= width)
    return {made->second.begin(), made->second.begin() + static_cast<std::ptrdiff_t>(width)};
  if (stored_) return stored_->tile(tile, width);
  throw HistoryBroken("the tree over this history has no such tile");
}

}  // namespace braid::cli
