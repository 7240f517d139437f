#pragma once
#include <atomic>
#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "adapters/kafka/membership.hpp"
#include "tools/braid/partition_sequencer.hpp"

namespace braid::cli {

/// This process's part in sequencing a ledger on Kafka: a partition sequencer for each partition, of
/// which those lead that the group of all sequencers has assigned to it. Thread: one, but for
/// `moved`.
class Sequencing {
 public:
  struct Options {
    std::filesystem::path key;  ///< the operator's; empty: that of the data folder, if it is there
    int session_timeout_ms = 6'000;  ///< a member that says nothing for so long is taken for dead
    std::function<void()> failed = {};  ///< this process must end. On any thread; must not wait
  };

  /// Follows all partitions, and joins once it is warm for each. Borrows `kafka`, which outlives it.
  Sequencing(KafkaLedger& kafka, Options options);
  /// Ends the rounds in hand, answers them, leaves the group.
  ~Sequencing();
  Sequencing(const Sequencing&) = delete;
  Sequencing& operator=(const Sequencing&) = delete;

  /// The copy of a partition has grown. Thread: any.
  void moved(std::uint32_t partition);
  /// Called four times a second: notices where the process itself stood still.
  void look();
  /// Why this process must end, if it must.
  [[nodiscard]] std::optional<std::string> failure() const;
  /// This process must end, with this sentence; the first one counts. Thread: any.
  void fail(std::string sentence);
  [[nodiscard]] PartitionSequencer::Doing doing(std::uint32_t partition) const;

  static constexpr std::chrono::milliseconds between_looks{250};
  /// After it stood still so long, it asks for so long whether others have replaced it.
  static constexpr std::chrono::seconds standing_still{1};
  static constexpr std::chrono::seconds suspicion{15};

 private:
  [[nodiscard]] kafka::Membership::Options membership_options();
  void one_more_is_ready();
  [[nodiscard]] std::string who_replaced_us() const;

  using Clock = std::chrono::steady_clock;

  KafkaLedger& kafka_;
  Options options_;
  const Ledger& ledger_;
  RegisterCopy registry_;
  Clock::time_point looked_at_ = Clock::now();
  std::map<std::uint32_t, PartitionSequencer::Writers> served_;  ///< at the last look, and as whom
  std::chrono::duration<double> stood_still_{};  ///< for that long, not so long ago
  Clock::time_point suspicious_until_{};
  mutable std::mutex mutex_;  ///< what follows
  std::optional<std::string> failure_;

  std::unique_ptr<CheckpointThread> checkpoints_;
  std::unique_ptr<kafka::Membership> membership_;
  std::unique_ptr<kafka::ReceiptTopic> receipts_;
  std::atomic<std::size_t> not_ready_ = 0;  ///< partitions not warm yet
  std::map<std::uint32_t, std::unique_ptr<PartitionSequencer>> partitions_;
};

}  // namespace braid::cli
