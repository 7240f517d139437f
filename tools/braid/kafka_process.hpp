#pragma once
#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>
#include <optional>

#include "tools/braid/live_views.hpp"
#include "tools/braid/sequencing.hpp"
#include "tools/braid/topic_safety.hpp"
#include "tools/braid/until_stopped.hpp"

namespace braid::cli {

/// A process that sequences a ledger on Kafka until it is told to stop, and keeps its views where it
/// is asked to: `braid sequence` and `braid serve`.
class KafkaProcess {
 public:
  struct Options {
    bool single_broker = false;
    std::filesystem::path key;
    int session_timeout_ms = 6'000;
    bool views = false;

    /// The command's options of the same names. Borrows this.
    void declare(CLI::App& app);
  };

  /// Waits for the brokers without end. Throws Refused where topics are unsafe.
  KafkaProcess(const kafka::Address& address, const Options& options);
  ~KafkaProcess();
  KafkaProcess(const KafkaProcess&) = delete;
  KafkaProcess& operator=(const KafkaProcess&) = delete;

  [[nodiscard]] KafkaLedger& kafka() { return kafka_; }
  /// Returns when a signal came. Throws Fenced where the process must end before.
  void run();
  /// Why it must end, if it must.
  [[nodiscard]] bool has_failed() const { return sequencing_->failure().has_value(); }

 private:
  KafkaLedger kafka_;
  std::unique_ptr<UntilStopped> until_stopped_;
  std::unique_ptr<LiveViews> views_;
  std::unique_ptr<Sequencing> sequencing_;
  std::unique_ptr<TopicWatch> watch_;
};

}  // namespace braid::cli
