#pragma once
#include <cstring>
#include <string_view>
#include <type_traits>

#include "events/wide.hpp"

namespace braid {

/// A number drawn when the program starts, so that nobody outside can choose keys whose hashes
/// collide. It orders nothing that leaves the program: rows are flushed in the order of their keys.
std::uint64_t key_hash_seed() noexcept;

/// Mixes the fields of a key into 64 bits of which all are good. (The multiply-and-fold of wyhash.)
class KeyHash {
 public:
  explicit KeyHash(std::uint64_t seed = key_hash_seed()) noexcept : state_(seed) {}

  /// A native value supplies `void hash_into(KeyHash&, const T&)` (native_rows.hpp).
  template <class T>
  void add(const T& value) noexcept {
    if constexpr (std::is_integral_v<T> || std::is_enum_v<T>)
      add_word(static_cast<std::uint64_t>(value));
    else if constexpr (std::is_convertible_v<const T&, std::string_view>)
      add_text(value);
    else
      hash_into(*this, value);
  }
  void add_word(std::uint64_t word) noexcept { state_ = fold(state_ ^ word, 0x9fb21c651e98df25); }
  [[nodiscard]] std::uint64_t value() const noexcept { return fold(state_, 0xa0761d6478bd642f); }

 private:
  static std::uint64_t fold(std::uint64_t a, std::uint64_t b) noexcept {
    const auto product = UnsignedWide{a} * b;
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
  }
  void add_text(std::string_view text) noexcept {
    std::uint64_t word;
    std::size_t at = 0;
    for (; at + sizeof word <= text.size(); at += sizeof word) {
      std::memcpy(&word, text.data() + at, sizeof word);
      add_word(word);
    }
    word = text.size();
    add_word(word);
    word = 0;
    std::memcpy(&word, text.data() + at, text.size() - at);
    add_word(word);
  }

  std::uint64_t state_;
};

}  // namespace braid
