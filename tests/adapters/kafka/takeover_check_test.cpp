#include "adapters/kafka/takeover_check.hpp"

#include <catch2/catch.hpp>

#include "ledger/memory_log.hpp"
#include "tests/support/small_ledger.hpp"
#include "tests/support/tampered_source.hpp"

using namespace braid;
using namespace braid::kafka;
using Catch::Matchers::Contains;

namespace {

/// A small ledger's place after a few submissions, and what a writer finds who takes it over.
struct Found {
  synth::County county{{}};
  ledger::MemoryLog log;
  test::SmallLedger ledger{log};
  OwnedBytes last;
  std::unique_ptr<EntrySource> history = log.reader(0);
  std::vector<ledger::Checkpoint> checkpoints;

  explicit Found(int submissions = 3) {
    for (const auto& batch : county.registry(test::SmallLedger::name, 1))
      ledger.publish(county, batch);
    for (int i = 0; i < submissions; ++i) {
      last = ledger.sign(county, county.next(5));
      ledger.submit(last);
    }
  }

  [[nodiscard]] Digest root_at(Sequence size) const {
    MerkleTree tree;
    const test::TamperedSource entries(*history);
    for (Sequence i = 0; i < size; ++i) tree.add(leaf_hash(entries.entries[i]));
    return tree.root();
  }

  void sign(Sequence size) { checkpoints.push_back({"small/0", size, root_at(size)}); }

  [[nodiscard]] Takeover takeover() const {
    Takeover found{.ledger = test::SmallLedger::name, .partitions = 1, .partition = 0};
    found.tail = tail_of(*history);
    found.root_at = [this](Sequence size) { return root_at(size); };
    found.checkpoints = checkpoints;
    found.queue = {0, found.tail.next.offset};
    found.last_submission = last;
    found.barrier_timestamp_ms = 1'750'000'000'000;
    found.now_ms = 1'750'000'000'000;
    found.register_size = found.tail.register_size;
    return found;
  }
};

std::string objection(const Takeover& takeover) { return objection_to(takeover).value_or(""); }

}  // namespace

TEST_CASE("The log's tail says what the sequencer's state says") {
  const Found found;
  const auto tail = tail_of(*found.history);
  CHECK(tail.size == found.history->size());
  CHECK(tail.next == found.ledger.state().next);
  CHECK(tail.last->offset + 1 == tail.next.offset);
  CHECK(tail.last->root == check_submission(found.last, test::SmallLedger::name, 1)->root);
  CHECK(tail.register_size == found.log.reader(register_partition)->size());
}

TEST_CASE("The tail of a log that ends in mid-submission names the event that is next") {
  const Found found;
  test::TamperedSource cut(*found.history);
  const auto whole = tail_of(cut);
  Sequence left = 0;  // entries of the last submission
  while (tail_of(cut).last == whole.last) {
    cut.entries.pop_back();
    ++left;
  }
  REQUIRE(left > 2);
  const test::TamperedSource all(*found.history);
  for (Sequence kept = 1; kept < left; ++kept) {
    cut.entries.push_back(all.entries[cut.entries.size()]);
    const auto index = static_cast<std::uint32_t>(kept - 1);
    CHECK(tail_of(cut).next == ledger::QueuePosition{0, whole.last->offset, index});
  }
}

TEST_CASE("An empty log begins with the first submission") {
  const ledger::MemoryLog log;
  CHECK(tail_of(*log.reader(0)) == LogTail{});
}

TEST_CASE("A log whose last entries belong to no submission is broken") {
  const Found found;
  test::TamperedSource cut(*found.history);
  cut.entries.erase(cut.entries.begin(), cut.entries.end() - 1);
  CHECK_THROWS_AS(tail_of(cut), HistoryBroken);
}

TEST_CASE("A writer who finds what the ledger has said may serve") {
  Found found;
  found.sign(found.history->size() - 4);
  CHECK(objection(found.takeover()).empty());
  CHECK(objection(Found(0).takeover()).empty());
}

