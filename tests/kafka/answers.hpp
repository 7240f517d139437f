#pragma once
#include <array>
#include <map>
#include <mutex>
#include <vector>

#include "adapters/kafka/receipt_topic.hpp"
#include "events/submission.hpp"
#include "ledger/receipt.hpp"
#include "tests/support/kafka_topic.hpp"

namespace braid::test {

/// A submission whose one event is this text: between publisher and sequencer nobody reads it.
inline OwnedBytes submission_of(std::string_view text) {
  const std::array<std::byte, 32> seed{};
  const std::array<Bytes, 1> events = {as_bytes(text)};
  return sign_submission("bnssg", "X24", SecretKey::from_seed(Secret<32>(seed)), events);
}

/// What the answer to such a submission speaks of: its root, or its bytes where it has no events.
inline kafka::AnswerPlace place_of(std::string_view text, std::uint64_t submission,
                                   std::uint32_t first, std::uint32_t events) {
  const auto framed = submission_of(text);
  return {.submission = submission,
          .first = first,
          .events = events,
          .of = events == 0 ? kafka::AnswerSubject::unrecorded(sha256(framed))
                            : kafka::AnswerSubject::recorded(*root_of_submission(framed))};
}
/// The same, where it matters to nobody which it is.
inline kafka::AnswerPlace place_of(std::uint64_t submission, std::uint32_t first,
                                   std::uint32_t events) {
  static const auto recorded = kafka::AnswerSubject::recorded(sha256(as_bytes("a submission")));
  static const auto not_recorded = kafka::AnswerSubject::unrecorded(recorded.digest);
  return {.submission = submission,
          .first = first,
          .events = events,
          .of = events == 0 ? not_recorded : recorded};
}

/// Receipts of so many events, each with a sequence of its own.
inline std::vector<ledger::Receipt> receipts(std::size_t count, Sequence first = 1'000) {
  std::vector<ledger::Receipt> all;
  for (std::size_t i = 0; i < count; ++i)
    all.push_back({.event = {1, i},
                   .outcome = ledger::Receipt::Outcome::accepted,
                   .sequence = first + i});
  return all;
}

/// What was said to be delivered.
class Said {
 public:
  kafka::ReceiptTopic::Delivered listener() {
    return [this](std::uint32_t partition, std::int64_t behind) {
      const std::lock_guard lock(mutex_);
      said_[partition].push_back(behind);
    };
  }
  [[nodiscard]] std::vector<std::int64_t> of(std::uint32_t partition) const {
    const std::lock_guard lock(mutex_);
    const auto at = said_.find(partition);
    return at == said_.end() ? std::vector<std::int64_t>() : at->second;
  }
  [[nodiscard]] std::int64_t last(std::uint32_t partition) const {
    const auto all = of(partition);
    return all.empty() ? 0 : all.back();
  }

 private:
  mutable std::mutex mutex_;
  std::map<std::uint32_t, std::vector<std::int64_t>> said_;
};

inline std::string header(const support::KafkaMessage& message, const std::string& name) {
  for (const auto& [each, value] : message.headers)
    if (each == name) return value;
  return "none";
}

}  // namespace braid::test
