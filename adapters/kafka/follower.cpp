#include "adapters/kafka/follower.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <condition_variable>
#include <future>
#include <map>
#include <mutex>
#include <set>
#include <thread>

#include "adapters/kafka/faults.hpp"
#include "adapters/kafka/followed_partition.hpp"
#include "adapters/kafka/log_fetch.hpp"
#include "adapters/kafka/queue_watch.hpp"
#include "events/check.hpp"

namespace braid::kafka {
namespace {

namespace asio = boost::asio;
using std::chrono::milliseconds;

/// Between stores of positions, and new attempts at what failed.
constexpr milliseconds between_ticks{1000};

}  // namespace

/// What other threads see; kept by the loop's thread.
class Follower::Seen {
 public:
  [[nodiscard]] bool contains(std::uint32_t partition) const {
    std::lock_guard lock(mutex_);
    return partitions_.contains(partition);
  }
  void set(std::uint32_t partition, const Followed& state) {
    std::lock_guard lock(mutex_);
    partitions_.insert_or_assign(partition, state);
    moved_.notify_all();
  }
  void erase(std::uint32_t partition) {
    std::lock_guard lock(mutex_);
    partitions_.erase(partition);
  }
  [[nodiscard]] Followed get(std::uint32_t partition) const {
    std::lock_guard lock(mutex_);
    return find(partition);
  }
  bool wait(std::uint32_t partition, const std::function<bool(const Followed&)>& done,
            milliseconds patience) const {
    const auto deadline = std::chrono::steady_clock::now() + patience;
    std::unique_lock lock(mutex_);
    for (;;) {
      const auto& now = find(partition);
      if (done(now)) return true;
      if (!now.stopped.empty()) throw HistoryBroken(now.stopped);
      if (moved_.wait_until(lock, deadline) == std::cv_status::timeout)
        return done(find(partition));
    }
  }

 private:
  [[nodiscard]] const Followed& find(std::uint32_t partition) const {
    const auto found = partitions_.find(partition);
    check(found != partitions_.end(), "who asks about a partition has it followed");
    return found->second;
  }

  mutable std::mutex mutex_;
  mutable std::condition_variable moved_;
  std::map<std::uint32_t, Followed> partitions_;
};

class Follower::Impl {
 public:
  Impl(const Connection& connection, Topics topics, ledger::EventLog& copy,
       PositionStore& positions, Options options)
      : topics_(std::move(topics)),
        copy_(copy),
        positions_(positions),
        options_(std::move(options)),
        fetch_(connection),
        timer_(loop_),
        messages_watch_(std::make_unique<QueueWatch>(loop_.get_executor(), fetch_.messages(),
                                                     [this] { receive(); })),
        events_watch_(std::make_unique<QueueWatch>(loop_.get_executor(), fetch_.events(),
                                                   [this] { take_events(); })) {
    start_timer();
    thread_ = std::thread([this] { loop_.run(); });
  }

  ~Impl() {
    asio::post(loop_, [this] {
      while (!partitions_.empty()) let_go(partitions_.begin()->first);
      messages_watch_.reset();
      events_watch_.reset();
      loop_.stop();
    });
    thread_.join();
  }

  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  void follow(std::uint32_t number) {
    if (seen_.contains(number)) return;
    auto added = std::make_unique<FollowedPartition>(number, topics_.log(number), copy_, positions_,
                                                     options_.say);
    seen_.set(number, added->state());
    asio::post(loop_, [this, number, added = std::move(added)]() mutable {
      auto& partition = *partitions_.emplace(number, std::move(added)).first->second;
      begin(number, partition, ++questions_);
    });
  }

  void leave(std::uint32_t number) {
    std::promise<void> done;
    asio::post(loop_, [&] {
      let_go(number);
      done.set_value();
    });
    done.get_future().wait();
  }

  /// The number of the question, which is answered when `caught_up` has reached it.
  std::uint64_t ask_for_end(std::uint32_t number) {
    const auto question = ++questions_;
    asio::post(loop_, [this, number, question] {
      asked_[number] = question;
      if (const auto found = partitions_.find(number); found != partitions_.end())
        ask(number, *found->second);
    });
    return question;
  }

  [[nodiscard]] const Seen& seen() const { return seen_; }

  ClientHealth health() const {
    std::lock_guard lock(health_mutex_);
    return health_;
  }

