#pragma once
#include <chrono>
#include <functional>
#include <memory>

namespace braid::cli {

/// Waits for SIGINT or SIGTERM, in the one loop of a process that goes on until it is told to stop.
/// From its construction on neither signal ends the process.
class UntilStopped {
 public:
  UntilStopped();
  ~UntilStopped();
  UntilStopped(const UntilStopped&) = delete;
  UntilStopped& operator=(const UntilStopped&) = delete;

  /// Calls `work` again and again, so long after it returned, while `run` waits.
  void every(std::chrono::milliseconds interval, std::function<void()> work);
  /// Returns when a signal came or somebody called `stop`.
  void run();
  /// Thread: any; also before `run`.
  void stop();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace braid::cli
