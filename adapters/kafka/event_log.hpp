#pragma once
#include <functional>
#include <memory>

#include "adapters/kafka/follower.hpp"

namespace braid::kafka {

/// What a new writer found when it had taken a partition over and not yet opened it: what
/// takeover_check asks about.
struct TakenOver {
  std::uint32_t partition = 0;
  Followed found;                          ///< read to our own barrier
  std::int64_t barrier_timestamp_ms = 0;   ///< the broker's clock
};

/// The engine: histories in Kafka's topics, read through the follower's copies.
class EventLog final : public ledger::EventLog {
 public:
  struct Options {
    /// Between the barrier and the opening: throws Fenced or HistoryBroken, with the sentence for
    /// the operator, where the writer must not serve. Empty: serves at once.
    std::function<void(const TakenOver&)> before_opening;
    std::function<void(std::string)> say;
    /// An append waits for the brokers without end unless told to stop: then throws OutcomeUnknown.
    std::function<bool()> stopping;
  };

  /// Borrows all; they outlive it. `follower` follows a partition before it is read or taken over.
  EventLog(const Connection& connection, Topics topics, const ledger::EventLog& copy,
           Follower& follower, Options options);
  ~EventLog() override;

  [[nodiscard]] std::unique_ptr<EntrySource> reader(std::uint32_t partition) const override;

  /// Steps 1 to 3 of the protocol: draws a writer id, reads to the end, sends a barrier that follows
  /// the current writer, reads to it; asks `before_opening`; sends the opening and reads it back.
  /// Throws Fenced where another was faster.
  ///
  /// The writer's `append` sends, and returns when delivery reports and entries read back agree
  /// (step 6). It throws Fenced at a foreign barrier: do not take the partition over again until
  /// the group assigns it anew. Throws OutcomeUnknown at anything else: take over again.
  [[nodiscard]] std::unique_ptr<ledger::LogWriter> take_over(std::uint32_t partition) override;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace braid::kafka
