#pragma once
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "adapters/kafka/history_reader.hpp"
#include "adapters/kafka/topics.hpp"
#include "ledger/event_log.hpp"

namespace braid::kafka {

/// Where a follower keeps how far it has read: small values, one a partition. May lag behind the copy.
class PositionStore {
 public:
  virtual ~PositionStore() = default;
  [[nodiscard]] virtual std::optional<OwnedBytes> load(std::uint32_t partition) const = 0;
  /// In one step: after a kill there is the old value or the new. Throws IoFault, StorageFull.
  virtual void store(std::uint32_t partition, Bytes position) = 0;
};

/// How a partition's following stands: for writers that wait for themselves, and for `braid status`.
struct Followed {
  HistoryReader reader;              ///< next offset, writer, torn, opened, chain, counters
  std::int64_t high_watermark = -1;  ///< as last heard; -1: not heard yet
  std::optional<WriterId> last_writer;  ///< of the last valid entry
  std::int64_t last_offset = -1;        ///< at which it stands
  std::int64_t barrier_timestamp_ms = 0;  ///< the broker's, of the current writer's barrier
  std::string stopped;                 ///< why it follows no further; empty: it follows
};

/// Keeps the copies of a ledger's histories up to date with their topics: the only reader of the log's topics in
/// a process. It reads by `assign`, from its stored position, with `auto.offset.reset=error`; takes
/// every message through a HistoryReader; appends what is valid to `copy`, durably, a batch at a
/// time; and stores its position behind that. What it reads again after a kill is compared with the
/// copy, and a difference stops it.
///
/// It runs an Asio loop on a thread of its own; the functions below are for any thread.
class Follower {
 public:
  struct Options {
    /// Sentences for the operator: waiting for brokers, void messages, torn writers, resumed.
    std::function<void(std::string)> say;
    /// Called on the follower's thread after entries of a partition were appended, or its writer changed.
    std::function<void(std::uint32_t partition)> moved;
  };

  /// Borrows all; they outlive it. `copy`'s writers are taken over by it and by nobody else.
  Follower(const Connection& connection, Topics topics, ledger::EventLog& copy,
           PositionStore& positions, Options options);
  /// Stores the positions.
  ~Follower();
  Follower(const Follower&) = delete;
  Follower& operator=(const Follower&) = delete;

  void follow(std::uint32_t partition);
  void leave(std::uint32_t partition);

  [[nodiscard]] Followed state(std::uint32_t partition) const;
  /// Waits until all that the partition held when this was called is read: true. False: `patience`
  /// ran out, the brokers did not answer. Throws HistoryBroken where following has stopped.
  bool catch_up(std::uint32_t partition, std::chrono::milliseconds patience) const;
  /// Waits until `done` says so of the partition's state, asked each time it moves. False: patience ran out.
  /// Throws HistoryBroken where following has stopped.
  bool wait(std::uint32_t partition, const std::function<bool(const Followed&)>& done,
            std::chrono::milliseconds patience) const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace braid::kafka
