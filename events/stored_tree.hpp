#pragma once
#include <map>

#include "events/entry_chain.hpp"
#include "events/table/row_store.hpp"
#include "events/tile_tree.hpp"

namespace braid {

/// A partition's tree as rows: table "tiles", key = level (1 byte) and index (8 bytes, the greatest
/// first), value = the hashes of a C2SP tile, 32 bytes each; the position is the `EntryChain` that
/// they cover. A projection of the log: it may lag, and is made again from the log at any time.

/// Reads the rows of one moment. Borrows them.
class StoredTree final : public TileSource {
 public:
  explicit StoredTree(const RowReader& rows) : rows_(rows) {}

  /// What the tiles cover; nothing at all in a new store. Throws HistoryBroken where the position
  /// cannot be read.
  [[nodiscard]] EntryChain chain() const;
  /// Throws HistoryBroken where the row is missing or short, with what to do.
  [[nodiscard]] std::vector<Digest> tile(TileId tile, std::size_t width) const override;

 private:
  const RowReader& rows_;
};

/// Follows a history and keeps its tree, exactly once: tiles and the position are committed in one
/// step. Kill it anywhere; it goes on where it was. Thread: one.
class TreeWriter {
 public:
  /// Entries whose tiles are held in memory, at most (8 MiB); then they are flushed.
  static constexpr Sequence max_unflushed = 1 << 18;

  /// Goes on where the store stands, or with `anew` from the beginning, writing every row again.
  /// Borrows the store. Throws HistoryBroken where it cannot be read.
  explicit TreeWriter(RowStore& store, bool anew = false);

  /// Takes the next entries. Throws HistoryBroken where one does not continue the chain.
  void follow(std::span<const Bytes> entries);
  /// Makes what was followed durable, and visible to readers.
  void flush();

  [[nodiscard]] const EntryChain& chain() const noexcept { return chain_; }
  /// Entries whose tiles are durable.
  [[nodiscard]] Sequence flushed() const noexcept { return flushed_; }

 private:
  using Key = std::array<std::byte, 9>;

  void keep(TileId tile, std::span<const Digest> hashes);

  RowStore& store_;
  EntryChain chain_;
  TileBuilder builder_;
  Sequence flushed_ = 0;
  std::vector<Digest> leaves_;
  std::map<Key, OwnedBytes> unflushed_;
};

}  // namespace braid
