#pragma once
#include <functional>
#include <memory>
#include <mutex>
#include <optional>

#include "adapters/kafka/follower.hpp"
#include "adapters/lmdb/event_log.hpp"
#include "tools/braid/copy_mark.hpp"
#include "tools/braid/file_positions.hpp"
#include "tools/braid/ledger.hpp"

namespace braid::cli {

/// A ledger on Kafka as this process has it: the connection, and a data folder whose copies of the
/// histories a follower keeps up to date. It alone writes the folder while it lives. Thread: any.
class KafkaLedger {
 public:
  struct Options {
    /// Where no broker answers: how long before it is given up; nothing: never.
    std::optional<std::chrono::seconds> patience = std::chrono::seconds(30);
  };

  /// Makes the data folder where there is none, holds its lock, and follows the register. Throws
  /// Fenced, naming the process that keeps the folder; UsageError where the folder is something
  /// else, or the configuration is not understood.
  KafkaLedger(const kafka::Address& address, Options options);
  ~KafkaLedger();
  KafkaLedger(const KafkaLedger&) = delete;
  KafkaLedger& operator=(const KafkaLedger&) = delete;

  /// Reads the register to its end; the founding that it begins with, if it does.
  const std::optional<Founding>& look_for_founding();
  /// The founded ledger. Throws UsageError where there is none, with the remedy.
  const Ledger& ledger();

  /// Follows a partition, and waits until all that it held when this was called is in the copy. Tells
  /// of its progress on a terminal. Throws IoFault where no broker answers for `patience`.
  void catch_up(std::uint32_t partition);
  /// `moved` hears of new entries of a partition, or a new writer, on the follower's thread, and must
  /// not wait. One at a time; nothing: nobody hears, and nobody is being told when this returns.
  void listen(std::function<void(std::uint32_t partition)> moved);

  /// All partitions; then the register once more, so that it holds what places were judged by.
  void catch_up_all();

  [[nodiscard]] const kafka::Address& address() const { return address_; }
  [[nodiscard]] const kafka::Connection& connection() const { return connection_; }
  [[nodiscard]] const kafka::Topics& topics() const { return topics_; }
  [[nodiscard]] const lmdb::LedgerDirectory& directory() const { return directory_; }
  [[nodiscard]] lmdb::EventLog& copy() { return copy_; }
  [[nodiscard]] kafka::Follower& follower() { return *follower_; }

 private:
  void mark_copy();

  kafka::Address address_;
  Options options_;
  kafka::Connection connection_;
  kafka::Topics topics_;
  lmdb::LedgerDirectory directory_;
  lmdb::EventLog copy_;
  std::unique_ptr<ledger::LogWriter> held_;  ///< keeps the folder's lock from the beginning
  FilePositions positions_;
  CopyMark mark_;
  std::mutex telling_;
  std::function<void(std::uint32_t)> moved_;
  std::unique_ptr<kafka::Follower> follower_;
  std::optional<Founding> founding_;
  std::optional<Ledger> ledger_;
};

/// Throws UsageError where the address's properties cannot be taken.
kafka::Connection open_connection(const kafka::Address& address);

}  // namespace braid::cli
