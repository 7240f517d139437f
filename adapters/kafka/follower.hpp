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

/// Where a follower keeps how far it has read: small values, one a partition. May lag behind the
/// copy, and is never ahead of it.
class PositionStore {
 public:
  virtual ~PositionStore() = default;
  [[nodiscard]] virtual std::optional<OwnedBytes> load(std::uint32_t partition) const = 0;
  /// In one step: after a kill there is the old value or the new. Throws IoFault, StorageFull.
  virtual void store(std::uint32_t partition, Bytes position) = 0;
};

/// How a partition's following stands: for writers that wait for themselves, and for `braid status`.
/// Tells only what the copy holds.
struct Followed {
  HistoryReader reader;                   ///< next offset, writer, torn, opened, chain, counters
  Offset read_to = 0;                     ///< all before it is read: messages, and Kafka's own marks
  Offset high_watermark = -1;             ///< as last heard; -1: not heard yet
  std::optional<WriterId> last_writer;    ///< of the last valid entry; nothing: none was met yet
  Offset last_offset = -1;                ///< at which it stands
  std::int64_t barrier_timestamp_ms = 0;  ///< the broker's, of the current writer's barrier
  std::uint64_t caught_up = 0;  ///< the last question of `catch_up` whose answer is yes
  std::string stopped;          ///< why it follows no further; empty: it follows
};

/// Keeps the copies of a ledger's histories up to date with their topics: the only reader of the
/// log's topics in a process. It reads from its stored position, with `auto.offset.reset=error`,
/// and the message that it read last again first; takes every message through a HistoryReader;
/// appends what is valid to `copy`, durably, a batch at a time; and stores its position behind that,
/// at most once a second and at the end. What it reads again after a kill is compared with the copy.
/// Where the history differs or was cut it stops following that partition, and says so.
///
/// It runs an Asio loop on a thread of its own; the functions below are for any thread.
class Follower {
 public:
  struct Options {
    /// Sentences for the operator: waiting for brokers, void messages, torn writers, resumed.
    std::function<void(std::string)> say;
    /// Called after entries of a partition were appended, its writer changed, or it stopped.
    std::function<void(std::uint32_t partition)> moved;
  };

  /// Borrows all; they outlive it. `copy`'s writers are taken over by it and by nobody else. What
  /// Options holds is called on the follower's thread (`say` by `follow` too), and must neither wait
  /// nor call the follower. Throws Fault.
  Follower(const Connection& connection, Topics topics, ledger::EventLog& copy,
           PositionStore& positions, Options options);
  /// Stores the positions.
  ~Follower();
  Follower(const Follower&) = delete;
  Follower& operator=(const Follower&) = delete;

  /// Takes the copy's writer over and begins. Nothing where it follows the partition already. Throws
  /// Fenced where another process keeps the copy; IoFault, StorageFull.
  void follow(std::uint32_t partition);
  /// Stores the position and lets the copy go. Returns when that is done.
  void leave(std::uint32_t partition);

  /// These three are about a partition that is followed.
  [[nodiscard]] Followed state(std::uint32_t partition) const;
  /// Asks whether all that the partition holds now is read: the answer is yes when `caught_up` has
  /// reached the number that it gives.
  std::uint64_t ask_for_end(std::uint32_t partition) const;
  /// Waits until all that the partition held when this was called is read: true. False: `patience`
  /// ran out, the brokers did not answer. Throws HistoryBroken where following has stopped.
  bool catch_up(std::uint32_t partition, std::chrono::milliseconds patience) const;
  /// Waits until `done` says so of the partition's state, asked at once and each time it moves; it
  /// must not call the follower. False: patience ran out. Throws HistoryBroken where following has
  /// stopped and `done` says no.
  bool wait(std::uint32_t partition, const std::function<bool(const Followed&)>& done,
            std::chrono::milliseconds patience) const;
  /// Of the client that reads.
  [[nodiscard]] ClientHealth health() const;

 private:
  class Seen;
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace braid::kafka
