#include "adapters/kafka/membership.hpp"

#include <catch2/catch.hpp>
#include <mutex>
#include <set>
#include <thread>

#include "tests/kafka/answers.hpp"
#include "tests/kafka/ledger_topics.hpp"
#include "tests/kafka/member.hpp"
#include "tests/support/local_broker.hpp"
#include "tests/support/soon.hpp"

using namespace braid;
using namespace braid::kafka;
using namespace std::chrono_literals;
using support::soon;
using test::Asking;
using test::LedgerTopics;
using test::Member;
using Partitions = std::set<std::uint32_t>;

namespace {

constexpr auto whole_register = register_partition;

Partitions joined(Partitions a, const Partitions& b) {
  a.insert(b.begin(), b.end());
  return a;
}

}  // namespace

TEST_CASE("a member alone has every partition, the register's among them") {
  const LedgerTopics ledger(support::shared_broker(), 3);
  const Member alone(ledger, 3);
  CHECK(soon([&] { return alone.held() == Partitions{0, 1, 2, whole_register}; }));
}

TEST_CASE("two members share the partitions, and who leaves gives all to the other") {
  const LedgerTopics ledger(support::shared_broker(), 4);
  const Partitions all = {0, 1, 2, 3, whole_register};
  Member first(ledger, 4);
  REQUIRE(soon([&] { return first.held() == all; }));
  const auto kept_before = first.held();
  auto second = std::make_unique<Member>(ledger, 4);
  REQUIRE(soon([&] { return second->held().size() >= 2 && first.held().size() <= 3; }));
  CHECK(soon([&] {
    return joined(first.held(), second->held()) == all &&
           first.held().size() + second->held().size() == all.size();
  }));
  // What it kept was never taken from it, not even for a moment.
  for (const auto partition : first.held()) CHECK(first.times_revoked(partition) == 0);
  second = nullptr;
  CHECK(soon([&] { return first.held() == all; }));
}

TEST_CASE("who has not joined is given nothing, and hears what the group has answered") {
  const LedgerTopics ledger(support::shared_broker(), 2);
  const Partitions all = {0, 1, whole_register};
  Asking asking(ledger, 2);
  const Member member(ledger, 2);
  REQUIRE(soon([&] { return member.held() == all; }));
  member.membership().set_delivered(0, 17);
  CHECK(soon([&] { return asking.membership().delivered(0) == 17; }));
  CHECK(asking.held().empty());
  CHECK(member.held() == all);
  asking.join();
  CHECK(soon([&] { return !asking.held().empty() && joined(asking.held(), member.held()) == all; }));
}

TEST_CASE("who leaves is told of all that it had") {
  const LedgerTopics ledger(support::shared_broker(), 2);
  Member member(ledger, 2);
  REQUIRE(soon([&] { return member.held().size() == 3; }));
  member.leave();
  CHECK(member.held().empty());
}

TEST_CASE("a member fetches nothing, however much there is") {
  const LedgerTopics ledger(support::shared_broker());
  ledger.produce(ledger.topics.submissions(0), std::vector<std::string>(50, "submission"));
  const Member member(ledger, 1);
  REQUIRE(soon([&] { return member.held().size() == 2; }));
  ledger.produce(ledger.topics.submissions(0), std::vector<std::string>(50, "submission"));
  std::this_thread::sleep_for(300ms);
  CHECK(member.membership().fetched() == 0);
}

TEST_CASE("a member stays one for longer than its silence would be borne") {
  const LedgerTopics ledger(support::shared_broker());
  const Member member(ledger, 1);
  REQUIRE(soon([&] { return member.held().size() == 2; }));
  std::this_thread::sleep_for(
      std::chrono::milliseconds{Member::session_timeout_ms} *
      (Membership::patience_with_callbacks + 2));
  CHECK(member.times_revoked(0) == 0);
  CHECK(member.said().empty());
}

TEST_CASE("what is delivered is remembered by the group, for the member that comes next") {
  const LedgerTopics ledger(support::shared_broker(), 2);
  {
    Member member(ledger, 2);
    REQUIRE(soon([&] { return member.held().size() == 3; }));
    CHECK(member.membership().delivered(0) == 0);
    member.membership().set_delivered(0, 17);
    CHECK(soon([&] { return member.membership().delivered(0) == 17; }));
    member.membership().set_delivered(0, 18);
    member.membership().set_delivered(whole_register, 5);  // stored on leaving at the latest
  }
  const Member next(ledger, 2);
  REQUIRE(soon([&] { return next.held().size() == 3; }));
  CHECK(next.membership().delivered(0) == 18);
  CHECK(next.membership().delivered(whole_register) == 5);
  CHECK(next.membership().delivered(1) == 0);
}

TEST_CASE("what a member says of partitions that another has is not stored, and of its own it is") {
  const LedgerTopics ledger(support::shared_broker(), 3);
  Member first(ledger, 3);
  REQUIRE(soon([&] { return first.held().size() == 4; }));
  const Member second(ledger, 3);
  REQUIRE(soon([&] { return second.held().size() == 2 && first.held().size() == 2; }));
  const auto lost = *second.held().begin();
  const auto kept = *first.held().begin();
  first.membership().set_delivered(lost, 99);
  first.membership().set_delivered(kept, 7);
  CHECK(soon([&] { return first.membership().delivered(kept) == 7; }));
  CHECK(first.membership().delivered(lost) == 0);
  second.membership().set_delivered(lost, 5);
  CHECK(soon([&] { return first.membership().delivered(lost) == 5; }));
}

TEST_CASE("where the group has forgotten what is delivered the last answers say it") {
  const LedgerTopics ledger(support::shared_broker());
  ReceiptTopic(ledger.connection, ledger.topics, [](auto, auto) {})
      .send(0, test::place_of(30, 0, 1), test::receipts(1));
  const Member member(ledger, 1);
  REQUIRE(soon([&] { return member.held().size() == 2; }));
  CHECK(member.membership().delivered(0) == 31);
  CHECK(member.membership().delivered(whole_register) == 0);
  member.membership().set_delivered(0, 12);
  CHECK(soon([&] { return member.membership().delivered(0) == 12; }));
}

TEST_CASE("a partition that the ledger was not founded with is served by nobody") {
  const LedgerTopics ledger(support::shared_broker(), 3);
  const Member member(ledger, 2);
  CHECK(soon([&] { return member.held() == Partitions{0, 1, whole_register}; }));
  CHECK(soon([&] { return member.said().find("was not founded with") != std::string::npos; }));
}
