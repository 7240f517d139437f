#include "ledger/sequencer.hpp"

#include <catch2/catch.hpp>

#include "events/merkle.hpp"
#include "ledger/pending_history.hpp"
#include "ledger/verify.hpp"
#include "tests/support/county_queue.hpp"

using namespace braid;
using namespace braid::test;
using ledger::QueuePosition;

namespace {

/// A ledger whose register is written, a sequencer that leads place 0, and one that follows it.
struct Leading {
  ledger::MemoryLog log;
  CountyQueue queue{log, 3};
  MemoryRowStore rows;
  MemoryRowStore standby_rows;
  OnePartition place{log, 0, rows, queue.clock()};
  OnePartition standby{log, 0, standby_rows, queue.clock()};

  Leading() { place.lead(); }

  ledger::Sequencer& leader() { return place.sequencer(); }

  std::vector<ledger::Receipt> submit(const CheckedSubmission& submission,
                                      const QueuePosition& position) {
    const std::array queued = {ledger::Queued{&submission, position}};
    return leader().decide_all(queued).front();
  }
  std::vector<ledger::Receipt> submit(std::size_t events) {
    return submit(queue.next(events), leader().next());
  }

  [[nodiscard]] std::string bad_entry() const {
    const auto own = log.reader(0);
    const auto registry = log.reader(register_partition);
    MemoryRowStore scratch;
    const auto verified = ledger::Verifier(std::string(CountyQueue::name), 0,
                                           {*own, *own, *registry}, scratch, {.threads = 1})
                              .run();
    return verified.bad ? verified.bad->found : "";
  }
};

/// A log to which, whenever a reader has come to its end, somebody appends.
class GrowingSource final : public EntrySource {
 public:
  GrowingSource(const EntrySource& log, std::function<void()> grow)
      : log_(log), grow_(std::move(grow)) {}

  [[nodiscard]] Sequence size() const override { return log_.size(); }
  void read(Sequence from, std::size_t max_bytes, std::chrono::milliseconds patience,
            EntryBatch& batch) const override {
    log_.read(from, max_bytes, patience, batch);
    if (batch.entries.empty()) grow_();
  }

 private:
  const EntrySource& log_;
  std::function<void()> grow_;
};

Sequence stored_size(RowStore& rows, const EntrySource& own) {
  const ledger::PendingHistory history(own);
  return ledger::State(rows, history).own_chain.size();
}

}  // namespace

TEST_CASE("a sequencer without a writer takes what the log has gained since") {
  Leading given;
  given.submit(5);
  given.submit(7);
  given.standby.sequencer().follow();
  const auto& seen = given.standby.sequencer();
  CHECK(seen.next() == given.leader().next());
  CHECK(seen.state().own_chain.root() == given.leader().state().own_chain.root());
}

TEST_CASE("a log that grows while it is followed is not taken for one that was cut") {
  Leading given;
  given.submit(5);
  const auto own = given.log.reader(0);
  const auto registry = given.log.reader(register_partition);
  const GrowingSource growing(*own, [&] { given.submit(3); });
  MemoryRowStore rows;
  ledger::Sequencer follower(0, growing, *registry, rows, given.queue.clock());
  CHECK(follower.state().own_chain.size() < own->size());
  follower.follow();
  CHECK(follower.state().own_chain.size() < own->size());
}

TEST_CASE("a standby that leads goes on as the one before it would have") {
  Leading given;
  given.submit(9);
  const auto& submission = given.queue.next(6);
  given.standby.sequencer().follow();
  given.standby.lead();
  const std::array queued = {ledger::Queued{&submission, given.standby.sequencer().next()}};
  const auto receipts = given.standby.sequencer().decide_all(queued).front();
  CHECK(receipts.size() == submission.submission.events.size());
  CHECK_THROWS_AS(given.submit(1), Fenced);
  CHECK(given.bad_entry().empty());
}

TEST_CASE("what a follower stores does not run ahead of the log, nor does what a leader stores") {
  Leading given;
  given.submit(9);
  given.standby.sequencer().follow();
  given.standby.sequencer().flush();
  given.leader().flush();
  const auto own = given.log.reader(0);
  CHECK(stored_size(given.standby_rows, *own) == own->size());
  given.log.fail_append_after(0, ledger::MemoryLog::Failure::unknown_and_not_recorded);
  CHECK_THROWS_AS(given.submit(9), OutcomeUnknown);
  CHECK(stored_size(given.rows, *own) == own->size());
}

TEST_CASE("a queue may have holes, and a state that replays the log goes on behind them") {
  Leading given;
  given.submit(given.queue.next(4), {0, 3, 0});
  given.submit(given.queue.next(4), {0, 4, 0});
  given.submit(given.queue.next(4), {0, 11, 0});
  CHECK(given.leader().next() == QueuePosition{0, 12, 0});
  given.standby.sequencer().follow();
  CHECK(given.standby.sequencer().next() == QueuePosition{0, 12, 0});
  CHECK(given.bad_entry().empty());
}

TEST_CASE("a batch that was cut in the middle of a submission is gone on with where it was cut") {
  const std::size_t cut = GENERATE(0, 1, 2, 5, 9);
  CAPTURE(cut);
  Leading given;
  given.submit(3);
  const auto& submission = given.queue.next(8);
  const auto events = submission.submission.events.size();
  const auto position = QueuePosition{0, given.leader().next().offset + 2, 0};
  MemoryRowStore rows;
  OnePartition cut_off(given.log, 0, rows, given.queue.clock());
  cut_off.lead(std::make_unique<CutWriter>(given.log.take_over(0), cut));
  const std::array queued = {ledger::Queued{&submission, position}};
  if (cut <= events)
    CHECK_THROWS_AS(cut_off.sequencer().decide_all(queued), OutcomeUnknown);
  else
    CHECK_NOTHROW(cut_off.sequencer().decide_all(queued));

  given.standby.lead();
  auto& successor = given.standby.sequencer();
  const bool begun = cut > 0 && cut <= events;
  CHECK(successor.is_inside_submission() == begun);
  if (begun) {
    CHECK(successor.next() ==
          QueuePosition{0, position.offset, static_cast<std::uint32_t>(cut - 1)});
    const std::array rest = {ledger::Queued{&submission, successor.next()}};
    CHECK(successor.decide_all(rest).front().size() == events - (cut - 1));
    CHECK(successor.next() == QueuePosition{0, position.offset + 1, 0});
  }
  CHECK(given.bad_entry().empty());
}

TEST_CASE("a history whose places of the queue go back is refused") {
  Leading given;
  given.submit(given.queue.next(2), {0, 5, 0});
  const auto own = given.log.reader(0);
  EntryBatch batch;
  own->read(own->size() - 1, 1, std::chrono::milliseconds{0}, batch);
  const EntryReader last(batch.entries.front());
  auto head = last.head();
  head.sequence = own->size();
  head.previous = leaf_hash(batch.entries.front());
  head.queue_offset = 4;
  EntryEncoder encoder;
  const std::array entry = {encoder.encode(head, ReceivedBody{.publisher = "E60", .count = 1})};
  given.log.take_over(0)->append(own->size(), entry);
  CHECK_THROWS_AS(given.standby.sequencer().follow(), HistoryBroken);
  CHECK(given.bad_entry().find("an earlier place of the queue") != std::string::npos);
}
