#include "tools/braid/register_copy.hpp"

#include <atomic>
#include <catch2/catch.hpp>
#include <future>

#include "adapters/lmdb/event_log.hpp"
#include "tests/support/kafka_ledger.hpp"
#include "tests/support/soon.hpp"
#include "tools/braid/ledger_place.hpp"

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
