#pragma once
#include <condition_variable>
#include <exception>
#include <functional>
#include <mutex>
#include <span>
#include <thread>
#include <vector>

namespace braid {

/// Runs a round of independent tasks on a few threads, the caller's among them. Tasks are taken in
/// order: put the longest first. One round at a time; `run` returns when all are done, and rethrows
/// the first exception of any.
class TaskPool {
 public:
  /// `threads` counts the caller: 1 runs everything on it.
  explicit TaskPool(unsigned threads);
  ~TaskPool();
  TaskPool(const TaskPool&) = delete;
  TaskPool& operator=(const TaskPool&) = delete;

  void run(std::span<const std::function<void()>> tasks);

 private:
  void work();
  bool take_one(std::unique_lock<std::mutex>& lock);

  std::mutex mutex_;
  std::condition_variable changed_;
  std::span<const std::function<void()>> tasks_;
  std::size_t next_ = 0;
  std::size_t running_ = 0;
  bool stopping_ = false;
  std::exception_ptr failure_;
  std::vector<std::jthread> threads_;
};

}  // namespace braid
