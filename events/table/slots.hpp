#pragma once
#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace braid {

/// A sequence of values that stay where they are while it grows.
template <class T>
class Slots {
 public:
  Slots() = default;
  Slots(const Slots&) = delete;
  Slots& operator=(const Slots&) = delete;
  ~Slots() { cut(0); }

  T& operator[](std::uint32_t number) noexcept {
    return chunks_[number / per_chunk][number % per_chunk];
  }
  [[nodiscard]] std::uint32_t size() const noexcept { return size_; }
  [[nodiscard]] std::size_t bytes() const noexcept {
    return chunks_.size() * per_chunk * sizeof(T);
  }

  /// A new value at the end, as T's constructor makes it.
  T& add() {
    if (size_ == chunks_.size() * per_chunk)
      chunks_.push_back(std::allocator<T>().allocate(per_chunk));
    T* const made = std::construct_at(&(*this)[size_]);
    ++size_;
    return *made;
  }

  /// Ends the values from `size` on, and gives back the memory that then holds none.
  void cut(std::uint32_t size) noexcept {
    while (size_ > size) std::destroy_at(&(*this)[--size_]);
    for (; chunks_.size() * per_chunk >= size + per_chunk; chunks_.pop_back())
      std::allocator<T>().deallocate(chunks_.back(), per_chunk);
  }

 private:
  static constexpr std::size_t per_chunk =
      std::bit_floor(std::max<std::size_t>(16, (64 << 10) / sizeof(T)));

  std::vector<T*> chunks_;
  std::uint32_t size_ = 0;
};

}  // namespace braid
