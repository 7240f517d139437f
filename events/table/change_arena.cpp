#include "events/table/change_arena.hpp"

#include <algorithm>
#include <bit>

namespace braid {
namespace {

constexpr std::size_t block_words = 128 << 10;   // 1 MiB

/// The first eight bytes of a key as a number that sorts as they do.
std::uint64_t prefix_of(Bytes key) noexcept {
  std::uint64_t word = 0;
  std::memcpy(&word, key.data(), std::min(key.size(), sizeof word));
  return __builtin_bswap64(word);
}

struct Sortable {
  std::uint64_t prefix;
  RowChange change;
};

}  // namespace

bool key_less(Bytes left, Bytes right) noexcept {
  const auto common = std::min(left.size(), right.size());
  const auto order = common == 0 ? 0 : std::memcmp(left.data(), right.data(), common);
  return order < 0 || (order == 0 && left.size() < right.size());
}

void sort_by_key(std::span<RowChange> changes) {
  const auto less = [](const RowChange& left, const RowChange& right) { return key_less(left.key, right.key); };
  if (std::ranges::is_sorted(changes, less)) return;      // keys that only grow
  std::vector<Sortable> sortable;
  sortable.reserve(changes.size());
  for (const auto& change : changes) sortable.push_back({prefix_of(change.key), change});
  std::ranges::stable_sort(sortable, [&](const Sortable& left, const Sortable& right) {
    return left.prefix != right.prefix ? left.prefix < right.prefix : less(left.change, right.change);
  });
  std::ranges::transform(sortable, changes.begin(), &Sortable::change);
}

Bytes ChangeArena::copy(Bytes bytes) {
  const auto words = (bytes.size() + 7) / 8;
  std::uint64_t* const to = room_for(words);
  std::memcpy(to, bytes.data(), bytes.size());
  next_ += words;
  return std::as_bytes(std::span<const std::uint64_t>(to, words)).first(bytes.size());
}

void ChangeArena::next_block(std::size_t words) {
  full_bytes_ += 8 * static_cast<std::size_t>(next_ - start_);
  if (used_ == blocks_.size() || blocks_[used_].size < words) {
    const auto size = std::max(words, block_words);
    Block block{std::make_unique_for_overwrite<std::uint64_t[]>(size), size};
    blocks_.insert(blocks_.begin() + static_cast<std::ptrdiff_t>(used_), std::move(block));
  }
  auto& block = blocks_[used_++];
  start_ = next_ = block.words.get();
  end_ = start_ + block.size;
}

void ChangeArena::reset() {
  std::size_t kept = 0;
  std::erase_if(blocks_, [&](const Block& block) { return (kept += 8 * block.size) > kept_bytes; });
  used_ = 0;
  full_bytes_ = 0;
  start_ = next_ = end_ = nullptr;
  changes_.clear();
}

}  // namespace braid
