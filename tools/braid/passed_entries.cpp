#include "tools/braid/passed_entries.hpp"

#include <algorithm>

#include "tools/braid/first_entries.hpp"

namespace braid::cli {

void PassedEntries::pass(Sequence entries) {
  {
    const std::scoped_lock lock(mutex_);
    passed_ = std::max(passed_, entries);
  }
  changed_.notify_all();
}

void PassedEntries::end() {
  {
    const std::scoped_lock lock(mutex_);
    ended_ = true;
  }
  changed_.notify_all();
}

void PassedEntries::abandon() {
  {
    const std::scoped_lock lock(mutex_);
    ended_ = abandoned_ = true;
  }
  changed_.notify_all();
}

void PassedEntries::read(Sequence from, std::size_t max_bytes, std::chrono::milliseconds,
                         EntryBatch& batch) const {
  Sequence passed = 0;
  {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return ended_ || passed_ > from || from >= source_.size(); });
    passed = abandoned_ ? 0 : passed_;
  }
  if (passed <= from && from < source_.size())
    throw HistoryBroken("entry " + std::to_string(from) + " was not reached");
  FirstEntries(source_, passed).read(from, max_bytes, std::chrono::milliseconds{0}, batch);
}

}  // namespace braid::cli
