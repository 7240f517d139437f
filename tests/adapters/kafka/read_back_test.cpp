#include "adapters/kafka/read_back.hpp"

#include <catch2/catch.hpp>

#include "tests/adapters/kafka/partition.hpp"

using namespace braid;
using namespace braid::kafka;
using Catch::Matchers::Contains;
using test::writer;
using Why = WriterEnd::Why;

namespace {

Digest leaf(Sequence sequence) { return sha256(as_bytes(std::to_string(sequence))); }

EntryMessage own(Sequence sequence) {
  return {.writer = writer(1), .sequence = sequence, .leaf = leaf(sequence)};
}

/// Writer 1 has sent the entries 5 to 7.
ReadBack three_sent() {
  ReadBack back(writer(1), 5);
  for (const Sequence sequence : {5U, 6U, 7U}) back.sent(sequence, leaf(sequence));
  return back;
}

}  // namespace

TEST_CASE("A receipt leaves when the report has come and the entry was read back there") {
  auto back = three_sent();
  CHECK(back.safe() == 5);
  back.delivered(5, 20);
  CHECK(back.safe() == 5);
  back.read(20, own(5), Verdict::valid);
  CHECK(back.safe() == 6);
  CHECK(back.in_flight() == 2);
}

TEST_CASE("Which of report and reading comes first is of no matter") {
  auto back = three_sent();
  back.read(20, own(5), Verdict::valid);
  back.read(22, own(6), Verdict::valid);
  CHECK(back.safe() == 5);
  back.delivered(5, 20);
  CHECK(back.safe() == 6);
  back.delivered(6, 22);
  back.delivered(7, 23);
  CHECK(back.safe() == 7);
  back.read(23, own(7), Verdict::valid);
  CHECK(back.safe() == 8);
  CHECK(back.in_flight() == 0);
  CHECK_FALSE(back.end());
}

TEST_CASE("Receipts leave in sequence order, whatever the order of reports") {
  auto back = three_sent();
  for (const Sequence sequence : {5U, 6U, 7U})
    back.read(static_cast<Offset>(15 + sequence), own(sequence), Verdict::valid);
  back.delivered(7, 22);
  back.delivered(6, 21);
  CHECK(back.safe() == 5);
  back.delivered(5, 20);
  CHECK(back.safe() == 8);
}

TEST_CASE("A foreign barrier ends a writer, which waits to be assigned anew") {
  auto back = three_sent();
  back.delivered(5, 20);
  back.read(20, Barrier{writer(2), writer(1)}, Verdict::became_current);
  REQUIRE(back.end());
  CHECK(back.end()->why == Why::foreign_barrier);
  CHECK(back.end()->must_be_assigned_anew());
  CHECK_THAT(back.end()->sentence, Contains(writer(2).text()) && Contains("offset 20"));
  CHECK(back.safe() == 5);
  CHECK(back.in_flight() == 0);
}

TEST_CASE("A void barrier, and other people's void messages, end nobody") {
  auto back = three_sent();
  back.read(18, Barrier{writer(2), writer(9)}, Verdict::voided);
  back.read(19, Opening{writer(2), 5, {}}, Verdict::voided);
  back.read(20, EntryMessage{.writer = writer(2), .sequence = 5}, Verdict::voided);
  back.read(21, UnreadableEntry{writer(2), ""}, Verdict::voided);
  back.read(22, Foreign{""}, Verdict::voided);
  back.read(23, own(5), Verdict::valid);
  back.delivered(5, 23);
  CHECK_FALSE(back.end());
  CHECK(back.safe() == 6);
}

TEST_CASE("Another leaf under the own writer id ends a writer") {
  auto back = three_sent();
  auto other = own(5);
  other.leaf = leaf(99);
  back.read(20, other, Verdict::valid);
  REQUIRE(back.end());
  CHECK(back.end()->why == Why::other_entry);
  CHECK_FALSE(back.end()->must_be_assigned_anew());
  CHECK(back.safe() == 5);
}

TEST_CASE("An entry under the own writer id that was never sent ends a writer") {
  auto back = three_sent();
  for (const Sequence sequence : {5U, 6U, 7U})
    back.read(static_cast<Offset>(15 + sequence), own(sequence), Verdict::valid);
  CHECK_FALSE(back.end());
  back.read(23, own(8), Verdict::valid);
  REQUIRE(back.end());
  CHECK(back.end()->why == Why::other_entry);
}

TEST_CASE("An own entry that is void ends a writer") {
  for (const auto verdict : {Verdict::voided, Verdict::torn}) {
    auto back = three_sent();
    back.read(20, own(6), verdict);
    REQUIRE(back.end());
    CHECK(back.end()->why == Why::own_entry_void);
  }
}

TEST_CASE("A repeat of an own entry ends nobody") {
  auto back = three_sent();
  back.read(20, own(5), Verdict::valid);
  back.read(21, own(5), Verdict::repeated);
  back.delivered(5, 20);
  CHECK_FALSE(back.end());
  CHECK(back.safe() == 6);
}

TEST_CASE("A delivery error ends a writer, with all that is in flight") {
  auto back = three_sent();
  back.read(20, own(5), Verdict::valid);
  back.not_delivered("Local: Message timed out");
  REQUIRE(back.end());
  CHECK(back.end()->why == Why::not_delivered);
  CHECK_THAT(back.end()->sentence, Contains("Local: Message timed out"));
  back.delivered(5, 20);
  CHECK(back.safe() == 5);
}

TEST_CASE("An entry read back elsewhere than it was delivered ends a writer") {
  auto back = three_sent();
  SECTION("the report first") {
    back.delivered(5, 21);
    back.read(20, own(5), Verdict::valid);
  }
  SECTION("the entry first") {
    back.read(20, own(5), Verdict::valid);
    back.delivered(5, 21);
  }
  SECTION("at an offset that librdkafka does not know") {
    back.delivered(5, -1001);
    back.read(20, own(5), Verdict::valid);
  }
  REQUIRE(back.end());
  CHECK(back.end()->why == Why::offset_differs);
  CHECK(back.safe() == 5);
}

TEST_CASE("An entry that is not where it was delivered ends a writer as soon as that is read") {
  auto back = three_sent();
  SECTION("the report first") {
    back.delivered(5, 20);
    back.read(19, Foreign{""}, Verdict::voided);
    CHECK_FALSE(back.end());
    back.read(20, Foreign{""}, Verdict::voided);
  }
  SECTION("the reader first") {
    back.read(25, Foreign{""}, Verdict::voided);
    CHECK_FALSE(back.end());
    back.delivered(5, 20);
  }
  REQUIRE(back.end());
  CHECK(back.end()->why == Why::offset_differs);
}

TEST_CASE("A writer that has ended stays so, and keeps the first reason") {
  auto back = three_sent();
  back.not_delivered("first");
  back.read(20, Barrier{writer(2), writer(1)}, Verdict::became_current);
  back.sent(8, leaf(8));
  CHECK(back.end()->why == Why::not_delivered);
  CHECK(back.in_flight() == 0);
}
