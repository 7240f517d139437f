#include "ledger/memory_log.hpp"

#include <catch2/catch.hpp>

#include "tests/contract/event_log_contract.hpp"

using braid::ledger::MemoryLog;
using braid::support::append_numbered;

TEST_CASE("A log in memory keeps every promise of a log") {
  braid::support::check_event_log_contract([] { return std::make_unique<MemoryLog>(); });
}

TEST_CASE("A log in memory keeps bytes of any length") {
  MemoryLog log;
  braid::support::check_any_bytes(log);
}

TEST_CASE("A log in memory fails as planned, once, and says truly what it recorded") {
  MemoryLog log;
  auto writer = log.take_over(0);
  auto reader = log.reader(0);

  SECTION("a full store records nothing and can be written again") {
    log.fail_append_after(2, MemoryLog::Failure::storage_full);
    append_numbered(*writer, 0, 2, 1);
    CHECK_THROWS_AS(append_numbered(*writer, 2, 3), braid::StorageFull);
    CHECK(reader->size() == 2);
    append_numbered(*writer, 2, 3);
    CHECK(reader->size() == 3);
  }
  SECTION("an unknown outcome may have recorded nothing") {
    log.fail_append_after(0, MemoryLog::Failure::unknown_and_not_recorded);
    CHECK_THROWS_AS(append_numbered(*writer, 0, 1), braid::OutcomeUnknown);
    CHECK(reader->size() == 0);
  }
  SECTION("an unknown outcome may have recorded all") {
    log.fail_append_after(0, MemoryLog::Failure::unknown_but_recorded);
    CHECK_THROWS_AS(append_numbered(*writer, 0, 1), braid::OutcomeUnknown);
    CHECK(reader->size() == 1);
  }
  SECTION("after an unknown outcome only a new writer may go on") {
    log.fail_append_after(0, MemoryLog::Failure::unknown_but_recorded);
    CHECK_THROWS_AS(append_numbered(*writer, 0, 1), braid::OutcomeUnknown);
    CHECK_THROWS_AS(append_numbered(*writer, 1, 2), braid::Fenced);
    append_numbered(*log.take_over(0), 1, 2);
    CHECK(reader->size() == 2);
  }
}
