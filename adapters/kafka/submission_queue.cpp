#include "adapters/kafka/submission_queue.hpp"

#include <algorithm>

#include "adapters/kafka/assigned_reader.hpp"

namespace braid::kafka {
namespace {

std::string number(std::uint64_t value) { return std::to_string(value); }

std::string lost(const std::string& place, std::uint64_t next, const QueueBounds& bounds) {
  if (bounds.begin > next)
    return "The queue " + place + " begins at " + number(bounds.begin) + ", and " + number(next) +
           " is to be judged next: submissions were deleted before anybody judged them. Give the "
           "topic a longer retention, and ask publishers to send again whatever they have no "
           "receipt for.";
  if (bounds.end < next)
    return "The queue " + place + " ends before " + number(bounds.end) + ", and " + number(next) +
           " is to be judged next: the topic was cut or made anew. Restore it before anybody "
           "serves.";
  return "The queue " + place + " did not hold " + number(next) +
         ", which is to be judged next, and now it does: find out whether brokers lost data before "
         "anybody serves.";
}

}  // namespace

AnswerSubject QueuedSubmission::unrecorded() const {
  return AnswerSubject::unrecorded(of_too_long == Digest{} ? sha256(framed) : of_too_long);
}

class SubmissionQueue::Impl {
 public:
  Impl(const Connection& connection, const Topics& topics, std::uint32_t partition,
       std::uint64_t from, const Limits& limits)
      : reader_(connection, topics, {limits.messages, limits.bytes}),
        place_(topics.submissions(partition)),
        next_(from) {
    reader_.add(place_, static_cast<std::int64_t>(from));
  }

  std::vector<QueuedSubmission> take(std::size_t max_bytes, std::chrono::milliseconds patience) {
    if (!broken_.empty()) throw HistoryBroken(broken_);
    std::vector<QueuedSubmission> taken;
    std::size_t bytes = 0;
    const auto add = [&](QueuedSubmission&& submission) {
      bytes += submission.framed.size();
      taken.push_back(std::move(submission));
    };
    if (held_) add(*std::exchange(held_, std::nullopt));
    while (taken.size() < max_waiting && (taken.empty() || bytes < max_bytes)) {
      auto one = next(taken.empty() ? patience : std::chrono::milliseconds{0});
      if (!one) break;
      if (!taken.empty() && bytes + one->framed.size() > max_bytes) {
        held_ = std::move(one);
        break;
      }
      add(std::move(*one));
    }
    return taken;
  }

  void wake() { reader_.wake(); }
  [[nodiscard]] QueueBounds bounds(std::chrono::milliseconds patience) const {
    return reader_.bounds(place_, patience);
  }
  [[nodiscard]] Holes holes() const { return holes_; }
  [[nodiscard]] std::size_t waiting() const { return reader_.waiting(); }

 private:
  std::optional<QueuedSubmission> next(std::chrono::milliseconds patience) {
    const auto deadline = std::chrono::steady_clock::now() + patience;
    for (;;) {
      const auto left = std::chrono::ceil<std::chrono::milliseconds>(
          deadline - std::chrono::steady_clock::now());
      const auto next = reader_.next(std::max(left, std::chrono::milliseconds{0}));
      if (next.position_lost) {
        broken_ = lost(text_of(place_), next_, bounds(patience_for_bounds));
        throw HistoryBroken(broken_);
      }
      if (next.message == nullptr) return std::nullopt;
      if (follows(static_cast<std::uint64_t>(next.message->offset)))
        return taken_from(*next.message);
    }
  }

  /// Whether a message is to be taken as the next one. If it leaves out what nobody looked at
  /// twice, it is not, and what stands before it is asked for again.
  bool follows(std::uint64_t offset) {
    const bool looked_again = hole_ == next_;
    if (offset == next_ && looked_again) ++holes_.filled;
    if (offset <= next_ || looked_again) return offset >= next_;
    hole_ = next_;
    ++holes_.read_again;
    reader_.again(place_, static_cast<std::int64_t>(next_));
    return false;
  }

  QueuedSubmission taken_from(const rd_kafka_message_t& message) {
    QueuedSubmission one{static_cast<std::uint64_t>(message.offset), {}, {}};
    const auto value = value_of(message);
    if (value.size() <= max_message_bytes)
      one.framed.assign(value.begin(), value.end());
    else
      one.of_too_long = sha256(value);
    next_ = one.offset + 1;
    return one;
  }

  static constexpr std::chrono::milliseconds patience_for_bounds{10'000};

  AssignedReader reader_;
  TopicPartition place_;
  std::uint64_t next_;
  std::optional<std::uint64_t> hole_;  // where one began that was looked at again
  Holes holes_;
  std::optional<QueuedSubmission> held_;  // taken, and too much for the last batch
  std::string broken_;
};

SubmissionQueue::SubmissionQueue(const Connection& connection, const Topics& topics,
                                 std::uint32_t partition, std::uint64_t from)
    : SubmissionQueue(connection, topics, partition, from, Limits{}) {}
SubmissionQueue::SubmissionQueue(const Connection& connection, const Topics& topics,
                                 std::uint32_t partition, std::uint64_t from, const Limits& limits)
    : impl_(std::make_unique<Impl>(connection, topics, partition, from, limits)) {}
SubmissionQueue::~SubmissionQueue() = default;

std::vector<QueuedSubmission> SubmissionQueue::take(std::size_t max_bytes,
                                                    std::chrono::milliseconds patience) {
  return impl_->take(max_bytes, patience);
}
void SubmissionQueue::wake() { impl_->wake(); }
QueueBounds SubmissionQueue::bounds(std::chrono::milliseconds patience) const {
  return impl_->bounds(patience);
}
SubmissionQueue::Holes SubmissionQueue::holes() const { return impl_->holes(); }
std::size_t SubmissionQueue::waiting() const { return impl_->waiting(); }

std::optional<OwnedBytes> read_submission(const Connection& connection, const Topics& topics,
                                          std::uint32_t partition, std::uint64_t offset,
                                          std::chrono::milliseconds patience) {
  SubmissionQueue queue(connection, topics, partition, offset);
  const auto bounds = queue.bounds(patience);
  if (offset < bounds.begin || offset >= bounds.end) return std::nullopt;
  auto taken = queue.take(1, patience);
  if (taken.empty() || taken.front().offset != offset) return std::nullopt;
  return std::move(taken.front().framed);
}

}  // namespace braid::kafka
