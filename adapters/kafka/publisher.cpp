#include "adapters/kafka/publisher.hpp"

#include <map>
#include <set>

#include "adapters/kafka/answer_message.hpp"
#include "adapters/kafka/assigned_reader.hpp"
#include "adapters/kafka/cloud_events.hpp"
#include "adapters/kafka/faults.hpp"
#include "adapters/kafka/outgoing.hpp"
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
        reader_(connection, topics_, {.bytes = max_waiting_bytes}) {}

  std::uint64_t send(std::uint32_t partition, std::string_view place, Bytes framed) {
    check(unanswered_.size() < max_unanswered, "who sends receives, sooner or later");
    follow_answers(partition);
    const Place at{partition, deliver_submission(partition, place, framed)};
    const auto root = root_of_submission(framed);
    unanswered_.emplace(next_number_,
                        Sent{at, AnswerSubject::unrecorded(sha256(framed)),
                             root ? AnswerSubject::recorded(*root) : AnswerSubject{}, {}});
    numbers_.insert_or_assign(at, next_number_);  // of a topic made anew, the newer counts
    return next_number_++;
  }

  std::optional<ledger::Answer> receive(std::uint64_t number, milliseconds patience) {
    const auto asked = unanswered_.find(number);
    check(asked != unanswered_.end(), "an answer is received once, to what was sent");
    auto& parts = asked->second.answer;
    const auto deadline = Clock::now() + patience;
    while (!parts.whole()) {
      const auto left = std::chrono::ceil<milliseconds>(deadline - Clock::now());
      const auto next = reader_.next(std::max(left, milliseconds{0}));
      if (next.position_lost)
        throw IoFault("Answers were deleted from " + topics_.prefix() +
                      ".receipts before they were read: send the submissions again, and be told "
                      "again.");
      if (next.message == nullptr) return std::nullopt;
      take(*next.message);
    }
    auto answer = parts.take();
    const auto at = numbers_.find(asked->second.place);
    if (at != numbers_.end() && at->second == number) numbers_.erase(at);
    unanswered_.erase(asked);
    return answer;
  }

  [[nodiscard]] std::uint64_t ignored() const { return ignored_; }

 private:
  struct Place {
    std::uint32_t partition = 0;
    std::uint64_t offset = 0;

    auto operator<=>(const Place&) const = default;
  };

  struct Sent {
    Place place;
    AnswerSubject bytes;
    AnswerSubject root;  // of nothing, where it is no submission
    AnswerParts answer;
  };

  /// From where they end now: what is sent after this is answered behind it.
  void follow_answers(std::uint32_t partition) {
    if (followed_.contains(partition)) return;
    const auto place = topics_.receipts(partition);
    reader_.add(place, static_cast<std::int64_t>(reader_.bounds(place, patience_).end));
    followed_.insert(partition);
  }

  std::uint64_t deliver_submission(std::uint32_t partition, std::string_view place, Bytes framed) {
    const auto to = topics_.submissions(partition);
    const auto source = topics_.source(partition);
    const auto id = sha256(framed).hex();
    int error = 0;
    for (int attempt = 0; attempt < max_attempts; ++attempt) {
      if (!client_) connect();
      const auto delivery = deliver(
          client_.get(), queue_.get(),
          {.to = &to,
           .key = place,
           .value = framed,
           .headers = cloud_event_headers(
               {.id = id, .source = source, .type = cloud_event_type::submission})});
      error = delivery.error;
      if (error == RD_KAFKA_RESP_ERR_NO_ERROR) return static_cast<std::uint64_t>(delivery.offset);
      queue_ = nullptr;
      client_ = nullptr;  // what it may still hold must not come later
      if (remedy_for(error) == Remedy::give_up) break;
    }
    throw IoFault(sentence(error, "send a submission to " + text_of(to)));
  }

  void connect() {
    client_ = connection_.producer(careful_producer(patience_ / max_attempts));
    queue_.reset(rd_kafka_queue_get_main(client_.get()));
  }

  void take(const rd_kafka_message_t& message) {
    const auto place = place_of(message);
    if (!place) return;  // not written by a sequencer
    const auto number = numbers_.find({partition_of(message), place->submission});
    if (number == numbers_.end()) return;
    auto& sent = unanswered_.at(number->second);
    if (sent.answer.whole()) return;
    if (place->of != sent.root && place->of != sent.bytes) {
      ++ignored_;
      return;
    }
    if (auto part = ledger::decode_answer(value_of(message)))
      sent.answer.add(*place, std::move(*part));
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
  ClientHandle client_;
  QueueHandle queue_;
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

std::uint64_t Publisher::send(std::uint32_t partition, std::string_view place, Bytes framed) {
  return impl_->send(partition, place, framed);
}
std::optional<ledger::Answer> Publisher::receive(std::uint64_t number, milliseconds patience) {
  return impl_->receive(number, patience);
}
std::uint64_t Publisher::ignored() const { return impl_->ignored(); }

}  // namespace braid::kafka
