#pragma once
#include <vector>

#include "events/digest.hpp"
#include "events/entry_source.hpp"

namespace braid::kafka {

/// The leaf hashes of the last entries of one writer, by which an exact repeat is known. A value
/// with a limit, for it is stored with every reader.
class RecentLeaves {
 public:
  static constexpr std::size_t max = 1024;

  /// Of a writer whose first entry will be `first`.
  explicit RecentLeaves(Sequence first = 0) : first_(first) {}
  /// Of entries that end before `size`: at most `max` leaves, and not more than `size`.
  RecentLeaves(Sequence size, std::vector<Digest> leaves);

  /// The next entry's.
  void add(const Digest& leaf);
  /// Whether `leaf` is that of entry `sequence`, as far back as is remembered.
  [[nodiscard]] bool holds(Sequence sequence, const Digest& leaf) const;
  /// In the order of their entries.
  [[nodiscard]] std::vector<Digest> in_order() const;

 private:
  [[nodiscard]] std::size_t slot_of(Sequence sequence) const { return (sequence - first_) % max; }

  Sequence first_;  // whose leaf stands in slot 0
  Sequence next_ = first_;
  std::vector<Digest> slots_;
};

}  // namespace braid::kafka
