#pragma once
#include <chrono>
#include <thread>

namespace braid::support {

/// Whether it becomes so within half a minute: for tests that wait for another process.
template <class Condition>
bool soon(Condition is_so) {
  constexpr std::chrono::milliseconds pause{50};
  constexpr int looks = 600;
  for (int i = 0; i < looks; ++i) {
    if (is_so()) return true;
    std::this_thread::sleep_for(pause);
  }
  return false;
}

}  // namespace braid::support
