#pragma once
#include <chrono>
#include <mutex>

#include "adapters/kafka/log_end.hpp"
#include "tools/braid/kafka_ledger.hpp"

namespace braid::cli {

/// This process's copy of the register, which places are judged by. Another process may lead the
/// register: whoever has its receipt and sends to a place at once must not be refused because the
/// copy is some milliseconds behind. Thread: any.
class RegisterCopy {
 public:
  static constexpr std::chrono::milliseconds patience{2'000};
  /// Where nobody answered, nobody is asked for so long: places go on.
  static constexpr std::chrono::milliseconds before_next_question{5'000};

  /// Borrows `kafka`, whose follower follows the register.
  explicit RegisterCopy(KafkaLedger& kafka, std::chrono::milliseconds most = patience)
      : kafka_(kafka), patience_(most), end_(kafka.connection()) {}

  /// Waits until the copy holds all that the register's topic held when this was called: true.
  /// False: not within the patience, which is said once; to judge by less is sound, and what is
  /// refused for it may be sent again. Throws HistoryBroken where the register's copy stopped.
  bool reach_end();

 private:
  [[nodiscard]] bool may_ask();
  void note(bool reached);

  using Clock = std::chrono::steady_clock;

  KafkaLedger& kafka_;
  std::chrono::milliseconds patience_;
  kafka::LogEnd end_;
  std::mutex mutex_;  ///< what follows
  Clock::time_point not_before_{};
  bool behind_ = false;
};

}  // namespace braid::cli