 private:
  /// Reads from where it stopped, the message read last first.
  void begin(std::uint32_t number, FollowedPartition& partition, std::uint64_t question) {
    again_.erase(number);
    overtaken_.insert(number);
    try {
      if (!partition.stopped()) fetch_.start(partition.place(), partition.restart(question));
    } catch (const Fault& fault) {
      partition.stop(fault.what());
    }
    show(number, partition);
  }

  /// To begin again tells where the end is now. Not before it was reached once: what was fetched
  /// would be fetched again.
  void ask(std::uint32_t number, FollowedPartition& partition) {
    const auto question = asked_.find(number);
    if (question == asked_.end() || partition.state().caught_up == 0) return;
    const auto asked = question->second;
    asked_.erase(question);
    begin(number, partition, asked);
  }

  void let_go(std::uint32_t number) {
    const auto found = partitions_.find(number);
    if (found == partitions_.end()) return;
    fetch_.stop(found->second->place());
    store(*found->second);
    if (waits_for_disk_ == number) waits_for_disk_.reset();
    partitions_.erase(found);
    seen_.erase(number);
  }

  void show(std::uint32_t number, const FollowedPartition& partition) {
    if (partition.stopped()) fetch_.stop(partition.place());
    seen_.set(number, partition.state());
    if (options_.moved) options_.moved(number);
  }

  /// Called when the queue has something, and while it has: with a turn for timers in between.
  void receive() {
    if (waits_for_disk_) return;
    messages_ = fetch_.receive();
    overtaken_.clear();
    if (messages_.empty()) return;
    take_received();
    asio::post(loop_, [this] { receive(); });
  }

  /// Those of one partition that follow one another are taken together.
  void take_received() {
    while (!messages_.empty() && !waits_for_disk_) {
      const auto* first = messages_.front();
      std::size_t count = 1;
      while (count < messages_.size() && belongs_with(first, messages_[count])) ++count;
      const auto run = messages_.first(count);
      messages_ = messages_.subspan(count);
      const auto number = number_of(first);
      const auto found = partitions_.find(number);
      if (found != partitions_.end() && !overtaken_.contains(number))
        take(number, *found->second, run);
    }
  }

  static bool belongs_with(const rd_kafka_message_t* first, const rd_kafka_message_t* next) {
    return first->err == RD_KAFKA_RESP_ERR_NO_ERROR && next->err == RD_KAFKA_RESP_ERR_NO_ERROR &&
           first->rkt == next->rkt && first->partition == next->partition;
  }

  std::uint32_t number_of(const rd_kafka_message_t* message) const {
    const bool of_register =
        topics_.log(register_partition).topic == rd_kafka_topic_name(message->rkt);
    return of_register ? register_partition : static_cast<std::uint32_t>(message->partition);
  }

  void take(std::uint32_t number, FollowedPartition& partition, LogFetch::Messages run) {
    const auto* first = run.front();
    switch (first->err) {
      case RD_KAFKA_RESP_ERR_NO_ERROR:
        hear_from_brokers();
        partition.hear_end(fetch_.end_of(partition.place()));
        return settle(number, partition, partition.take(run));
      case RD_KAFKA_RESP_ERR__PARTITION_EOF:
        hear_from_brokers();
        partition.reach_end(first->offset);
        show(number, partition);
        return ask(number, partition);
      case RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET:
      case RD_KAFKA_RESP_ERR_OFFSET_OUT_OF_RANGE:
        return miss_offset(number, partition);
      default:
        if (remedy_for(first->err) != Remedy::wait)
          say_once(sentence(first->err, "read " + text_of(partition.place())));
        again_.insert(number);
    }
  }

  void settle(std::uint32_t number, FollowedPartition& partition, FollowedPartition::Taken taken) {
    waits_for_disk_.reset();
    switch (taken) {
      case FollowedPartition::Taken::all:
        show(number, partition);
        return ask(number, partition);
      case FollowedPartition::Taken::left_a_hole:
        return begin(number, partition, ++questions_);
      case FollowedPartition::Taken::waits_for_disk:
        waits_for_disk_ = number;
    }
  }

  void miss_offset(std::uint32_t number, FollowedPartition& partition) {
    const auto bounds = fetch_.ask_bounds(partition.place());
    if (bounds && partition.lacks_offset(bounds->first, bounds->end))
      show(number, partition);
    else
      again_.insert(number);
  }

