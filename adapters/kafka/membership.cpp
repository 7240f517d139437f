#include "adapters/kafka/membership.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <map>
#include <mutex>
#include <set>
#include <thread>

#include "adapters/kafka/faults.hpp"
#include "adapters/kafka/last_answer.hpp"

namespace braid::kafka {
namespace {

using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

constexpr int look_again_ms = 100;
constexpr int patience_ms = 10'000;
constexpr auto store_every = 250ms;
constexpr auto max_farewell = 10s;

std::vector<Property> properties_of(const Membership::Options& options) {
  const auto timeout = options.session_timeout_ms;
  return {
      {"group.id", options.group},
      {"partition.assignment.strategy", "cooperative-sticky"},
      {"session.timeout.ms", std::to_string(timeout)},
      {"heartbeat.interval.ms", std::to_string(std::max(timeout / 6, 1))},
      {"max.poll.interval.ms", std::to_string(timeout * Membership::patience_with_callbacks)},
      {"enable.auto.commit", "false"},
      {"enable.auto.offset.store", "false"},
      {"topic.metadata.refresh.interval.ms", "60000"},
  };
}

std::span<const rd_kafka_topic_partition_t> items(const rd_kafka_topic_partition_list_t* list) {
  return {list->elems, static_cast<std::size_t>(list->cnt)};
}

}  // namespace

class Membership::Impl {
 public:
  Impl(const Connection& connection, Topics topics, Options options)
      : connection_(connection),
        topics_(std::move(topics)),
        options_(std::move(options)),
        client_(connection.consumer(properties_of(options_))) {
    rd_kafka_poll_set_consumer(client_.get());
    queue_.reset(rd_kafka_queue_get_consumer(client_.get()));
    thread_ = std::thread([this] { run(); });
  }

  ~Impl() {
    ending_ = true;
    thread_.join();
    queue_ = nullptr;  // before its client, as librdkafka asks
    if (joined_ && !had_assignment_)
      static_cast<void>(client_.release());
    else if (rd_kafka_consumer_closed(client_.get()) == 0)
      rd_kafka_destroy_flags(client_.release(), RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE);
  }

  void join() {
    joined_ = true;
    subscribe();
  }

  [[nodiscard]] std::int64_t delivered(std::uint32_t partition) const {
    const auto list = list_of(partition, RD_KAFKA_OFFSET_INVALID);
    const auto error = rd_kafka_committed(client_.get(), list.get(), patience_ms);
    const auto problem = error != 0 ? error : list->elems[0].err;
    if (problem != 0) throw IoFault(sentence(problem, "ask the group " + options_.group +
                                                          " what it has answered"));
    if (list->elems[0].offset >= 0) return list->elems[0].offset;
    return answered_up_to(connection_, topics_, partition, std::chrono::milliseconds{patience_ms});
  }

  void set_delivered(std::uint32_t partition, std::int64_t offset) {
    const std::lock_guard lock(mutex_);
    to_store_[partition] = offset;
  }

  [[nodiscard]] std::uint64_t fetched() const { return fetched_; }

 private:
  PartitionListHandle list_of(std::uint32_t partition, std::int64_t offset) const {
    const auto place = topics_.submissions(partition);
    PartitionListHandle list(rd_kafka_topic_partition_list_new(1));
    rd_kafka_topic_partition_list_add(list.get(), place.topic.c_str(), place.partition)->offset =
        offset;
    return list;
  }

  void subscribe() {
    std::set<std::string> names;
    for (const auto partition : options_.partitions)
      names.insert(topics_.submissions(partition).topic);
    const PartitionListHandle list(
        rd_kafka_topic_partition_list_new(static_cast<int>(names.size())));
    for (const auto& name : names)
      rd_kafka_topic_partition_list_add(list.get(), name.c_str(), RD_KAFKA_PARTITION_UA);
    if (const auto error = rd_kafka_subscribe(client_.get(), list.get()); error != 0)
      throw IoFault(sentence(error, "join the group " + options_.group));
  }

  void run() {
    while (!ending_) {
      serve(look_again_ms);
      store_some();
    }
    if (stable_) store_all();
    leave();
  }

  /// Bounded: a broker that is away cannot be told that we go. librdkafka before 2.3 aborts where it
  /// closes a member that joined and has had no assignment yet (its issue 4312): that is waited for,
  /// and where it does not come the client is left to the process's end.
  void leave() {
    if (!joined_) return;
    const auto until = Clock::now() + max_farewell;
    while (!had_assignment_ && Clock::now() < until) serve(look_again_ms);
    if (!had_assignment_) return;
    queue_.reset(rd_kafka_queue_new(client_.get()));  // the consumer's own must be gone before
    const ErrorHandle error(rd_kafka_consumer_close_queue(client_.get(), queue_.get()));
    const auto deadline = Clock::now() + max_farewell;
    while (!error && rd_kafka_consumer_closed(client_.get()) == 0 && Clock::now() < deadline)
      serve(look_again_ms);
    for (const auto partition : std::exchange(held_, {})) options_.revoked(partition);
  }

