#pragma once
#include <cstdint>
#include <deque>
#include <memory>
#include <span>
#include <vector>

#include "events/table/row.hpp"
#include "events/table/row_store.hpp"

namespace braid {

/// Memory for the changed rows of one flush: keys and values side by side in large blocks, which
/// stay where they are until `reset` and are reused after it. Thread: one.
class ChangeArena {
 public:
  /// Blocks kept by `reset`, in bytes; what one large flush took beyond goes back.
  static constexpr std::size_t kept_bytes = 64 << 20;

  ChangeArena() = default;
  ChangeArena(const ChangeArena&) = delete;
  ChangeArena& operator=(const ChangeArena&) = delete;

  /// A row's key and value, or, without `row`, the key of an erased one.
  template <TableRow Row>
  RowChange add(const typename Row::Key& key, const Row* row) {
    KeyBytes key_bytes;
    append_key(key, key_bytes);
    RowChange change{copy(key_bytes.bytes()), std::nullopt};
    if (row == nullptr) return change;
    std::uint64_t* const words = room_for(1 + RowLayout<Row>::word_bound(*row));
    const auto* const end = canonical::put_message(*row, words);
    next_ += end - words;
    change.value = std::as_bytes(std::span<const std::uint64_t>(words, end));
    return change;
  }

  /// Room for so many changes, which stays where it is.
  std::span<RowChange> changes(std::size_t count) { return changes_.emplace_back(count); }

  /// Bytes taken since the last reset.
  [[nodiscard]] std::size_t bytes() const noexcept {
    return full_bytes_ + 8 * static_cast<std::size_t>(next_ - start_);
  }

  /// Ends the life of all that was added.
  void reset();

 private:
  struct Block {
    std::unique_ptr<std::uint64_t[]> words;
    std::size_t size = 0;
  };

  Bytes copy(Bytes bytes);
  std::uint64_t* room_for(std::size_t words) {
    if (static_cast<std::size_t>(end_ - next_) < words) [[unlikely]]
      next_block(words);
    return next_;
  }
  void next_block(std::size_t words);

  std::vector<Block> blocks_;  // the first used_ of them hold something
  std::size_t used_ = 0;
  std::uint64_t* start_ = nullptr;  // of the block being filled
  std::uint64_t* next_ = nullptr;
  std::uint64_t* end_ = nullptr;
  std::size_t full_bytes_ = 0;  // in the blocks before it
  std::deque<std::vector<RowChange>> changes_;
};

/// Sorts by key (memcmp). Changes of one key stay in their order.
void sort_by_key(std::span<RowChange> changes);

/// Whether one key sorts before another.
bool key_less(Bytes left, Bytes right) noexcept;

}  // namespace braid
