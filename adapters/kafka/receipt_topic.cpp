#include "adapters/kafka/receipt_topic.hpp"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <list>
#include <map>
#include <mutex>
#include <thread>

#include "adapters/kafka/cloud_events.hpp"
#include "adapters/kafka/faults.hpp"
#include "adapters/kafka/outgoing.hpp"

namespace braid::kafka {
namespace {

using namespace std::chrono_literals;

constexpr auto look_again = 100ms;

/// What is not known to be delivered, or stands behind such.
struct Waiting {
  AnswerMessage message;
  bool delivered = false;
};

/// One partition's, in order. A deque, for reports point to its elements.
struct Lane {
  TopicPartition to;
  std::string source;
  std::deque<Waiting> waiting;
  std::int64_t behind = 0;
  std::uint64_t term = 0;
  bool ended = false;
};

HeadersHandle headers_of(const Lane& lane, const AnswerPlace& place) {
  const auto id = place.id();
  auto headers = cloud_event_headers(
      {.id = id, .source = lane.source, .type = cloud_event_type::receipt});
  const auto add = [&](std::string_view name, std::uint64_t value) {
    add_header(headers, name, as_bytes(std::to_string(value)));
  };
  add(AnswerPlace::submission_header, place.submission);
  add(AnswerPlace::first_header, place.first);
  add(AnswerPlace::events_header, place.events);
  add(AnswerPlace::generation_header, place.generation);
  add_header(headers, AnswerPlace::of_header, as_bytes(place.of.text()));
  return headers;
}

}  // namespace

class ReceiptTopic::Impl {
 public:
  Impl(const Connection& connection, Topics topics, Delivered delivered, const Limits& limits)
      : connection_(connection),
        topics_(std::move(topics)),
        delivered_(std::move(delivered)),
        limits_(limits) {
    connect();
    thread_ = std::thread([this] { run(); });
  }

  ~Impl() {
    {
      std::unique_lock lock(mutex_);
      room_.wait_for(lock, max_farewell, [&] { return messages_ == 0 || !refused_.empty(); });
    }
    ending_ = true;
    thread_.join();
  }

  void send(std::uint32_t partition, const AnswerPlace& place, const ledger::Answer& answer) {
    auto messages = answer_messages(place, answer);
    std::unique_lock lock(mutex_);
    auto& lane = lane_of(partition);
    const auto term = lane.term;
    for (auto& message : messages) {
      room_.wait(lock, [&] {
        return messages_ == 0 || lane.ended || lane.term != term || !refused_.empty() || stopped_ ||
               (messages_ < limits_.messages && bytes_ + message.value.size() <= limits_.bytes);
      });
      if (!refused_.empty()) throw IoFault(refused_);
      if (stopped_) throw IoFault("an answer was not sent: this process ends");
      if (lane.ended || lane.term != term) return;
      messages_ += 1;
      bytes_ += message.value.size();
      lane.waiting.push_back({std::move(message)});
      hand_over(lane, lane.waiting.back());
    }
  }

  void begin(std::uint32_t partition, std::uint64_t from) {
    end(partition);
    const std::lock_guard lock(mutex_);
    auto& lane = lane_of(partition);
    lane.ended = false;
    lane.behind = static_cast<std::int64_t>(from);
  }

  /// A client cannot be asked to forget one partition's messages, so it goes, with all it holds.
  void end(std::uint32_t partition) {
    std::unique_lock lock(mutex_);
    auto& lane = lane_of(partition);
    lane.ended = true;
    ++lane.term;
    const bool on_their_way = !std::ranges::all_of(lane.waiting, &Waiting::delivered);
    for (const auto& waiting : lane.waiting) release(waiting.message);
    dropped_.push_back(std::exchange(lane.waiting, {}));
    room_.notify_all();
    if (!on_their_way) return;
    replace_client_ = true;
    rd_kafka_queue_yield(queue_.get());
    const auto client = client_number_;
    room_.wait(lock, [&] { return client_number_ != client; });
  }

  void stop() {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
    room_.notify_all();
  }

 private:
  struct Told {
    std::uint32_t partition;
    std::int64_t behind;
  };

  void connect() {
    client_ = nullptr;  // before the next, for it names bytes that are to be sent again or dropped
    dropped_.clear();
    replace_client_ = false;
    ++client_number_;
    client_ = connection_.producer(careful_producer(0ms));
    queue_.reset(rd_kafka_queue_get_main(client_.get()));
    failed_ = false;
  }

  Lane& lane_of(std::uint32_t partition) {
    const auto [at, is_new] = lanes_.try_emplace(partition);
    if (is_new) {
      at->second.to = topics_.receipts(partition);
      at->second.source = topics_.source(partition);
    }
    return at->second;
  }

