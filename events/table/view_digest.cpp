#include "events/table/view_digest.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace braid {
namespace {

constexpr std::byte row_follows{1};
constexpr std::byte table_ends{0};

void add(Sha256& hash, Bytes bytes) {
  std::array<std::byte, 8> length;
  for (std::size_t i = 0; i < length.size(); ++i)
    length[i] = static_cast<std::byte>(std::uint64_t{bytes.size()} >> (56 - 8 * i));
  hash.update(length).update(bytes);
}

}  // namespace

Digest view_digest(const RowReader& rows, std::span<const std::string_view> tables) {
  std::vector<std::string_view> names(tables.begin(), tables.end());
  std::ranges::sort(names);
  Sha256 hash;
  for (const auto name : names) {
    add(hash, as_bytes(name));
    rows.scan(name, {}, [&](Bytes key, Bytes value) {
      hash.update(Bytes(&row_follows, 1));
      add(hash, key);
      add(hash, value);
      return true;
    });
    hash.update(Bytes(&table_ends, 1));
  }
  return hash.digest();
}

}  // namespace braid