  void take_events() {
    while (const auto event = EventHandle(rd_kafka_queue_poll(fetch_.events(), 0))) {
      bool were_down = false;
      {
        std::lock_guard lock(health_mutex_);
        were_down = health_.brokers_down;
        note_health(event.get(), health_);
      }
      const auto error = rd_kafka_event_error(event.get());
      if (error == RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN && !were_down)
        lose_brokers();
      else if (error != RD_KAFKA_RESP_ERR_NO_ERROR && remedy_for(error) == Remedy::give_up)
        say_once(sentence(error, "reach the brokers") + ": " +
                 rd_kafka_event_error_string(event.get()));
    }
  }

  /// When they are back, they may be others, or have lost their disks: so all begin again.
  void lose_brokers() {
    options_.say("no broker answers; waits for them, and goes on by itself");
    for (auto& [number, partition] : partitions_) begin(number, *partition, ++questions_);
  }

  void hear_from_brokers() {
    {
      std::lock_guard lock(health_mutex_);
      if (!std::exchange(health_.brokers_down, false)) return;
    }
    said_.clear();
    options_.say("the brokers answer again; goes on");
  }

  void say_once(const std::string& what) {
    if (said_.insert(what).second) options_.say(what);
  }

  void start_timer() {
    timer_.expires_after(between_ticks);
    timer_.async_wait([this](const boost::system::error_code& error) {
      if (error) return;
      tick();
      start_timer();
    });
  }

  void tick() {
    if (waits_for_disk_) {
      auto& partition = *partitions_.at(*waits_for_disk_);
      settle(*waits_for_disk_, partition, partition.keep());
      take_received();
    }
    receive();
    take_events();
    for (const auto number : std::exchange(again_, {}))
      if (const auto found = partitions_.find(number); found != partitions_.end())
        begin(number, *found->second, ++questions_);
    for (auto& [number, partition] : partitions_) {
      partition->say_voids();
      store(*partition);
    }
  }

  void store(FollowedPartition& partition) {
    try {
      partition.store_position();
    } catch (const Fault& fault) {
      say_once(text_of(partition.place()) + ": cannot store how far it was read: " + fault.what() +
               ". Goes on; after a restart it reads more again");
    }
  }

  Topics topics_;
  ledger::EventLog& copy_;
  PositionStore& positions_;
  Options options_;
  Seen seen_;
  mutable std::mutex health_mutex_;
  ClientHealth health_;
  std::atomic<std::uint64_t> questions_{0};

  LogFetch fetch_;
  std::map<std::uint32_t, std::unique_ptr<FollowedPartition>> partitions_;
  std::map<std::uint32_t, std::uint64_t> asked_;  // for the end, and not begun for it yet
  LogFetch::Messages messages_;                   // received, not taken yet
  std::set<std::uint32_t> overtaken_;             // begun again since: theirs are dropped
  std::set<std::uint32_t> again_;                 // to begin again at the next tick
  std::optional<std::uint32_t> waits_for_disk_;  // whose copy could not be written; nothing moves
  std::set<std::string> said_;

  asio::io_context loop_{1};
  asio::steady_timer timer_;
  std::unique_ptr<QueueWatch> messages_watch_;
  std::unique_ptr<QueueWatch> events_watch_;
  std::thread thread_;
};

Follower::Follower(const Connection& connection, Topics topics, ledger::EventLog& copy,
                   PositionStore& positions, Options options)
    : impl_(std::make_unique<Impl>(connection, std::move(topics), copy, positions,
                                   std::move(options))) {}

Follower::~Follower() = default;

void Follower::follow(std::uint32_t partition) { impl_->follow(partition); }
void Follower::leave(std::uint32_t partition) { impl_->leave(partition); }

Followed Follower::state(std::uint32_t partition) const { return impl_->seen().get(partition); }

std::uint64_t Follower::ask_for_end(std::uint32_t partition) const {
  return impl_->ask_for_end(partition);
}

bool Follower::catch_up(std::uint32_t partition, milliseconds patience) const {
  const auto question = ask_for_end(partition);
  return wait(partition, [&](const Followed& now) { return now.caught_up >= question; }, patience);
}

bool Follower::wait(std::uint32_t partition, const std::function<bool(const Followed&)>& done,
                    milliseconds patience) const {
  return impl_->seen().wait(partition, done, patience);
}

ClientHealth Follower::health() const { return impl_->health(); }

}  // namespace braid::kafka
