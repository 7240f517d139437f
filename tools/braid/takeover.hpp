#pragma once
#include <functional>
#include <memory>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "adapters/kafka/submission_queue.hpp"
#include "tools/braid/partition_sequencer.hpp"

namespace braid::cli {

/// Gathers what kafka::objection_to asks, and asks it: the place of the queue to serve from, or the
/// sentence for the operator where this process must not serve the partition. The decider stands at
/// the end of the log. A register that lags is waited for. Throws Fault where the brokers do not
/// answer.
tl::expected<std::uint64_t, std::string> check_takeover(const SequencingProcess& process,
                                                        std::uint32_t partition, WarmState& warm,
                                                        const kafka::TakenOver& taken);

/// A range of submissions once more, as far back as the queue still has them. Thread: one.
class TakenAgain {
 public:
  /// Those from offset `from` on, before `end`. Borrows `kafka`.
  TakenAgain(const KafkaLedger& kafka, std::uint32_t partition, std::uint64_t from,
             std::uint64_t end);

  /// The next one; null behind the last, or where `stopping` says so.
  const kafka::QueuedSubmission* next(const std::function<bool()>& stopping);

 private:
  std::uint64_t end_;
  std::unique_ptr<kafka::SubmissionQueue> queue_;
  std::vector<kafka::QueuedSubmission> taken_;
  std::size_t at_ = 0;
};

}  // namespace braid::cli
