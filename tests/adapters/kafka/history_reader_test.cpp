#include "adapters/kafka/history_reader.hpp"

#include <catch2/catch.hpp>

#include "tests/adapters/kafka/partition.hpp"

using namespace braid;
using namespace braid::kafka;
using Catch::Matchers::Contains;
using test::entry;
using test::Partition;
using test::writer;

namespace {

/// Writer 1 has taken over, opened, and written two entries: offsets 0 to 3.
Partition two_entries() {
  Partition log;
  log.barrier(1, 0).opening(1).entry(1, "a").entry(1, "b");
  return log;
}

Verdict last_verdict(const Partition& log) { return log.verdicts().back(); }

Digest head_of(const Partition& log) { return log.read().chain().last_leaf(); }

}  // namespace

TEST_CASE("A reader takes a writer's barrier, opening and entries") {
  const auto log = two_entries();
  CHECK(log.verdicts() ==
        std::vector{Verdict::became_current, Verdict::opened, Verdict::valid, Verdict::valid});
  const auto reader = log.read();
  CHECK(reader.current() == writer(1));
  CHECK(reader.opened());
  CHECK(reader.chain().size() == 2);
  CHECK(reader.next_offset() == 4);
  CHECK(reader.counts() == ReaderCounts{.barriers = 1});
}

TEST_CASE("A barrier that follows the current writer makes its own the current one, not opened") {
  auto log = two_entries().barrier(2, 1);
  CHECK(last_verdict(log) == Verdict::became_current);
  CHECK(log.read().current() == writer(2));
  CHECK_FALSE(log.read().opened());
  CHECK(log.read().chain().size() == 2);
}

TEST_CASE("A barrier that follows anybody else is void") {
  CHECK(last_verdict(two_entries().barrier(2, 0)) == Verdict::voided);
  CHECK(last_verdict(two_entries().barrier(2, 3)) == Verdict::voided);
  CHECK(last_verdict(two_entries().again(0)) == Verdict::voided);
  CHECK(two_entries().barrier(2, 0).read().current() == writer(1));
  CHECK(last_verdict(Partition().barrier(2, 1)) == Verdict::voided);
}

TEST_CASE("A barrier mends a torn writer") {
  auto log = two_entries();
  log.message(entry(1, 7, {}, "gap")).barrier(2, 1).opening(2).entry(2, "c");
  CHECK(last_verdict(log) == Verdict::valid);
  CHECK_FALSE(log.read().torn());
  CHECK(log.read().chain().size() == 3);
}

TEST_CASE("The current writer's first opening says what the reader has, or the history differs") {
  CHECK(last_verdict(two_entries().barrier(2, 1).opening(2)) == Verdict::opened);
  const Digest head = head_of(two_entries());
  for (const auto& wrong : {Opening{writer(2), 1, head}, Opening{writer(2), 3, head},
                            Opening{writer(2), 2, sha256({})}, Opening{writer(2), 0, {}}}) {
    const auto log = two_entries().barrier(2, 1).message(wrong);
    CHECK_THROWS_AS(log.read(), HistoryBroken);
    CHECK_THROWS_WITH(log.read(), Contains("braid.ledger/3, offset 5: the history differs") &&
                                      Contains(writer(2).text()) &&
                                      Contains("2 entries ending in"));
  }
}

TEST_CASE("What a reader stops at is not taken, so that it stops there again") {
  auto reader = two_entries().barrier(2, 1).read();
  const auto before = reader.bytes();
  CHECK_THROWS_AS(reader.take(5, Opening{writer(2), 9, {}}), HistoryBroken);
  CHECK(reader.bytes() == before);
  CHECK(reader.next_offset() == 5);
}

TEST_CASE("A second opening, or of another writer, is void whatever it says") {
  CHECK(last_verdict(two_entries().opening(1)) == Verdict::voided);
  CHECK(last_verdict(two_entries().again(1)) == Verdict::voided);
  CHECK(last_verdict(two_entries().opening(2)) == Verdict::voided);
  CHECK(last_verdict(two_entries().message(Opening{writer(2), 99, {}})) == Verdict::voided);
  CHECK(last_verdict(two_entries().message(Opening{writer(1), 99, {}})) == Verdict::voided);
}

TEST_CASE("An entry of another writer is void, even where it would continue the chain") {
  auto log = two_entries().entry(2, "c");
  CHECK(last_verdict(log) == Verdict::voided);
  CHECK(last_verdict(log.entry(1, "c")) == Verdict::valid);
}

