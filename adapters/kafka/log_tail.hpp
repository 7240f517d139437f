#pragma once
#include <optional>

#include "events/entry_source.hpp"
#include "events/merkle.hpp"
#include "ledger/state.hpp"

namespace braid::kafka {

/// What the end of a partition's log says of the queue and of what it was judged by: all that a new
/// writer needs to know of the log before it serves. A value.
struct LogTail {
  /// The submission that was recorded last.
  struct Last {
    std::uint64_t offset = 0;
    Digest root;  ///< as its `received` entry has it

    bool operator==(const Last&) const = default;
  };

  Sequence size = 0;
  std::optional<Last> last;
  ledger::QueuePosition next;      ///< the event to be judged next, as far as the log knows
  Sequence register_size = 0;      ///< the most register entries that an entry was judged with
  std::uint16_t rule_book = 0;     ///< the newest by which an entry was judged

  bool operator==(const LogTail&) const = default;
};

/// Reads at most Submission::max_events and one entries: the last submission is among them. Throws
/// HistoryBroken where they are not what a sequencer writes.
LogTail tail_of(const EntrySource& history);

}  // namespace braid::kafka
