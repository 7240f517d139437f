#include "ledger/tlog_tiles.hpp"

#include <charconv>

#include "events/check.hpp"
#include "events/entry_source.hpp"
#include "ledger/note_lines.hpp"

namespace braid::ledger {
namespace {

constexpr std::string_view tile_folder = "tile/";
constexpr std::string_view entries_folder = "entries/";
constexpr std::string_view partial_mark = ".p/";
constexpr std::size_t group_digits = 3;
constexpr std::uint64_t group_size = 1000;
constexpr std::size_t length_bytes = 2;

/// x001/x234/067
std::optional<std::uint64_t> index_of(std::string_view text) {
  std::uint64_t index = 0;
  const bool one_group = text.size() == group_digits;
  for (bool first = true;; first = false) {
    const bool last = text.size() == group_digits;
    if (!last && (text.size() < 2 + group_digits || text[0] != 'x' || text[4] != '/'))
      return std::nullopt;
    const auto digits = text.substr(last ? 0 : 1, group_digits);
    if (first && !one_group && digits == "000") return std::nullopt;
    for (const char digit : digits)
      if (digit < '0' || digit > '9') return std::nullopt;
    std::uint64_t group = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), group);
    if (index > (~std::uint64_t{0} - group) / group_size) return std::nullopt;
    index = index * group_size + group;
    if (last) return index;
    text.remove_prefix(2 + group_digits);
  }
}

std::string group_text(std::uint64_t group) {
  const auto digits = std::to_string(group);
  return std::string(group_digits - digits.size(), '0') + digits;
}

}  // namespace

std::optional<TileName> TileName::from_text(std::string_view text) {
  if (!text.starts_with(tile_folder)) return std::nullopt;
  text.remove_prefix(tile_folder.size());
  TileName name;
  if (text.starts_with(entries_folder)) {
    name.entries = true;
    text.remove_prefix(entries_folder.size());
  } else {
    const auto slash = text.find('/');
    const auto level = slash == text.npos ? std::nullopt : decimal(text.substr(0, slash));
    if (!level || *level >= tile_levels) return std::nullopt;
    name.tile.level = static_cast<unsigned>(*level);
    text.remove_prefix(slash + 1);
  }
  const auto partial = text.find(partial_mark);
  if (partial != text.npos) {
    const auto width = decimal(text.substr(partial + partial_mark.size()));
    if (!width || *width == 0 || *width >= tile_width) return std::nullopt;
    name.width = *width;
  }
  const auto index = index_of(text.substr(0, partial));
  if (!index) return std::nullopt;
  name.tile.index = *index;
  return name;
}

std::string TileName::text() const {
  std::string index = group_text(tile.index % group_size);
  for (auto rest = tile.index / group_size; rest != 0; rest /= group_size)
    index.insert(0, "x" + group_text(rest % group_size) + "/");
  std::string text(tile_folder);
  text += entries ? std::string(entries_folder) : std::to_string(tile.level) + "/";
  text += index;
  if (width < tile_width) text.append(partial_mark).append(std::to_string(width));
  return text;
}

Parsed<std::vector<Digest>> hashes_of(Bytes tile) {
  if (tile.empty() || tile.size() % sizeof(Digest) != 0 ||
      tile.size() > tile_width * sizeof(Digest))
    return unreadable("a tile is 1 to 256 hashes of 32 bytes, not " + std::to_string(tile.size()) +
                      " bytes");
  std::vector<Digest> hashes(tile.size() / sizeof(Digest));
  std::memcpy(hashes.data(), tile.data(), tile.size());
  return hashes;
}

void add_to_bundle(OwnedBytes& bundle, Bytes entry) {
  check(entry.size() <= max_entry_bytes, "an entry's length takes two bytes");
  bundle.push_back(static_cast<std::byte>(entry.size() >> 8));
  bundle.push_back(static_cast<std::byte>(entry.size() & 0xff));
  bundle.insert(bundle.end(), entry.begin(), entry.end());
}

Parsed<std::vector<Bytes>> entries_of(Bytes bundle) {
  std::vector<Bytes> entries;
  while (!bundle.empty()) {
    if (entries.size() == tile_width) return unreadable("a bundle has at most 256 entries");
    if (bundle.size() < length_bytes)
      return unreadable("a bundle ends within the length of an entry");
    const auto size = std::to_integer<std::size_t>(bundle[0]) << 8 |
                      std::to_integer<std::size_t>(bundle[1]);
    bundle = bundle.subspan(length_bytes);
    if (size == 0 || bundle.size() < size)
      return unreadable("entry " + std::to_string(entries.size()) +
                        " of a bundle is empty, or ends beyond it");
    entries.push_back(bundle.first(size));
    bundle = bundle.subspan(size);
  }
  if (entries.empty()) return unreadable("a bundle has at least one entry");
  return entries;
}

}  // namespace braid::ledger