TEST_CASE("An entry before the opening is void, and tears nothing") {
  auto log = Partition().barrier(1, 0).entry(1, "a");
  CHECK(last_verdict(log) == Verdict::voided);
  CHECK_FALSE(log.read().torn());
  CHECK(last_verdict(log.opening(1).entry(1, "a")) == Verdict::valid);
}

TEST_CASE("An entry that leaves a gap tears its writer: void until the next barrier") {
  auto log = two_entries();
  const auto before = head_of(log);
  log.message(entry(1, 3, before, "d"));
  CHECK(last_verdict(log) == Verdict::torn);
  log.entry(1, "c");
  CHECK(last_verdict(log) == Verdict::voided);
  CHECK(last_verdict(log.again(2)) == Verdict::voided);
  CHECK(log.read().chain().size() == 2);
  CHECK(log.read().counts() == ReaderCounts{.barriers = 1, .voided = 3, .torn = 1});
}

TEST_CASE("An entry that follows another than the last tears its writer") {
  CHECK(last_verdict(two_entries().message(entry(1, 2, sha256({}), "c"))) == Verdict::torn);
  CHECK(last_verdict(two_entries().message(entry(1, 2, {}, "c"))) == Verdict::torn);
}

TEST_CASE("An exact repeat of an entry is skipped and counted, and its writer goes on") {
  auto log = two_entries().again(2).again(3).again(3);
  CHECK(log.verdicts()[4] == Verdict::repeated);
  CHECK(log.verdicts()[5] == Verdict::repeated);
  CHECK(last_verdict(log) == Verdict::repeated);
  CHECK(last_verdict(log.entry(1, "c")) == Verdict::valid);
  CHECK(log.read().counts() == ReaderCounts{.barriers = 1, .repeated = 3});
}

TEST_CASE("What calls itself an entry that we have and is another tears its writer") {
  CHECK(last_verdict(two_entries().message(entry(1, 0, {}, "other"))) == Verdict::torn);
}

TEST_CASE("A repeat of an entry that another writer wrote is no repeat of this one's") {
  auto log = two_entries().barrier(2, 1).opening(2);
  auto repeated = std::get<EntryMessage>(log.messages()[2]);
  repeated.writer = writer(2);
  CHECK(last_verdict(log.message(repeated)) == Verdict::torn);
}

TEST_CASE("Repeats are known as far back as a reader remembers") {
  HistoryReader reader("braid.ledger/3");
  reader.take(0, Barrier{writer(1), {}});
  reader.take(1, Opening{writer(1), 0, {}});
  std::vector<EntryMessage> entries;
  for (Sequence i = 0; i < RecentLeaves::max + 10; ++i) {
    entries.push_back(entry(1, i, reader.chain().last_leaf(), "x"));
    CHECK(reader.take(reader.next_offset(), entries.back()) == Verdict::valid);
  }
  auto stored = HistoryReader::parse("braid.ledger/3", reader.bytes()).value();
  for (auto* each : {&reader, &stored}) {
    const auto next = each->next_offset();
    CHECK(each->take(next, entries[10]) == Verdict::repeated);
    CHECK(each->take(next + 1, entries.back()) == Verdict::repeated);
    const auto more = entry(1, each->chain().size(), each->chain().last_leaf(), "more");
    CHECK(each->take(next + 2, more) == Verdict::valid);
    CHECK(each->take(next + 3, entries[11]) == Verdict::repeated);
    CHECK(each->take(next + 4, entries[10]) == Verdict::torn);
  }
  CHECK(stored.bytes() == reader.bytes());
}

TEST_CASE("A foreign hand's message is void and counted") {
  auto log = two_entries().message(Foreign{"no header says who wrote it"}).entry(1, "c");
  CHECK(log.verdicts()[4] == Verdict::voided);
  CHECK(last_verdict(log) == Verdict::valid);
  CHECK(log.read().counts() == ReaderCounts{.barriers = 1, .voided = 1, .foreign = 1});
}

TEST_CASE("A reader stops at a kind that it does not know, whoever wrote it") {
  for (const unsigned by : {1U, 2U}) {
    const auto log = two_entries().message(UnknownKind{writer(by), "coda"});
    CHECK_THROWS_AS(log.read(), HistoryBroken);
    CHECK_THROWS_WITH(log.read(), Contains("offset 4") && Contains("\"coda\""));
  }
}

