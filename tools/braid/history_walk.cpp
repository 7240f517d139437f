#include "tools/braid/history_walk.hpp"

#include "events/faults.hpp"

namespace braid::cli {

const ReadEntry* HistoryWalk::next() {
  const auto sequence = chain_.size();
  if (sequence == size_) return nullptr;
  const auto here = "entry " + std::to_string(sequence) + ": ";
  if (at_ == entries_.bytes().size()) {
    entries_.read(source_, sequence, ReadEntries::batch_bytes, std::chrono::milliseconds{0},
                  ReadEntries::Events::formed);
    at_ = 0;
    if (entries_.empty())
      throw HistoryBroken(here + "the log ends here, and held " + std::to_string(size_) +
                          " entries");
  }
  if (at_ == entries_.entries().size()) throw HistoryBroken(here + entries_.unreadable());
  const auto& entry = entries_.entries()[at_++];
  if (!entry.formless.empty())
    throw HistoryBroken(here + "its event could not have been recorded: " +
                        std::string(entry.formless));
  chain_.follow(entry.head, entry.leaf);
  return &entry;
}

}  // namespace braid::cli