TEST_CASE("A log that is shorter than a signed checkpoint is not served") {
  Found found;
  found.checkpoints = {{"small/0", 10'000, {}}, {"small/0", 1, found.root_at(1)}};
  CHECK_THAT(objection(found.takeover()),
             Contains("speaks of 10000: entries that were receipted are gone"));
}

TEST_CASE("A log with another root than a signed checkpoint is not served") {
  Found found;
  found.sign(found.history->size());
  found.checkpoints.push_back({"small/0", found.history->size(), sha256({})});
  CHECK_THAT(objection(found.takeover()), Contains("is not the one that was signed"));
}

TEST_CASE("Only the largest checkpoint costs a root") {
  Found found;
  for (const Sequence size : {1U, 7U, 3U}) found.sign(size);
  auto takeover = found.takeover();
  std::vector<Sequence> asked;
  takeover.root_at = [&](Sequence size) {
    asked.push_back(size);
    return found.root_at(size);
  };
  CHECK(objection(takeover).empty());
  CHECK(asked == std::vector<Sequence>{7});
}

TEST_CASE("A queue that begins behind what is to be judged next is not served") {
  const Found found;
  auto takeover = found.takeover();
  const auto next = takeover.tail.next.offset;
  takeover.queue = {next, next + 9};
  CHECK(objection(takeover).empty());
  takeover.queue.begin = next + 2;
  CHECK_THAT(objection(takeover), Contains("were deleted before anybody judged them"));
}

TEST_CASE("A queue may begin behind the log where all before were answered") {
  const Found found;
  auto takeover = found.takeover();
  const auto next = takeover.tail.next.offset;
  takeover.queue = {next + 2, next + 9};
  takeover.answered = next + 2;
  CHECK(objection(takeover).empty());
  CHECK(serve_from(takeover) == next + 2);
  takeover.queue.begin = next - 1;
  CHECK(serve_from(takeover) == next);
  takeover.queue.begin = next + 2;
  takeover.answered = next + 1;
  CHECK_FALSE(objection(takeover).empty());
  takeover.answered = next + 9;
  takeover.tail.next = {0, next - 1, 2};  // the last one's third event has no entry
  CHECK_FALSE(objection(takeover).empty());
}

TEST_CASE("A queue that ends before what the log has judged is not served") {
  const Found found;
  auto takeover = found.takeover();
  takeover.queue.end -= 1;
  CHECK_THAT(objection(takeover), Contains("was cut or made anew"));
  takeover.tail.next = {0, takeover.tail.last->offset, 2};
  CHECK_THAT(objection(takeover), Contains("was cut or made anew"));
}

TEST_CASE("The queue must hold the submission that the log judged last") {
  Found found;
  auto takeover = found.takeover();
  SECTION("another submission") {
    takeover.last_submission = found.ledger.sign(found.county, found.county.next(5));
    CHECK_THAT(objection(takeover), Contains("another than the one that the log has judged"));
  }
  SECTION("no submission") {
    takeover.last_submission = OwnedBytes(100);
    CHECK_THAT(objection(takeover), Contains("no submission of this ledger"));
  }
  SECTION("nothing") {
    takeover.last_submission.reset();
    CHECK_THAT(objection(takeover), Contains("holds nothing at submission 2 of partition 0"));
  }
  SECTION("nothing, for it was kept long enough") {
    takeover.last_submission.reset();
    takeover.queue.begin = takeover.tail.next.offset;
    CHECK(objection(takeover).empty());
  }
}

TEST_CASE("A writer whose clock is more than a minute from the broker's does not serve") {
  const Found found;
  auto takeover = found.takeover();
  for (const std::int64_t difference : {-60'000, 60'000}) {
    takeover.now_ms = takeover.barrier_timestamp_ms + difference;
    CHECK(objection(takeover).empty());
    takeover.now_ms += difference / 60'000;
    CHECK_THAT(objection(takeover), Contains(difference > 0 ? "60 s ahead of the broker's"
                                                            : "60 s behind the broker's"));
  }
}

TEST_CASE("A writer whose register is behind the log's does not serve") {
  const Found found;
  auto takeover = found.takeover();
  takeover.register_size -= 1;
  CHECK_THAT(objection(takeover), Contains("that was revoked would be good again"));
  takeover.partition = register_partition;
  CHECK_THAT(objection(takeover), !Contains("revoked"));
}

TEST_CASE("A writer that does not know the ledger's rule book does not serve") {
  const Found found;
  auto takeover = found.takeover();
  takeover.tail.rule_book = takeover.newest_rule_book;
  CHECK(objection(takeover).empty());
  SECTION("by which the log was judged") { takeover.tail.rule_book += 1; }
  SECTION("which is in force") { takeover.rule_book_in_force = takeover.newest_rule_book + 1; }
  CHECK_THAT(objection(takeover), Contains("install the version that the other processes run"));
}

TEST_CASE("What may mean tampering is said before what may be mended") {
  Found found;
  auto takeover = found.takeover();
  takeover.now_ms = 0;
  takeover.register_size = 0;
  CHECK_THAT(objection(takeover), Contains("clock"));
  takeover.queue.end = 0;
  CHECK_THAT(objection(takeover), Contains("was cut or made anew"));
  takeover.queue = {1'000, 2'000};
  CHECK_THAT(objection(takeover), Contains("deleted before anybody judged"));
  takeover.checkpoints = found.checkpoints = {{"small/0", 10'000, {}}};
  CHECK_THAT(objection(takeover), Contains("signed checkpoint"));
}