TEST_CASE("A reader stops at an entry of the current writer that it cannot read, no other") {
  const auto log = two_entries().message(UnreadableEntry{writer(1), "a variant it does not have"});
  CHECK_THROWS_WITH(log.read(), Contains("offset 4") && Contains("a variant it does not have"));
  CHECK(last_verdict(two_entries().message(UnreadableEntry{writer(2), "zeros"})) ==
        Verdict::voided);
}

TEST_CASE("Offsets may skip, for Kafka keeps marks of its own between messages") {
  HistoryReader reader("braid.ledger/3");
  CHECK(reader.take(5, Barrier{writer(1), {}}) == Verdict::became_current);
  CHECK(reader.take(9, Opening{writer(1), 0, {}}) == Verdict::opened);
  CHECK(reader.next_offset() == 10);
}

TEST_CASE("A log that ends before what was read, or begins after it, stops a reader") {
  const auto reader = two_entries().read();
  reader.require_offsets(0, 4);
  reader.require_offsets(4, 4);
  reader.require_offsets(2, 9);
  CHECK_THROWS_WITH(reader.require_offsets(0, 3),
                    Contains("braid.ledger/3") && Contains("shorter than what was read") &&
                        Contains("offset 4") && Contains("ends at 3"));
  CHECK_THROWS_WITH(reader.require_offsets(5, 9), Contains("begins at 5") && Contains("is gone"));
  CHECK_THROWS_AS(reader.require_offsets(0, 0), HistoryBroken);
}

TEST_CASE("A reader that comes back asks whether the last message it read is still there") {
  const auto log = two_entries();
  const auto reader = HistoryReader::parse("braid.ledger/3", log.read().bytes()).value();
  REQUIRE(reader.has_read());
  reader.require_last(3, log.messages()[3]);
  CHECK_THROWS_WITH(reader.require_last(3, log.messages()[2]),
                    Contains("braid.ledger/3, offset 3: the history differs") &&
                        Contains("another message"));
  CHECK_THROWS_WITH(reader.require_last(4, log.messages()[3]),
                    Contains("offset 3") && Contains("is gone"));
  CHECK_THROWS_AS(reader.require_last(3, Foreign{"no header says who wrote it"}), HistoryBroken);
  CHECK_FALSE(HistoryReader("braid.ledger/3").has_read());
}

TEST_CASE("A reader read back goes on as if it had never stopped") {
  auto log = two_entries();
  log.again(2).barrier(2, 1).opening(2).entry(2, "c").message(entry(2, 9, {}, "gap"));
  HistoryReader steady("braid.ledger/3");
  for (const auto& message : log.messages()) {
    auto again = HistoryReader::parse("braid.ledger/3", steady.bytes()).value();
    CHECK(again.bytes() == steady.bytes());
    const auto next = steady.next_offset();
    CHECK(again.take(next, message) == steady.take(next, message));
    CHECK(again.bytes() == steady.bytes());
    CHECK(again.counts() == steady.counts());
  }
}

TEST_CASE("Bytes that are no reader's state are refused") {
  const auto parses = [](Bytes bytes) {
    return HistoryReader::parse("braid.ledger/3", bytes).has_value();
  };
  const OwnedBytes bytes = two_entries().read().bytes();
  REQUIRE(parses(bytes));
  for (std::size_t length = 0; length < bytes.size(); ++length)
    CHECK_FALSE(parses(Bytes(bytes).first(length)));
  const auto with = [&](std::size_t at, unsigned value) {
    OwnedBytes changed = bytes;
    changed.at(at) = static_cast<std::byte>(value);
    return changed;
  };
  CHECK_FALSE(parses(with(0, 2)));          // another version
  CHECK_FALSE(parses(with(8, 0xff)));       // an offset below zero
  CHECK_FALSE(parses(with(1, 1)));          // fewer messages than entries
  CHECK_FALSE(parses(with(57, 3)));         // no such standing
  CHECK_FALSE(parses(with(57, 0)));         // not opened, with entries of its own
  CHECK_FALSE(parses(with(98, 1)));         // one leaf fewer than follow
  CHECK_FALSE(parses(with(99, 0xff)));      // more leaves than there are bytes
  const auto last_leaf = 100 + 32;
  const unsigned other = bytes[last_leaf] == std::byte{0} ? 1 : 0;
  CHECK_FALSE(parses(with(last_leaf, other)));  // not the chain's
  OwnedBytes longer = bytes;
  longer.push_back(std::byte{0});
  CHECK_FALSE(parses(longer));
  OwnedBytes nobody = bytes;
  std::fill(nobody.begin() + 41, nobody.begin() + 57, std::byte{0});
  CHECK_FALSE(parses(nobody));
}
