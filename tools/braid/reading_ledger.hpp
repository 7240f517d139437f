#pragma once
#include <memory>

#include "tools/braid/kafka_ledger.hpp"
#include "tools/braid/ledger_place.hpp"

namespace braid::cli {

/// A ledger for a command that reads it. One on Kafka is read from this process's copy: where another
/// process keeps the data folder, as that has it; else the copy is first brought up to the topics'
/// end. A directory is read as it is.
class ReadingLedger {
 public:
  enum class Views { not_needed, brought_up };

  /// Throws UsageError where there is no ledger.
  ReadingLedger(const LedgerPlace& place, Views views);
  ~ReadingLedger();
  ReadingLedger(const ReadingLedger&) = delete;
  ReadingLedger& operator=(const ReadingLedger&) = delete;

  [[nodiscard]] const Ledger& ledger() const { return *ledger_; }
  [[nodiscard]] const LedgerPlace& place() const { return place_; }
  /// What was answered before this call is in the history that is read. Where another process keeps
  /// the copy, it may lag.
  void catch_up(std::uint32_t partition);

 private:
  void catch_up(const kafka::Address& address, Views views);

  LedgerPlace place_;
  std::unique_ptr<KafkaLedger> live_;  ///< goes on following while this lives
  std::optional<Ledger> ledger_;
};

/// The founding alone: of a copy as it stands, if it holds one; else read from the topics.
Ledger open_founded(const LedgerPlace& place);

}  // namespace braid::cli
