#include "adapters/kafka/recent_leaves.hpp"

#include "events/check.hpp"

namespace braid::kafka {

RecentLeaves::RecentLeaves(Sequence size, std::vector<Digest> leaves)
    : first_(size - leaves.size()), next_(size), slots_(std::move(leaves)) {
  check(slots_.size() <= max && slots_.size() <= size, "the caller has counted the leaves");
}

void RecentLeaves::add(const Digest& leaf) {
  if (slots_.size() < max) {
    slots_.push_back(leaf);
  } else {
    slots_[slot_of(next_)] = leaf;
  }
  ++next_;
}

bool RecentLeaves::holds(Sequence sequence, const Digest& leaf) const {
  return sequence < next_ && next_ - sequence <= slots_.size() && slots_[slot_of(sequence)] == leaf;
}

std::vector<Digest> RecentLeaves::in_order() const {
  std::vector<Digest> leaves;
  leaves.reserve(slots_.size());
  for (Sequence sequence = next_ - slots_.size(); sequence != next_; ++sequence)
    leaves.push_back(slots_[slot_of(sequence)]);
  return leaves;
}

}  // namespace braid::kafka
