#pragma once
#include <algorithm>
#include <bit>
#include <cstdint>
#include <limits>
#include <vector>

#include "events/check.hpp"

namespace braid {

/// Where a row of a given hash is: open addressing over eight bytes a place, 32 bits of the hash
/// and the row's number. The keys stay in the rows, so a look-up touches one line here and the row
/// that the caller wants anyway. Numbers only: no key, no erase; what has dropped rows builds it
/// anew.
class RowIndex {
 public:
  static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

  /// What the index keeps of a hash: its upper half. The upper bits of that say where to start, so
  /// that growing needs no hash anew.
  static std::uint32_t tag_of(std::uint64_t hash) { return static_cast<std::uint32_t>(hash >> 32); }

  /// The number of the row for which `is_it(number)` holds, asked only of rows whose hash looks the
  /// same; or `none`.
  template <class IsIt>
  [[nodiscard]] std::uint32_t find(std::uint32_t tag, IsIt is_it) const {
    if (places_.empty()) return none;
    for (auto at = start(tag);; at = (at + 1) & mask()) {
      const auto place = places_[at];
      if (place.row == none) return none;
      if (place.tag == tag && is_it(place.row)) return place.row;
    }
  }

  /// Adds a row whose key is not here yet.
  void insert(std::uint32_t tag, std::uint32_t row) {
    check(row != none, "a table's cache is trimmed long before four thousand million rows");
    if (2 * (size_ + 1) > places_.size()) resize(std::max<std::size_t>(64, 2 * places_.size()));
    place({tag, row});
    ++size_;
  }

  /// Empties it, with room for so many rows.
  void reset(std::size_t rows) {
    places_.clear();
    places_.shrink_to_fit();
    size_ = 0;
    resize(std::max<std::size_t>(64, std::bit_ceil(2 * rows + 2)));
  }

  [[nodiscard]] std::size_t bytes() const noexcept { return places_.size() * sizeof(Place); }

 private:
  struct Place {
    std::uint32_t tag = 0;
    std::uint32_t row = none;
  };

  [[nodiscard]] std::size_t mask() const { return places_.size() - 1; }
  [[nodiscard]] std::size_t start(std::uint32_t tag) const { return tag >> shift_; }

  void place(Place place) {
    auto at = start(place.tag);
    while (places_[at].row != none) at = (at + 1) & mask();
    places_[at] = place;
  }

  void resize(std::size_t places) {
    check(places <= std::size_t{1} << 32,
          "a table's cache is trimmed long before four thousand million rows");
    std::vector<Place> old(places);
    old.swap(places_);
    shift_ = 32 - static_cast<unsigned>(std::countr_zero(places));
    for (const auto& each : old)
      if (each.row != none) place(each);
  }

  std::vector<Place> places_;  // a power of two of them, at most half taken
  unsigned shift_ = 32;
  std::size_t size_ = 0;
};

}  // namespace braid
