#include "tools/braid/queue_rounds.hpp"

namespace braid::cli {
namespace {

std::vector<Bytes> bytes_of(const std::vector<kafka::QueuedSubmission>& queued) {
  std::vector<Bytes> all;
  for (const auto& each : queued) all.emplace_back(each.framed);
  return all;
}

}  // namespace

void QueueRounds::take(std::chrono::milliseconds patience, QueueRound& round,
                       std::vector<std::function<void()>>& tasks) {
  if (waiting_.empty()) waiting_ = queue_.take(max_round_bytes, patience);
  const auto end = waiting_.begin() + static_cast<std::ptrdiff_t>(round_length(bytes_of(waiting_)));
  round.queued.assign(std::make_move_iterator(waiting_.begin()), std::make_move_iterator(end));
  waiting_.erase(waiting_.begin(), end);
  round.framed = bytes_of(round.queued);
  add_checks(round.framed, founding_, round.checked, tasks);
}

}  // namespace braid::cli
