#pragma once
#include <chrono>
#include <cstdint>
#include <string>

namespace braid::cli {

/// How far long work has come, with a rate: one line on a terminal, rewritten; nothing in a pipe.
class Progress {
 public:
  /// `what`: "partition 0"; `unit`: "entries".
  Progress(std::string what, std::string unit);
  /// Clears the line.
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  /// `whole` 0: not known.
  void show(std::uint64_t done, std::uint64_t whole);

 private:
  using Clock = std::chrono::steady_clock;

  std::string what_;
  std::string unit_;
  bool on_terminal_;
  Clock::time_point begun_;
  Clock::time_point shown_;
};

/// "1,234,567".
std::string grouped(std::uint64_t number);
/// "1,234,567/s"; of no time at all, "".
std::string rate(std::uint64_t count, std::chrono::duration<double> time);

}  // namespace braid::cli
