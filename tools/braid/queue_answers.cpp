#include "tools/braid/queue_answers.hpp"

#include <fmt/format.h>

namespace braid::cli {
namespace {

std::string queue_of(std::uint32_t partition) {
  return partition == register_partition ? "the register's submissions"
                                         : fmt::format("partition {} of the submissions", partition);
}

}  // namespace

std::optional<Refusal> refusal_of(const Checked& checked, std::uint32_t partition) {
  if (!checked) return checked.error();
  if (checked->partition == partition) return std::nullopt;
  return Refusal{"form", "place",
                 fmt::format("this submission belongs to {}, and was sent to {}: send it there, "
                             "keyed by its place, with the partitioner murmur2",
                             queue_of(checked->partition), queue_of(partition))};
}

QueueAnswer answer_refused(const kafka::QueuedSubmission& queued, const Refusal& refusal) {
  return {{.submission = queued.offset, .of = queued.unrecorded()}, refusal};
}

QueueAnswer answer_recorded(const kafka::QueuedSubmission& queued,
                            const CheckedSubmission& submission, std::uint32_t first,
                            std::vector<ledger::Receipt> receipts) {
  return {{.submission = queued.offset,
           .first = first,
           .events = static_cast<std::uint32_t>(submission.submission.events.size()),
           .of = kafka::AnswerSubject::recorded(submission.root)},
          std::move(receipts)};
}

QueueAnswer answer_again(const kafka::QueuedSubmission& queued, const Founding& founding,
                         std::uint32_t partition,
                         std::optional<ledger::RecordedAnswer> recorded) {
  const auto checked = check_submission(queued.framed, founding.name, founding.partitions);
  if (recorded && checked) {
    name_events(*recorded, checked->submission.events);
    return answer_recorded(queued, *checked, 0, std::move(recorded->receipts));
  }
  if (const auto refusal = refusal_of(checked, partition)) return answer_refused(queued, *refusal);
  return answer_refused(
      queued, {"form", "", "an earlier version of the ledger's program could not take this "
                           "submission, and nothing of it is recorded; send it again"});
}

}  // namespace braid::cli
