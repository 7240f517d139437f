#pragma once
#include <optional>

#include "adapters/kafka/receipt_topic.hpp"
#include "adapters/kafka/submission_queue.hpp"
#include "ledger/recorded_answers.hpp"
#include "tools/braid/rounds.hpp"

namespace braid::cli {

/// An answer, and where in a partition's receipts it belongs.
struct QueueAnswer {
  kafka::AnswerPlace place;
  ledger::Answer answer;
};

/// Why what is checked cannot be recorded in this partition; nothing where it can. Depends on its
/// bytes and on where they were sent alone, so that everybody answers the same, at any time.
std::optional<Refusal> refusal_of(const Checked& checked, std::uint32_t partition);

/// The answer to what is not recorded.
QueueAnswer answer_refused(const kafka::QueuedSubmission& queued, const Refusal& refusal);
/// The answer to what is: receipts of its events from `first` on.
QueueAnswer answer_recorded(const kafka::QueuedSubmission& queued,
                            const CheckedSubmission& submission, std::uint32_t first,
                            std::vector<ledger::Receipt> receipts);
/// What was answered, or should have been, to a submission that was taken before: by what the log
/// has of it, or, where it has nothing, by its bytes alone.
QueueAnswer answer_again(const kafka::QueuedSubmission& queued, const Founding& founding,
                         std::uint32_t partition,
                         std::optional<ledger::RecordedAnswer> recorded);

}  // namespace braid::cli