  void hand_over(Lane& lane, Waiting& waiting) {
    if (failed_) return;  // all that waits is sent by the next client
    const auto& message = waiting.message;
    const auto error = kafka::send(client_.get(), {.to = &lane.to,
                                                   .value = message.value,
                                                   .headers = headers_of(lane, message.place),
                                                   .tag = &waiting});
    if (error != RD_KAFKA_RESP_ERR_NO_ERROR) note(error);
  }

  void note(int error) {
    if (remedy_for(error) == Remedy::give_up)
      refused_ = sentence(error, "send answers by " + topics_.prefix());
    else
      failed_ = true;
  }

  void run() {
    while (!ending_) {
      EventHandle event(rd_kafka_queue_poll(queue_.get(), look_again.count()));
      std::vector<Told> told;
      {
        const std::lock_guard lock(mutex_);
        if (event) take(event.get());
        if (replace_client_ || (failed_ && refused_.empty())) send_again(event);
        told = take_delivered();
      }
      room_.notify_all();
      for (const auto& [partition, behind] : told) delivered_(partition, behind);
    }
    queue_ = nullptr;
    client_ = nullptr;
  }

  void take(rd_kafka_event_t* event) {
    if (rd_kafka_event_type(event) == RD_KAFKA_EVENT_DR) {
      while (const auto* report = rd_kafka_event_message_next(event))
        if (report->err == RD_KAFKA_RESP_ERR_NO_ERROR)
          static_cast<Waiting*>(report->_private)->delivered = true;
        else
          note(report->err);
    }
    if (rd_kafka_event_type(event) == RD_KAFKA_EVENT_ERROR &&
        rd_kafka_event_error(event) == RD_KAFKA_RESP_ERR__FATAL)
      failed_ = true;
  }

  /// A client that failed may have sent some of what it was given: at least once.
  void send_again(EventHandle& event) {
    event = nullptr;
    queue_ = nullptr;
    connect();
    if (!refused_.empty()) return;
    for (auto& [partition, lane] : lanes_)
      for (auto& waiting : lane.waiting)
        if (!waiting.delivered) hand_over(lane, waiting);
  }

  void release(const AnswerMessage& message) {
    messages_ -= 1;
    bytes_ -= message.value.size();
  }

  std::vector<Told> take_delivered() {
    std::vector<Told> told;
    for (auto& [partition, lane] : lanes_) {
      auto behind = lane.behind;
      while (!lane.waiting.empty() && lane.waiting.front().delivered) {
        const auto& message = lane.waiting.front().message;
        if (message.last)
          behind = std::max(behind, static_cast<std::int64_t>(message.place.submission) + 1);
        release(message);
        lane.waiting.pop_front();
      }
      if (behind == lane.behind) continue;
      lane.behind = behind;
      told.push_back({partition, behind});
    }
    return told;
  }

  const Connection connection_;
  const Topics topics_;
  const Delivered delivered_;
  const Limits limits_;

  std::mutex mutex_;  // of what follows; the client changes under it, on the thread alone
  std::condition_variable room_;
  std::map<std::uint32_t, Lane> lanes_;
  std::list<std::deque<Waiting>> dropped_;  // the client may still name them
  ClientHandle client_;
  QueueHandle queue_;
  std::size_t messages_ = 0;
  std::size_t bytes_ = 0;
  std::uint64_t client_number_ = 0;
  bool replace_client_ = false;
  bool failed_ = false;
  bool stopped_ = false;
  std::string refused_;

  std::atomic<bool> ending_ = false;
  std::thread thread_;
};

ReceiptTopic::ReceiptTopic(const Connection& connection, Topics topics, Delivered delivered)
    : ReceiptTopic(connection, std::move(topics), std::move(delivered), Limits{}) {}
ReceiptTopic::ReceiptTopic(const Connection& connection, Topics topics, Delivered delivered,
                           const Limits& limits)
    : impl_(std::make_unique<Impl>(connection, std::move(topics), std::move(delivered), limits)) {}
ReceiptTopic::~ReceiptTopic() = default;

void ReceiptTopic::send(std::uint32_t partition, const AnswerPlace& place,
                        const ledger::Answer& answer) {
  impl_->send(partition, place, answer);
}
void ReceiptTopic::begin(std::uint32_t partition, std::uint64_t from) {
  impl_->begin(partition, from);
}
void ReceiptTopic::end(std::uint32_t partition) { impl_->end(partition); }
void ReceiptTopic::stop() { impl_->stop(); }

}  // namespace braid::kafka
