#include "ledger/recorded_answers.hpp"

#include <rapidcheck.h>

#include <catch2/catch.hpp>
#include <map>

#include "tests/support/county_queue.hpp"

using namespace braid;
using namespace braid::test;
using ledger::QueuePosition;
using ledger::RecordedAnswer;
using ledger::RecordedAnswers;

namespace {

std::size_t up_to(std::size_t most) { return *rc::gen::inRange<std::size_t>(1, most + 1); }

/// A place that is submitted to at random: new events, the same again, parts of the same again,
/// under keys of no say; the queue has holes, and now and then the writer is cut off.
class Place {
 public:
  explicit Place(std::uint64_t seed) : queue_(log_, seed) { start(); }

  void step() {
    std::vector<ledger::Queued> round;
    auto position = place_->sequencer().next();
    for (auto left = up_to(3); left > 0; --left) {
      position.offset += up_to(3) - 1;
      round.push_back({&submission(), position});
      sent_[position.offset] = round.back().checked;
      ++position.offset;
    }
    decide(std::move(round));
  }

  /// What was told, by the submission's offset: its last receipts, all of them unless it was cut.
  std::map<std::uint64_t, std::vector<ledger::Receipt>> told;

  [[nodiscard]] std::unique_ptr<EntrySource> log() const { return log_.reader(0); }
  [[nodiscard]] std::span<const Bytes> events_at(std::uint64_t offset) const {
    return sent_.at(offset)->submission.events;
  }

 private:
  const CheckedSubmission& submission() {
    const auto which = *rc::gen::inRange(0, 10);
    if (!earlier_.empty() && which < 2) return queue_.again(*earlier(), 10'000);
    if (!earlier_.empty() && which < 3) return queue_.again(*earlier(), up_to(4));
    if (which < 4) return queue_.forged(up_to(6));
    return *earlier_.emplace_back(&queue_.next(up_to(12)));
  }
  const CheckedSubmission* earlier() { return *rc::gen::elementOf(earlier_); }

  void decide(std::vector<ledger::Queued> round) {
    if (*rc::gen::inRange(0, 4) == 0) start(up_to(12) - 1);
    while (!round.empty()) {
      try {
        auto receipts = place_->sequencer().decide_all(round);
        for (std::size_t i = 0; i < round.size(); ++i)
          told[round[i].position.offset] = std::move(receipts[i]);
        return;
      } catch (const OutcomeUnknown&) {
        start();
        go_on(round);
      }
    }
  }

  /// What the log answers already is not judged again.
  void go_on(std::vector<ledger::Queued>& round) const {
    const auto next = place_->sequencer().next();
    std::erase_if(round,
                  [&](const auto& queued) { return queued.position.offset < next.offset; });
    if (!round.empty() && round.front().position.offset == next.offset)
      round.front().position = next;
  }

  void start(std::size_t entries_left = SIZE_MAX) {
    place_.reset();
    rows_ = std::make_unique<MemoryRowStore>();
    place_ = std::make_unique<OnePartition>(log_, 0, *rows_, queue_.clock());
    place_->lead(std::make_unique<CutWriter>(log_.take_over(0), entries_left));
  }

  ledger::MemoryLog log_;
  CountyQueue queue_;
  std::unique_ptr<MemoryRowStore> rows_;
  std::unique_ptr<OnePartition> place_;
  std::vector<const CheckedSubmission*> earlier_;
  std::map<std::uint64_t, const CheckedSubmission*> sent_;
};

std::vector<RecordedAnswer> answers_from(const EntrySource& own, std::uint64_t offset) {
  std::vector<RecordedAnswer> all;
  RecordedAnswers recorded(0, own, {0, offset, 0});
  while (auto answer = recorded.next()) all.push_back(std::move(*answer));
  return all;
}

std::vector<ledger::Receipt> last_of(const std::vector<ledger::Receipt>& all, std::size_t count) {
  return {all.end() - static_cast<std::ptrdiff_t>(std::min(count, all.size())), all.end()};
}

}  // namespace

TEST_CASE("receipts made from the log are those that were given, whatever was submitted") {
  CHECK(rc::check([] {
    Place place(*rc::gen::inRange<std::uint64_t>(1, 1000));
    for (auto steps = up_to(12); steps > 0; --steps) place.step();
    auto answers = answers_from(*place.log(), 0);
    std::size_t whole_refusals = 0;
    std::size_t repeats = 0;
    for (auto& answer : answers) {
      RC_ASSERT(answer.is_whole());
      whole_refusals += answer.events > 1 && answer.receipts.back().event == Uuid{};
      repeats += answer.receipts.back().repeated;
      name_events(answer, place.events_at(answer.submission.offset));
      const auto told = place.told.find(answer.submission.offset);
      if (told == place.told.end()) continue;  // its writer was cut off when all was appended
      RC_ASSERT(last_of(answer.receipts, told->second.size()) == told->second);
    }
    for (const auto& [offset, receipts] : place.told)
      RC_ASSERT(std::ranges::any_of(
          answers, [&](const auto& answer) { return answer.submission.offset == offset; }));
    RC_CLASSIFY(whole_refusals > 0, "refuses a whole submission");
    RC_CLASSIFY(repeats > 0, "repeats");
  }));
}

TEST_CASE("receipts may be made from any place of the queue on, also from a hole in it") {
  CHECK(rc::check([] {
    Place place(*rc::gen::inRange<std::uint64_t>(1, 1000));
    for (auto steps = up_to(8); steps > 0; --steps) place.step();
    const auto own = place.log();
    const auto all = answers_from(*own, 0);
    for (std::uint64_t offset = 0; offset < all.back().submission.offset + 3; ++offset) {
      const auto begin = std::ranges::find_if(
          all, [&](const auto& answer) { return answer.submission.offset >= offset; });
      RC_ASSERT(answers_from(*own, offset) == std::vector<RecordedAnswer>(begin, all.end()));
    }
  }));
}

TEST_CASE("a log that ends inside a submission answers its first events") {
  ledger::MemoryLog log;
  CountyQueue queue(log, 5);
  const auto& submission = queue.next(9);
  const auto events = submission.submission.events.size();
  REQUIRE(events > 2);
  MemoryRowStore rows;
  OnePartition place(log, 0, rows, queue.clock());
  place.lead(std::make_unique<CutWriter>(log.take_over(0), 3));
  const std::array queued = {ledger::Queued{&submission, QueuePosition{0, 7, 0}}};
  CHECK_THROWS_AS(place.sequencer().decide_all(queued), OutcomeUnknown);
  const auto answers = answers_from(*log.reader(0), 0);
  REQUIRE(answers.size() == 1);
  CHECK(answers[0].submission == QueuePosition{0, 7, 0});
  CHECK(answers[0].events == events);
  CHECK(answers[0].root == submission.root);
  CHECK(answers[0].receipts.size() == 2);
  CHECK_FALSE(answers[0].is_whole());
}
