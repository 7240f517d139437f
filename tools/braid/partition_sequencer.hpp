#pragma once
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

#include "adapters/kafka/event_log.hpp"
#include "adapters/kafka/receipt_topic.hpp"
#include "events/task_pool.hpp"
#include "tools/braid/checkpoint_thread.hpp"
#include "tools/braid/kafka_ledger.hpp"
#include "tools/braid/queue_answers.hpp"
#include "tools/braid/queue_rounds.hpp"
#include "tools/braid/register_copy.hpp"
#include "tools/braid/warm_state.hpp"

namespace braid::cli {

/// What the partitions of a sequencing process share. Borrows all; they outlive the partitions.
struct SequencingProcess {
  KafkaLedger& kafka;
  const Ledger& ledger;
  kafka::ReceiptTopic& receipts;
  CheckpointThread& checkpoints;
  RegisterCopy& registry;
  ledger::StateLimits limits;
  /// Up to which offset of a partition's submissions receipts are known to be delivered.
  std::function<std::uint64_t(std::uint32_t partition)> delivered;
  /// A partition's decider is warm, for the first time, where somebody listens. Does not wait.
  std::function<void()> warm;
  /// What begins to be served, where somebody listens: a sentence. Does not wait.
  std::function<void(std::string)> serves;
  /// This process must end, with this sentence. Called from any thread; does not wait.
  std::function<void(std::string)> fail;
};

/// One partition of a ledger on Kafka, in a process that may sequence it. It follows the history to
/// its end, says that it is warm, and stands by; while the group has assigned the partition it takes
/// over, gives again what receipts may be missing, and serves. On a thread of its own; the functions
/// below are for any thread, and do not wait but where they say so.
class PartitionSequencer {
 public:
  enum class Doing { standing_by, taking_over, serving };

  PartitionSequencer(std::uint32_t partition, SequencingProcess process);
  ~PartitionSequencer();
  PartitionSequencer(const PartitionSequencer&) = delete;
  PartitionSequencer& operator=(const PartitionSequencer&) = delete;

  void assign();
  void revoke();
  /// The copy has grown.
  void moved();
  [[nodiscard]] Doing doing() const { return doing_; }

  /// Who has written the partition, as its own takeovers show it.
  struct Writers {
    kafka::WriterId own;              ///< as what it wrote last; nil before it ever did
    std::uint64_t times_replaced = 0;  ///< found by a takeover: another had written since its last
    kafka::WriterId replaced_by;      ///< who, the last time
  };
  [[nodiscard]] Writers writers() const;
  /// Ends the round in hand, answers it, writes the state; waits for that, and has a checkpoint
  /// signed. All that is called later changes nothing.
  void finish();

 private:
  class Serving;

  void work();
  void warm_up();
  void stand_by();
  void lead();
  void take_over_and_serve();
  void note_writers(const kafka::WriterId& before);
  void replaced(const std::string& by_whom);
  /// Where to serve from. Throws HistoryBroken where this process must not.
  [[nodiscard]] std::uint64_t check_takeover(const kafka::TakenOver& taken);
  void answer_and_serve(std::uint64_t from);
  void answer_again(std::uint64_t delivered);
  void tell(QueueAnswer answer);
  void serve(std::uint64_t from);
  void decide(QueueRound& round);
  void rest(CheckpointThread::Occasion occasion);
  void sign_checkpoint(CheckpointThread::Occasion occasion);
  /// Waits, at most so long, while nothing changes that `lead` or `stand_by` go by.
  void wait(std::chrono::milliseconds most);
  [[nodiscard]] std::uint64_t entries_behind() const;
  [[nodiscard]] bool may_lead() const;
  [[nodiscard]] bool stopping() const;
  [[nodiscard]] std::string name() const { return "partition " + name_of_partition(partition_); }

  std::uint32_t partition_;
  SequencingProcess process_;
  std::unique_ptr<WarmState> warm_;  ///< from the beginning of the thread on
  TaskPool pool_{2};
  std::string last_said_;
  std::atomic<Doing> doing_ = Doing::standing_by;

  mutable std::mutex mutex_;  ///< what follows
  std::condition_variable changed_;
  bool assigned_ = false;
  bool moved_ = false;
  bool stopping_ = false;
  Writers writers_;
  QueueRounds* serving_ = nullptr;  ///< whose wait is to end when something changes

  std::thread thread_;
};

}  // namespace braid::cli
