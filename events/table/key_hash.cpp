#include "events/table/key_hash.hpp"

#include <random>

namespace braid {

std::uint64_t key_hash_seed() noexcept {
  static const std::uint64_t seed = [] {
    std::random_device random;
    return std::uint64_t{random()} << 32 | random();
  }();
  return seed;
}

}  // namespace braid
