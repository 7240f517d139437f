#include "events/task_pool.hpp"

#include <utility>

namespace braid {

TaskPool::TaskPool(unsigned threads) {
  for (unsigned i = 1; i < threads; ++i) threads_.emplace_back([this] { work(); });
}

TaskPool::~TaskPool() {
  {
    const std::scoped_lock lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
}

bool TaskPool::take_one(std::unique_lock<std::mutex>& lock) {
  if (next_ == tasks_.size()) return false;
  const auto& task = tasks_[next_++];
  ++running_;
  lock.unlock();
  std::exception_ptr failure;
  try {
    task();
  } catch (...) {
    failure = std::current_exception();
  }
  lock.lock();
  --running_;
  if (failure && !failure_) failure_ = failure;
  if (running_ == 0 && next_ == tasks_.size()) changed_.notify_all();
  return true;
}

void TaskPool::work() {
  std::unique_lock lock(mutex_);
  while (!stopping_)
    if (!take_one(lock)) changed_.wait(lock, [this] { return stopping_ || next_ < tasks_.size(); });
}

void TaskPool::run(std::span<const std::function<void()>> tasks) {
  std::unique_lock lock(mutex_);
  tasks_ = tasks;
  next_ = 0;
  if (!threads_.empty()) changed_.notify_all();
  while (take_one(lock)) {
  }
  changed_.wait(lock, [this] { return running_ == 0; });
  tasks_ = {};
  next_ = 0;
  if (failure_) std::rethrow_exception(std::exchange(failure_, nullptr));
}

}  // namespace braid
