#pragma once
#include <array>
#include <cstring>

#include "events/bytes.hpp"

namespace braid {

/// Overwrites bytes in a way that no optimiser drops.
void wipe(std::span<std::byte> bytes) noexcept;

/// Bytes from the operating system's generator, fit for keys, nonces and identifiers. Throws Fault
/// when there is none.
void fill_random(std::span<std::byte> bytes);

/// N bytes for their owner's eyes: moved but not copied, wiped when the owner goes, without a way
/// to print or compare them.
template <std::size_t N>
class Secret {
 public:
  Secret() = default;
  explicit Secret(std::span<const std::byte, N> bytes) noexcept {
    std::memcpy(bytes_.data(), bytes.data(), N);
  }
  Secret(Secret&& other) noexcept : bytes_(other.bytes_) { wipe(other.bytes_); }
  Secret& operator=(Secret&& other) noexcept {
    if (this != &other) {
      bytes_ = other.bytes_;
      wipe(other.bytes_);
    }
    return *this;
  }
  ~Secret() { wipe(bytes_); }

  static Secret random() {
    Secret secret;
    fill_random(secret.bytes_);
    return secret;
  }

  /// The bytes themselves. Whoever copies them wipes the copy.
  std::span<const std::byte, N> expose() const noexcept { return bytes_; }
  std::span<std::byte, N> expose() noexcept { return bytes_; }

 private:
  std::array<std::byte, N> bytes_{};
};

}  // namespace braid
