#pragma once
#include <functional>
#include <memory>

#include "events/submission.hpp"
#include "ledger/decide.hpp"
#include "ledger/event_log.hpp"

namespace braid::ledger {

/// A submission and where its first event to be judged stands in the queue: events before
/// `position.index` have their entries already. Borrows the submission.
struct Queued {
  const CheckedSubmission* checked = nullptr;
  QueuePosition position;
};

/// What a publisher is told of one event. True for ever: given only for what is durable.
struct Receipt {
  enum class Outcome { accepted, refused };

  Uuid event;
  Outcome outcome{};
  bool repeated = false;  ///< accepted before; what is said is what was said then
  std::uint32_t partition = 0;
  Sequence sequence = 0;          ///< of the accepted entry, or of the refusal
  Digest leaf;                    ///< that entry's leaf hash
  std::vector<Finding> findings;  ///< why refused; or what was flagged

  bool operator==(const Receipt&) const = default;
};

/// Judges submissions of one partition in order and appends what it finds: the only writer of that
/// partition.
///
/// It starts from the state's position, replays the log to its end, then serves. A batch of
/// submissions becomes one append; receipts are returned only for what that append made durable.
/// When `decide_all` throws, the sequencer is spent, for its state is ahead of the log: destroy it,
/// and start another, which reads what the log holds. Thread: its own.
class Sequencer {
 public:
  /// Borrows all; they outlive it. For the register itself, `registry` is `own`. `now_us` gives UTC
  /// microseconds: the only clock, and only for recorded-at. Throws HistoryBroken where state and
  /// log contradict each other.
  Sequencer(std::uint32_t partition, const EntrySource& own, const EntrySource& registry,
            LogWriter& writer, RowStore& store, std::function<std::int64_t()> now_us);
  ~Sequencer();

  /// Judges, appends, answers: for each submission one receipt an event, from `position.index` on,
  /// in order. Follows the register first. `queue` continues at `next()`. Throws what
  /// LogWriter::append throws.
  std::vector<std::vector<Receipt>> decide_all(std::span<const Queued> queue);

  /// The next event to be judged: what `decide_all` expects first.
  [[nodiscard]] QueuePosition next() const;
  /// Writes the state behind the log; called when idle and on a clean stop.
  void flush();

  [[nodiscard]] const State& state() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace braid::ledger
