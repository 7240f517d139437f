#pragma once
#include <atomic>
#include <chrono>
#include <cstdint>
#include <filesystem>

namespace braid::lmdb {

/// Wakes those who wait for a log to grow, in this process and in others: a counter in a small file
/// that all of them map, with Linux's futex on it. A waiter that was about to sleep when it rang
/// does not sleep. Thread: any.
class Bell {
 public:
  /// Makes the file where it is missing; `silent` where that fails or the file may only be read by
  /// a ringer.
  [[nodiscard]] static Bell of_writer(const std::filesystem::path& file);
  /// `silent` where there is no file (yet).
  [[nodiscard]] static Bell of_reader(const std::filesystem::path& file);
  ~Bell();
  Bell(Bell&& other) noexcept;
  Bell& operator=(Bell&& other) noexcept;

  [[nodiscard]] bool silent() const noexcept { return counter_ == nullptr; }
  [[nodiscard]] std::uint32_t rings() const noexcept;
  void ring() noexcept;
  /// Returns when it has rung since `seen` rings, or after `patience`; sometimes earlier. A silent
  /// bell sleeps for as long.
  void wait(std::uint32_t seen, std::chrono::milliseconds patience) const noexcept;

 private:
  explicit Bell(std::atomic<std::uint32_t>* counter) noexcept : counter_(counter) {}

  std::atomic<std::uint32_t>* counter_;
};

}  // namespace braid::lmdb
