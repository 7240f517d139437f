#pragma once
#include <functional>
#include <memory>
#include <string>

#include "adapters/kafka/follower.hpp"

namespace braid::kafka {

/// What a new writer found when it had taken a partition over and not yet opened it: what
/// takeover_check asks about.
struct TakenOver {
  std::uint32_t partition = 0;
  WriterId before;                        ///< who wrote until then; nil: nobody
  Followed found;                         ///< read to our own barrier
  std::int64_t barrier_timestamp_ms = 0;  ///< the broker's clock
};

/// The engine: histories in Kafka's topics, read through the follower's copies.
class EventLog final : public ledger::EventLog {
 public:
  struct Options {
    /// Between the barrier and the opening: throws Fenced or HistoryBroken, with the sentence for
    /// the operator, where the writer must not serve. Empty: serves at once.
    std::function<void(const TakenOver&)> before_opening;
    /// Sentences for the operator. Empty: says nothing.
    std::function<void(std::string)> say;
    /// A writer waits for the brokers without end, unless told to stop: that the process ends, or
    /// that the partition is no longer ours. Then it throws OutcomeUnknown. Empty: never.
    std::function<bool()> stopping;
  };

  /// Borrows all; they outlive it and its writers. What Options holds is called on the writer's
  /// thread.
  EventLog(const Connection& connection, Topics topics, const ledger::EventLog& copy,
           Follower& follower, Options options);
  ~EventLog() override;

  /// Follows the partition where that is not done yet.
  [[nodiscard]] std::unique_ptr<EntrySource> reader(std::uint32_t partition) const override;

  /// Steps 1 to 3 of the protocol: draws a writer id, reads to the end, sends a barrier that follows
  /// the current writer, reads to it; asks `before_opening`; sends the opening and reads it back.
  /// Throws Fenced where another was faster.
  ///
  /// The writer's `append` sends, and returns when delivery reports and entries read back agree
  /// (step 6). It throws Fenced at a foreign barrier: do not take the partition over again until
  /// the group assigns it anew. Throws OutcomeUnknown at anything else: take over again. Throws
  /// IoFault where the brokers refuse what it sends, HistoryBroken where following has stopped: a
  /// person must look. It ends at each of these; a writer that has ended throws Fenced.
  [[nodiscard]] std::unique_ptr<ledger::LogWriter> take_over(std::uint32_t partition) override;

 private:
  const Connection& connection_;
  Topics topics_;
  const ledger::EventLog& copy_;
  Follower& follower_;
  Options options_;
};

}  // namespace braid::kafka
