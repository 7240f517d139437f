#include "events/table/change_arena.hpp"

#include <algorithm>
#include <limits>

namespace braid {
namespace {

constexpr std::size_t block_words = 128 << 10;  // 1 MiB

/// Eight bytes of a key as a number that sorts as they do; zeros where it is shorter.
std::uint64_t word_of(Bytes key, std::size_t from) noexcept {
  std::uint64_t word = 0;
  if (key.size() > from)
    std::memcpy(&word, key.data() + from, std::min(key.size() - from, sizeof word));
  return __builtin_bswap64(word);
}

/// Enough of a key to tell it from most others without going to where it lies.
struct Sortable {
  std::uint64_t first;
  std::uint64_t second;
  std::uint32_t number;
};

}  // namespace

bool key_less(Bytes left, Bytes right) noexcept {
  const auto common = std::min(left.size(), right.size());
  const auto order = common == 0 ? 0 : std::memcmp(left.data(), right.data(), common);
  return order < 0 || (order == 0 && left.size() < right.size());
}

void sort_by_key(std::span<RowChange> changes) {
  const auto key_order = [](const RowChange& left, const RowChange& right) {
    return key_less(left.key, right.key);
  };
  if (std::ranges::is_sorted(changes, key_order)) return;  // keys that only grow
  check(changes.size() < std::numeric_limits<std::uint32_t>::max(),
        "tables are flushed long before");
  std::vector<Sortable> order;
  order.reserve(changes.size());
  for (std::uint32_t number = 0; const auto& change : changes)
    order.push_back({word_of(change.key, 0), word_of(change.key, 8), number++});
  std::ranges::sort(order, [&](const Sortable& left, const Sortable& right) {
    if (left.first != right.first) return left.first < right.first;
    if (left.second != right.second) return left.second < right.second;
    const auto &left_change = changes[left.number], &right_change = changes[right.number];
    if (key_order(left_change, right_change)) return true;
    return left.number < right.number && !key_order(right_change, left_change);
  });
  std::vector<RowChange> sorted;
  sorted.reserve(changes.size());
  for (const auto& each : order) sorted.push_back(changes[each.number]);
  std::ranges::copy(sorted, changes.begin());
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
