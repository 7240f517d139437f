#include "tools/braid/takeover.hpp"

#include <algorithm>

#include "adapters/kafka/log_tail.hpp"
#include "adapters/kafka/takeover_check.hpp"
#include "tools/braid/published_checkpoints.hpp"

namespace braid::cli {
namespace {

constexpr std::chrono::seconds brokers_answer_within{15};
constexpr std::chrono::seconds register_comes_within{30};
constexpr std::chrono::milliseconds between_looks{200};
constexpr std::size_t bytes_taken_at_once = 4 << 20;

/// What this disk and the topic know that the operator has signed. Of the topic live keys alone are
/// asked: who has a revoked one must not be able to stop a ledger.
std::vector<ledger::Checkpoint> known_checkpoints(const SequencingProcess& process,
                                                  std::uint32_t partition) {
  auto kept = read_checkpoints(process.ledger, partition);
  if (!kept) throw HistoryBroken(kept.error());
  std::vector<ledger::Checkpoint> known;
  for (auto& each : *kept) known.push_back(std::move(each.checkpoint));
  auto& kafka = process.kafka;
  const auto notes = kafka::read_checkpoint_notes(kafka.connection(), kafka.topics());
  for (auto& each : published_checkpoints(notes, process.ledger, partition))
    if (!each.by.revoked_at) known.push_back(std::move(each.by.checkpoint));
  return known;
}

/// The log may have been judged by more of the register than has been read here.
void wait_for_register(const SequencingProcess& process, Sequence size) {
  process.kafka.follower().wait(
      register_partition,
      [&](const kafka::Followed& followed) { return followed.reader.chain().size() >= size; },
      register_comes_within);
}

}  // namespace

tl::expected<std::uint64_t, std::string> check_takeover(const SequencingProcess& process,
                                                        std::uint32_t partition, WarmState& warm,
                                                        const kafka::TakenOver& taken) {
  kafka::Takeover takeover{.ledger = process.ledger.founding.name,
                           .partitions = process.ledger.founding.partitions,
                           .partition = partition,
                           .tail = kafka::tail_of(warm.own())};
  wait_for_register(process, takeover.tail.register_size);
  warm.sequencer().follow();
  const auto checkpoints = known_checkpoints(process, partition);
  takeover.root_at = [&](Sequence size) { return warm.root_at(size); };
  takeover.checkpoints = checkpoints;
  const auto& last = takeover.tail.last;
  kafka::SubmissionQueue queue(process.kafka.connection(), process.kafka.topics(), partition,
                               last ? last->offset : 0);
  takeover.queue = queue.bounds(brokers_answer_within);
  if (last && takeover.queue.begin <= last->offset && last->offset < takeover.queue.end)
    if (auto again = queue.take(1, brokers_answer_within); !again.empty())
      takeover.last_submission = std::move(again.front().framed);
  takeover.answered = process.delivered(partition);
  const auto now = now_us();
  takeover.barrier_timestamp_ms = taken.barrier_timestamp_ms;
  takeover.now_ms = now / 1000;
  takeover.register_size = warm.sequencer().state().register_chain.size();
  takeover.rule_book_in_force = warm.sequencer().state().rule_book_at(now).version;
  if (auto objection = kafka::objection_to(takeover)) return tl::unexpected(std::move(*objection));
  return kafka::serve_from(takeover);
}

TakenAgain::TakenAgain(const KafkaLedger& kafka, std::uint32_t partition, std::uint64_t from,
                       std::uint64_t end)
    : end_(end) {
  if (from >= end) return;
  const auto open = [&](std::uint64_t at) {
    return std::make_unique<kafka::SubmissionQueue>(kafka.connection(), kafka.topics(), partition,
                                                    at);
  };
  queue_ = open(from);
  const auto bounds = queue_->bounds(brokers_answer_within);
  if (bounds.begin > from) queue_ = bounds.begin < end ? open(bounds.begin) : nullptr;
}

const kafka::QueuedSubmission* TakenAgain::next(const std::function<bool()>& stopping) {
  while (queue_ && !stopping()) {
    if (at_ < taken_.size()) {
      const auto& next = taken_[at_++];
      if (next.offset + 1 >= end_) end_ = 0;  // the last of the range was recorded, so it is there
      return &next;
    }
    if (end_ == 0) break;
    taken_ = queue_->take(bytes_taken_at_once, between_looks);
    at_ = 0;
    std::erase_if(taken_, [&](const auto& each) { return each.offset >= end_; });
  }
  return nullptr;
}

}  // namespace braid::cli
