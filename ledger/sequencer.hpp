#pragma once
#include <functional>
#include <variant>

#include "events/submission.hpp"
#include "ledger/decide.hpp"
#include "ledger/event_log.hpp"

namespace braid::ledger {

/// A submission and where it stands in its queue. `first_index`: its events before that have their entries already.
struct Queued {
  CheckedSubmission checked;
  std::uint32_t generation = 0;
  std::uint64_t offset = 0;
  std::uint32_t first_index = 0;
};

/// What a publisher is told of one event. True for ever: given only for what is durable.
struct Receipt {
  Uuid event;
  enum class Outcome { accepted, refused, repeated } outcome{};
  std::uint32_t partition = 0;
  Sequence sequence = 0;             ///< of the accepted entry (also when repeated: the first), or of the refusal
  Digest leaf;                       ///< that entry's leaf hash
  std::vector<Finding> findings;     ///< why refused; or what was flagged
};

/// Judges submissions of one partition in order and appends what it finds: the only writer of that partition.
///
/// It starts from the state's position, replays the log to its end, then serves. A batch of submissions becomes one append;
/// receipts are returned only for what that append made durable. When `append` throws, the sequencer is spent: its state is
/// ahead of the log. Destroy it, and start another, which reads what the log holds. Thread: its own.
class Sequencer {
 public:
  /// Borrows all; they outlive it. `now_us` gives UTC microseconds: the only clock, and only for recorded-at.
  Sequencer(std::uint32_t partition, const EntrySource& own, const EntrySource& registry, LogWriter& writer,
            RowStore& store, std::function<std::int64_t()> now_us);

  /// Judges, appends, answers: one receipt for each event of each submission, in order. Follows the register first.
  std::vector<std::vector<Receipt>> decide_all(std::span<const Queued> submissions);

  /// Writes the state behind the log; called when idle, on a clean stop, and by itself when many rows have changed.
  void flush();

  [[nodiscard]] const State& state() const;
};

}  // namespace braid::ledger
