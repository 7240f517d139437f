#pragma once
#include <chrono>
#include <functional>
#include <string>
#include <vector>

namespace braid::bench {

/// Runs `work` and returns the wall-clock seconds it took.
double seconds(const std::function<void()>& work);

/// One measured thing: its rates per second over the rounds.
struct Series {
  std::string name;
  std::string unit;  ///< what a second has so many of
  std::vector<double> rates;

  [[nodiscard]] double median() const;
  [[nodiscard]] double least() const;
  [[nodiscard]] double most() const;
};

/// Measured side by side, a round of each in turn, so that a machine whose speed drifts slows all
/// of them. Prints a row each: median, spread, and the ratio to the first, taken round by round.
void print(const std::string& title, const std::vector<Series>& series);

/// The machine and the versions that the figures are of.
std::string machine();

/// The most memory this process has had, in bytes.
std::size_t peak_memory();

}  // namespace braid::bench
