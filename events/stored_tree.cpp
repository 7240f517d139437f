#include "events/stored_tree.hpp"

#include "events/faults.hpp"

namespace braid {
namespace {

constexpr std::string_view table = "tiles";
constexpr auto remedy = "; build it anew with `braid project --rebuild`";

std::array<std::byte, 9> key_of(TileId tile) {
  std::array<std::byte, 9> key{static_cast<std::byte>(tile.level)};
  for (unsigned i = 0; i < 8; ++i)
    key[1 + i] = static_cast<std::byte>(tile.index >> (56 - 8 * i) & 0xff);
  return key;
}

}  // namespace

EntryChain StoredTree::chain() const {
  const auto position = rows_.position();
  if (!position) return {};
  auto chain = EntryChain::parse(*position);
  if (!chain)
    throw HistoryBroken("the stored tree's position cannot be read: " + chain.error() + remedy);
  return std::move(*chain);
}

std::vector<Digest> StoredTree::tile(TileId tile, std::size_t width) const {
  const auto row = rows_.get(table, key_of(tile));
  if (!row || row->size() < width * sizeof(Digest))
    throw HistoryBroken("the stored tree lacks tile " + std::to_string(tile.index) + " of level " +
                        std::to_string(tile.level) + remedy);
  std::vector<Digest> hashes(width);
  std::memcpy(hashes.data(), row->data(), width * sizeof(Digest));
  return hashes;
}

TreeWriter::TreeWriter(RowStore& store, bool anew) : store_(store) {
  if (anew) {
    store_.commit({}, chain_.bytes());
    return;
  }
  const StoredTree stored(store_);
  chain_ = stored.chain();
  flushed_ = chain_.size();
  builder_ = TileBuilder(stored, chain_.size());
  if (builder_.root() != chain_.root())
    throw HistoryBroken(std::string("the stored tree's tiles are not those of its position") +
                        remedy);
}

void TreeWriter::follow(std::span<const Bytes> entries) {
  leaves_.resize(entries.size());
  leaf_hashes(entries, leaves_);
  for (std::size_t i = 0; i < entries.size(); ++i)
    chain_.follow(EntryReader(entries[i]).head(), leaves_[i]);
  builder_.add(leaves_, [&](TileId tile, std::span<const Digest> hashes) { keep(tile, hashes); });
  if (chain_.size() - flushed_ >= max_unflushed) flush();
}

void TreeWriter::keep(TileId tile, std::span<const Digest> hashes) {
  const auto bytes = std::as_bytes(hashes);
  unflushed_[key_of(tile)].assign(bytes.begin(), bytes.end());
}

void TreeWriter::flush() {
  if (flushed_ == chain_.size()) return;
  builder_.show_edge([&](TileId tile, std::span<const Digest> hashes) { keep(tile, hashes); });
  std::vector<RowChange> rows;
  rows.reserve(unflushed_.size());
  for (const auto& [key, bytes] : unflushed_) rows.push_back({key, bytes});
  const TableChanges changes{table, rows};
  store_.commit({&changes, 1}, chain_.bytes());
  flushed_ = chain_.size();
  unflushed_.clear();
}

}  // namespace braid
