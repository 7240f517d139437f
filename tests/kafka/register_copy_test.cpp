#include "tools/braid/register_copy.hpp"

#include <atomic>
#include <catch2/catch.hpp>
#include <future>

#include "adapters/lmdb/event_log.hpp"
#include "tests/support/kafka_ledger.hpp"
#include "tests/support/soon.hpp"
#include "tools/braid/ledger_place.hpp"
#include "tools/braid/topic_safety.hpp"

using namespace braid;
using namespace braid::test;
using namespace std::chrono_literals;

namespace {

/// A process's copy of a register that another process leads, held back at will.
class HeldCopy {
 public:
  explicit HeldCopy(const KafkaLedger& ledger)
      : kafka_(*cli::LedgerPlace::of(ledger.address("reader")).kafka, {}) {
    kafka_.ledger();
  }
  ~HeldCopy() {
    release();
    kafka_.listen({});
  }
  HeldCopy(const HeldCopy&) = delete;
  HeldCopy& operator=(const HeldCopy&) = delete;

  /// What is read next is the last until it is released, a minute at most.
  void hold() {
    kafka_.listen([this, released = released_.get_future().share()](std::uint32_t) {
      is_held_ = true;
      released.wait_for(1min);
    });
  }
  [[nodiscard]] bool is_held() const { return is_held_; }
  void release() {
    if (!std::exchange(is_released_, true)) released_.set_value();
  }
  [[nodiscard]] Sequence size() { return kafka_.copy().reader(register_partition)->size(); }
  [[nodiscard]] cli::KafkaLedger& kafka() { return kafka_; }

 private:
  std::promise<void> released_;
  std::atomic<bool> is_held_ = false;
  bool is_released_ = false;
  cli::KafkaLedger kafka_;
};

}  // namespace

TEST_CASE("a register's copy that is behind is waited for, so that a receipt counts everywhere") {
  KafkaLedger ledger({.seed = 17});
  ledger.sequence("one");
  ledger.publish_registry();
  HeldCopy copy(ledger);
  copy.hold();
  const auto& again = *ledger.told().front();
  ledger.publish_again(again);
  REQUIRE(support::soon([&] { return copy.is_held(); }));
  ledger.publish_again(again);
  const auto recorded =
      lmdb::EventLog(ledger.directory("one")).reader(register_partition)->size();
  REQUIRE(copy.size() < recorded);

  SECTION("until it holds what was told") {
    cli::RegisterCopy registry(copy.kafka(), 30s);
    auto reached = std::async(std::launch::async, [&] { return registry.reach_end(); });
    CHECK(reached.wait_for(300ms) == std::future_status::timeout);
    copy.release();
    CHECK(reached.get());
    CHECK(copy.size() == recorded);
    CHECK(registry.reach_end());
  }
  SECTION("but not for ever, and not again and again") {
    cli::RegisterCopy registry(copy.kafka(), 2s);
    CHECK_FALSE(registry.reach_end());
    copy.release();
    CHECK_FALSE(registry.reach_end());
  }
}

TEST_CASE("a topic that gets more partitions while it is served on is noticed, once, and named") {
  const KafkaLedger ledger({.partitions = 2, .seed = 33});
  const auto connection =
      kafka::Connection::open({ledger.brokers(), ledger.prefix(), "unused", {}}).value();
  std::mutex mutex;
  std::vector<std::string> said;
  const auto heard = [&] {
    const std::scoped_lock lock(mutex);
    return said;
  };
  const cli::TopicWatch watch(
      connection, ledger.topics(), ledger.partitions(),
      [&](std::string sentence) {
        const std::scoped_lock lock(mutex);
        said.push_back(std::move(sentence));
      },
      100ms);
  std::this_thread::sleep_for(500ms);
  CHECK(heard().empty());
  const auto topic = ledger.topics().submissions(0).topic;
  ledger.add_partitions(topic, 3);
  REQUIRE(support::soon([&] { return !heard().empty(); }));
  std::this_thread::sleep_for(500ms);
  REQUIRE(heard().size() == 1);
  CHECK_THAT(heard().front(), Catch::Contains(topic + ": partitions is 3, not 2"));
}