  void serve(int wait_ms) {
    const EventHandle event(rd_kafka_queue_poll(queue_.get(), wait_ms));
    if (!event) return;
    switch (rd_kafka_event_type(event.get())) {
      case RD_KAFKA_EVENT_REBALANCE:
        return rebalance(event.get());
      case RD_KAFKA_EVENT_ERROR:
        return tell(rd_kafka_event_error(event.get()));
      case RD_KAFKA_EVENT_FETCH:  // before the partition was paused: the submission queue's business
        ++fetched_;
        return;
      default:
        return;
    }
  }

  void rebalance(rd_kafka_event_t* event) {
    auto* list = rd_kafka_event_topic_partition_list(event);
    if (rd_kafka_event_error(event) == RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS)
      assign(list);
    else
      revoke(list);
  }

  void assign(rd_kafka_topic_partition_list_t* list) {
    had_assignment_ = true;
    for (auto& item : std::span(list->elems, static_cast<std::size_t>(list->cnt)))
      item.offset = RD_KAFKA_OFFSET_END;  // where there is nothing to fetch
    note(ErrorHandle(rd_kafka_incremental_assign(client_.get(), list)));
    stable_ = true;
    rd_kafka_pause_partitions(client_.get(), list);
    for (const auto& item : items(list)) {
      const auto partition = partition_of(item);
      if (std::ranges::count(options_.partitions, partition) == 0)
        options_.say(text_of(TopicPartition{item.topic, item.partition}) +
                     " is a partition that the ledger was not founded with: nobody serves it.");
      else if (held_.insert(partition).second)
        options_.assigned(partition);
    }
  }

  /// Told first: whoever gets it next need not wait for us. What is not stored by now is not: until
  /// the group is shared out, brokers may refuse it, or take it for the next one's.
  void revoke(rd_kafka_topic_partition_list_t* list) {
    stable_ = false;
    if (rd_kafka_assignment_lost(client_.get()) != 0)
      options_.say("This process was taken for dead by the group " + options_.group +
                   ", and its partitions go to others; it joins again.");
    for (const auto& item : items(list))
      if (const auto partition = partition_of(item); held_.erase(partition) != 0)
        options_.revoked(partition);
    note(ErrorHandle(rd_kafka_incremental_unassign(client_.get(), list)));
  }

  [[nodiscard]] std::uint32_t partition_of(const rd_kafka_topic_partition_t& item) const {
    return topics_.partition_of_submissions({item.topic, item.partition});
  }

  void note(const ErrorHandle& error) {
    if (error) tell(rd_kafka_error_code(error.get()));
  }

  /// Each trouble once, until another comes.
  void tell(int error) {
    if (error == last_told_) return;
    last_told_ = error;
    options_.say(sentence(error, "be a member of the group " + options_.group));
  }

  void store_some() {
    const auto now = Clock::now();
    if (!stable_ || now < store_next_) return;
    store_next_ = now + store_every;
    store_all();
  }

  void store_all() {
    std::map<std::uint32_t, std::int64_t> offsets;
    {
      const std::lock_guard lock(mutex_);
      offsets.swap(to_store_);
    }
    static constexpr int at_ease = 1;
    for (const auto& [partition, offset] : offsets)
      if (held_.contains(partition))
        rd_kafka_commit(client_.get(), list_of(partition, offset).get(), at_ease);
  }

  const Connection connection_;
  const Topics topics_;
  const Options options_;
  ClientHandle client_;
  QueueHandle queue_;

  std::mutex mutex_;
  std::map<std::uint32_t, std::int64_t> to_store_;

  // of the thread alone
  std::set<std::uint32_t> held_;
  bool had_assignment_ = false;  // of any size
  bool stable_ = false;  // from the end of one rebalance that we are told of to the next
  int last_told_ = 0;
  Clock::time_point store_next_ = Clock::now();

  std::atomic<std::uint64_t> fetched_ = 0;
  std::atomic<bool> joined_ = false;
  std::atomic<bool> ending_ = false;
  std::thread thread_;
};

Membership::Membership(const Connection& connection, Topics topics, Options options)
    : impl_(std::make_unique<Impl>(connection, std::move(topics), std::move(options))) {}
Membership::~Membership() = default;

void Membership::join() { impl_->join(); }
std::int64_t Membership::delivered(std::uint32_t partition) const {
  return impl_->delivered(partition);
}
void Membership::set_delivered(std::uint32_t partition, std::int64_t offset) {
  impl_->set_delivered(partition, offset);
}
std::uint64_t Membership::fetched() const { return impl_->fetched(); }

}  // namespace braid::kafka
