#pragma once
#include <functional>
#include <memory>

#include "events/submission.hpp"
#include "ledger/decide.hpp"
#include "ledger/event_log.hpp"
#include "ledger/receipt.hpp"

namespace braid::ledger {

/// A submission and where its first event to be judged stands in the queue: events before
/// `position.index` have their entries already. Borrows the submission.
///
/// Positions go forward and may leave out some: what is malformed is answered and not recorded, and
/// a queue may hold what is no submission at all.
struct Queued {
  const CheckedSubmission* checked = nullptr;
  QueuePosition position;
};

/// Judges submissions of one partition in order and appends what it finds.
///
/// It *follows* at first: it starts from the state's position and takes what the log holds, so that
/// it is ready whenever it is needed. Given the partition's writer, it *leads*: it is the only one
/// that writes the partition, a batch of submissions becomes one append, and receipts are returned
/// only for what that append made durable. The state stored never runs ahead of the log.
///
/// When `decide_all` throws, the sequencer is spent, for its state in memory is ahead of the log:
/// destroy it, and start another, which reads what the log holds. Thread: its own.
class Sequencer {
 public:
  /// Follows, from the stored state to the ends of log and register. Borrows all; they outlive it.
  /// For the register itself, `registry` is `own`. `now_us` gives UTC microseconds: the only clock,
  /// and only for recorded-at. Throws HistoryBroken where state and log contradict each other.
  Sequencer(std::uint32_t partition, const EntrySource& own, const EntrySource& registry,
            RowStore& store, std::function<std::int64_t()> now_us, StateLimits limits = {});
  ~Sequencer();

  /// Takes what log and register have gained since; writes the state where many rows have changed.
  /// Only while it follows. Ends early where `stopping` says so.
  void follow(const std::function<bool()>& stopping = {});
  /// Follows to the end, then leads. Borrows `writer`, which has taken the partition over: from
  /// here on nobody else appends.
  void lead(LogWriter& writer);
  /// Follows again: somebody else is to lead. Not after `decide_all` threw.
  void stop_leading();

  /// Judges, appends, answers: for each submission one receipt an event, from `position.index` on,
  /// in order. Follows the register first. `queue` continues at `next()` or, unless
  /// `is_inside_submission()`, behind it. Throws what LogWriter::append throws.
  std::vector<std::vector<Receipt>> decide_all(std::span<const Queued> queue);

  /// The next event to be judged: what `decide_all` expects first.
  [[nodiscard]] QueuePosition next() const;
  /// Of one that leads: the log ends inside the submission at `next()`, which must come first.
  [[nodiscard]] bool is_inside_submission() const;
  /// Writes the state behind the log; called when idle and on a clean stop.
  void flush();

  [[nodiscard]] const State& state() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace braid::ledger
