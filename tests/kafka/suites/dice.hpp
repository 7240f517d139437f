#pragma once
#include <chrono>
#include <cstdint>
#include <random>
#include <string>
#include <thread>
#include <vector>

namespace braid::test {

/// Chance of a suite, and its seed, which is printed: BRAID_SEED in the environment is taken instead.
/// How processes and brokers run in between is chance of its own. Thread: one.
class Dice {
 public:
  explicit Dice(const std::string& suite);

  [[nodiscard]] std::uint32_t seed() const { return seed_; }
  std::size_t below(std::size_t count) { return random_() % count; }
  template <class Of>
  const Of& one_of(const std::vector<Of>& all) {
    return all[below(all.size())];
  }
  /// Sleeps for any time up to `most`.
  void wait(std::chrono::milliseconds most) {
    std::this_thread::sleep_for(
        std::chrono::microseconds(below(static_cast<std::size_t>(most.count()) * 1000 + 1)));
  }

 private:
  std::uint32_t seed_;
  std::mt19937 random_;
};

/// What a suite counted, on standard output: "kills: 20 kills, 3 fenced".
void report(const std::string& suite, const std::string& counted);

}  // namespace braid::test
