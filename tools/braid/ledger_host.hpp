#pragma once
#include <functional>
#include <map>
#include <memory>

#include "events/task_pool.hpp"
#include "ledger/answer.hpp"
#include "tools/braid/checkpoint_thread.hpp"
#include "tools/braid/ledger.hpp"
#include "tools/braid/partition_host.hpp"
#include "tools/braid/rounds.hpp"

namespace braid::cli {

/// One ledger, open for writing: the object graph of its sequencers. It holds the writer lock from
/// beginning to end; a partition is opened when its first submission comes. Thread: one at a time;
/// signatures are checked on a second.
class LedgerHost {
 public:
  struct Options {
    unsigned threads = 2;
    std::filesystem::path key = {};  ///< signs checkpoints; empty: that of the ledger's folder
    /// A round was appended: views may go on.
    std::function<void()> appended = {};
    /// What this process has opened of the ledger is of no more use: let go of it.
    std::function<void()> lost = {};
  };

  /// Throws Fenced, naming the process that holds the ledger; UsageError where `key` may not sign.
  LedgerHost(Ledger ledger, Options options);
  /// Writes states behind their logs and signs checkpoints, as far as the machine lets it.
  ~LedgerHost();
  LedgerHost(const LedgerHost&) = delete;
  LedgerHost& operator=(const LedgerHost&) = delete;

  /// An answer to each, in order. What is not malformed is judged in rounds, a round in one append
  /// a partition, the register's first; while a round is judged the next one's signatures are
  /// checked. Where the machine fails, the round's submissions to that partition are answered with
  /// `Unavailable`, and the partition is opened anew on next use. Throws Fenced when another writer
  /// has taken over.
  std::vector<ledger::Answer> submit(std::span<const OwnedBytes> framed);

  /// The decider's state of a partition, opened for it.
  const ledger::State& state(std::uint32_t partition) { return open(partition).state(); }
  /// When idle: writes what is behind the logs, so that the next start is quick.
  void flush();

 private:
  struct Round;

  void decide_round(Round& round);
  void decide_partition(std::uint32_t partition, Round& round,
                        std::span<const std::size_t> members);
  PartitionHost& open(std::uint32_t partition);
  void give_up(std::uint32_t partition, bool all);
  void sign_checkpoints(CheckpointThread::Occasion occasion);

  Ledger ledger_;
  Options options_;
  lmdb::EventLog log_;
  TaskPool pool_;
  CheckpointThread checkpoints_;
  std::unique_ptr<ledger::LogWriter> held_;  ///< keeps the lock while no partition is open
  std::map<std::uint32_t, std::unique_ptr<PartitionHost>> partitions_;
};

}  // namespace braid::cli
