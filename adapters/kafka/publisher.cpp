#include "adapters/kafka/publisher.hpp"

#include <map>
#include <set>

#include "adapters/kafka/answer_message.hpp"
#include "adapters/kafka/assigned_reader.hpp"
#include "adapters/kafka/cloud_events.hpp"
#include "adapters/kafka/submission_sender.hpp"
#include "events/check.hpp"
#include "events/submission.hpp"

namespace braid::kafka {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

std::optional<AnswerPlace> place_of(const rd_kafka_message_t& message) {
  return AnswerPlace::parse([&](std::string_view name) { return header_text(message, name); });
}

}  // namespace

class Publisher::Impl {
 public:
  Impl(const Connection& connection, Topics topics, milliseconds patience)
      : connection_(connection),
        topics_(std::move(topics)),
        patience_(patience),
        reader_(connection, topics_, {.bytes = max_waiting_bytes}),
        sender_(connection_, topics_, patience) {}

  std::uint64_t send(std::uint32_t partition, std::string_view place, OwnedBytes framed) {
    check(unanswered_.size() < max_unanswered, "who sends receives, sooner or later");
    follow_answers(partition);
    const auto root = root_of_submission(framed);
    const auto digest = sha256(framed);
    unanswered_.emplace(next_number_,
                        Sent{partition, {}, AnswerSubject::unrecorded(digest),
                             root ? AnswerSubject::recorded(*root) : AnswerSubject{}, {}, {}});
    sender_.send(next_number_, partition, place, std::move(framed), digest);
    return next_number_++;
  }

  std::optional<ledger::Answer> receive(std::uint64_t number, milliseconds patience) {
    const auto asked = unanswered_.find(number);
    check(asked != unanswered_.end(), "an answer is received once, to what was sent");
    auto& sent = asked->second;
    const auto deadline = Clock::now() + patience;
    while (!sent.answer.whole() && !sent.fault) {
      const auto left = std::max(std::chrono::ceil<milliseconds>(deadline - Clock::now()),
                                 milliseconds{0});
      const bool known = sent.offset || take_deliveries(left);
      if (!known || (sent.offset && !take_next_answer(left))) return std::nullopt;
    }
    if (sent.offset) forget_place(number, {sent.partition, *sent.offset});
    auto done = unanswered_.extract(asked).mapped();
    if (done.fault) throw IoFault(*done.fault);
    return done.answer.take();
  }

  [[nodiscard]] std::uint64_t ignored() const { return ignored_; }

 private:
  struct Place {
    std::uint32_t partition = 0;
    std::uint64_t offset = 0;

    auto operator<=>(const Place&) const = default;
  };

  struct Sent {
    std::uint32_t partition = 0;
    std::optional<std::uint64_t> offset;  // once the brokers have it
    AnswerSubject bytes;
    AnswerSubject root;  // of nothing, where it is no submission
    AnswerParts answer;
    std::optional<std::string> fault;
  };

  /// From where they end now: what is sent after this is answered behind it.
  void follow_answers(std::uint32_t partition) {
    if (followed_.contains(partition)) return;
    const auto place = topics_.receipts(partition);
    reader_.add(place, static_cast<std::int64_t>(reader_.bounds(place, patience_).end));
    followed_.insert(partition);
  }

  /// Waits for what becomes of one that was sent, and takes what is known of others. False where
  /// nothing became known.
  bool take_deliveries(milliseconds patience) {
    bool any = false;
    while (const auto told = sender_.next(any ? milliseconds{0} : patience)) {
      any = true;
      auto& sent = unanswered_.at(told->number);
      if (told->fault) {
        sent.fault = told->fault;
        continue;
      }
      sent.offset = told->offset;
      // Of a topic made anew, the newer counts.
      numbers_.insert_or_assign(Place{sent.partition, told->offset}, told->number);
    }
    return any;
  }

  /// False where time ran out before one came, or before it was known whose it is.
  bool take_next_answer(milliseconds patience) {
    if (!next_.event) next_ = reader_.next(patience);
    if (next_.position_lost) {
      next_ = {};
      throw IoFault("Answers were deleted from " + topics_.prefix() +
                    ".receipts before they were read: send the submissions again, and be told "
                    "again.");
    }
    if (next_.message == nullptr) {
      next_ = {};
      return false;
    }
    take_deliveries(milliseconds{0});
    const auto place = place_of(*next_.message);
    if (place && !take(*place, *next_.message) && sender_.awaits(partition_of(*next_.message)))
      return take_deliveries(patience);  // it may be to what is on its way: once more then
    next_ = {};
    return true;
  }

  /// Whether it is an answer to one of ours.
  bool take(const AnswerPlace& place, const rd_kafka_message_t& message) {
    const auto number = numbers_.find({partition_of(message), place.submission});
    if (number == numbers_.end()) return false;
    auto& sent = unanswered_.at(number->second);
    if (sent.answer.whole()) return true;
    if (place.of != sent.root && place.of != sent.bytes)
      ++ignored_;
    else if (auto part = ledger::decode_answer(value_of(message)))
      sent.answer.add(place, std::move(*part));
    return true;
  }

  void forget_place(std::uint64_t number, const Place& place) {
    const auto at = numbers_.find(place);
    if (at != numbers_.end() && at->second == number) numbers_.erase(at);
  }

  std::uint32_t partition_of(const rd_kafka_message_t& message) const {
    const bool of_register =
        topics_.receipts(register_partition).topic == rd_kafka_topic_name(message.rkt);
    return of_register ? register_partition : static_cast<std::uint32_t>(message.partition);
  }

  const Connection connection_;
  const Topics topics_;
  const milliseconds patience_;
  AssignedReader reader_;
  AssignedReader::Next next_;  // while it is not known whether it is ours
  SubmissionSender sender_;
  std::set<std::uint32_t> followed_;
  std::map<std::uint64_t, Sent> unanswered_;  // by number
  std::map<Place, std::uint64_t> numbers_;
  std::uint64_t next_number_ = 0;
  std::uint64_t ignored_ = 0;
};

Publisher::Publisher(const Connection& connection, Topics topics)
    : Publisher(connection, std::move(topics), max_patience) {}
Publisher::Publisher(const Connection& connection, Topics topics, milliseconds patience)
    : impl_(std::make_unique<Impl>(connection, std::move(topics), patience)) {}
Publisher::~Publisher() = default;

std::uint64_t Publisher::send(std::uint32_t partition, std::string_view place,
                              OwnedBytes framed) {
  return impl_->send(partition, place, std::move(framed));
}
std::optional<ledger::Answer> Publisher::receive(std::uint64_t number, milliseconds patience) {
  return impl_->receive(number, patience);
}
std::uint64_t Publisher::ignored() const { return impl_->ignored(); }

}  // namespace braid::kafka
