#pragma once
#include <atomic>
#include <chrono>
#include <functional>
#include <string>
#include <thread>
#include <vector>

namespace braid::bench {

/// What some work took: by the clock on the wall, and of the processor, all threads of this process
/// together. The second tells more where others keep the machine busy.
struct Seconds {
  double wall = 0;
  double processor = 0;
};

Seconds seconds(const std::function<void()>& work);

/// One measured thing, over the rounds.
struct Series {
  std::string name;
  std::string unit;                       ///< what is counted
  std::vector<double> rates = {};         ///< so many a second, by the wall
  std::vector<double> processor_us = {};  ///< microseconds of processor each

  void add(double count, const Seconds& took);
};

/// Measured side by side, a round of each in turn, so that a machine whose speed drifts slows all
/// of them. Prints a row each: median, spread, the ratio to the first, taken round by round, and the
/// median of the processor's time for each.
void print(const std::string& title, const std::vector<Series>& series);

/// The machine and the versions that the figures are of.
std::string machine();

/// The most memory that this process holds while some work runs, looked at twenty times a second:
/// its own, which swapping or an end must pay for, and pages of files, which the system takes back
/// as it likes.
class MemoryWatch {
 public:
  MemoryWatch();

  /// In bytes, since it was made.
  [[nodiscard]] std::size_t own() const { return own_; }
  [[nodiscard]] std::size_t of_files() const { return of_files_; }

 private:
  void look();

  std::atomic<std::size_t> own_ = 0;
  std::atomic<std::size_t> of_files_ = 0;
  std::jthread thread_;
};

}  // namespace braid::bench
