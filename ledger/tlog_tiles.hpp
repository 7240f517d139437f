#pragma once
#include <optional>
#include <string>

#include "events/parsed.hpp"
#include "events/tile_tree.hpp"

namespace braid::ledger {

/// How others fetch a history and its tree (C2SP tlog-tiles): files under a prefix, the same over
/// HTTP and in a folder. Bytes that are served never change, but for `checkpoint`.

/// The name of the signed checkpoint under the prefix.
inline constexpr std::string_view checkpoint_name = "checkpoint";

/// The name of a tile or of a bundle of entries: `tile/<level>/<index>[.p/<width>]` or
/// `tile/entries/<index>[.p/<width>]`, the index in groups of three digits (x001/x234/067).
struct TileName {
  bool entries = false;  ///< then `tile.level` is 0
  TileId tile;
  std::size_t width = tile_width;  ///< below 256: the beginning of a tile that is or was not full

  /// Nothing where it is no such name; one tile has one name.
  static std::optional<TileName> from_text(std::string_view text);
  std::string text() const;

  bool operator==(const TileName&) const = default;
};

/// A tile's bytes are its hashes one after another. A sentence where these are not 1 to 256 hashes.
Parsed<std::vector<Digest>> hashes_of(Bytes tile);

/// Appends an entry to a bundle: its length in two bytes, the greater first, then its bytes.
void add_to_bundle(OwnedBytes& bundle, Bytes entry);
/// The entries of a bundle, borrowed. A sentence where these are not 1 to 256 whole entries.
Parsed<std::vector<Bytes>> entries_of(Bytes bundle);

}  // namespace braid::ledger
