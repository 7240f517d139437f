#include <signal.h>

#include <catch2/catch.hpp>
#include <random>

#include "tests/contract/event_log_contract.hpp"
#include "tests/support/child_process.hpp"
#include "tests/support/kafka_process.hpp"
#include "tests/support/kafka_topic.hpp"
#include "tests/support/local_broker.hpp"
#include "tests/support/soon.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace braid;
using namespace braid::support;
using namespace std::chrono_literals;
using Catch::Contains;

namespace {

constexpr std::uint32_t place = 0;

struct Ledger {
  std::string brokers = shared_broker();
  std::string prefix = fresh_name();
  TemporaryFolder folder;

  Ledger() { make_topics(brokers, prefix); }

  [[nodiscard]] std::unique_ptr<KafkaProcess> process(
      const std::string& name, kafka::EventLog::Options options = {}) const {
    return std::make_unique<KafkaProcess>(brokers, prefix, folder / name, std::move(options));
  }
  [[nodiscard]] KafkaTopic log() const { return {brokers, prefix + ".ledger"}; }
  /// What a reader that starts at the beginning finds.
  [[nodiscard]] Sequence count_anew() const {
    const auto mirror = process(fresh_name());
    mirror->follower.follow(place);
    REQUIRE(mirror->follower.catch_up(place, 30s));
    return count_numbered(*mirror->copy.reader(place));
  }
};

/// The message at `offset`, to be sent again.
KafkaMessage message_at(const Ledger& ledger, std::int64_t offset) {
  auto read = ledger.log().consume(1, offset);
  REQUIRE(read.size() == 1);
  read[0].offset = -1;
  return read[0];
}

KafkaMessage entry_of(const KafkaMessage& another, Sequence sequence) {
  auto message = another;
  message.value = as_text(numbered_entry(sequence));
  return message;
}


}  // namespace

TEST_CASE("A writer that was replaced by another process gives nothing more out") {
  const Ledger ledger;
  const auto first = ledger.process("first");
  const auto old_writer = first->log.take_over(place);
  append_numbered(*old_writer, 0, 10);
  const auto second = ledger.process("second");
  const auto new_writer = second->log.take_over(place);
  append_numbered(*new_writer, 10, 15);

  CHECK_THROWS_AS(append_numbered(*old_writer, 10, 12), Fenced);
  CHECK_THROWS_AS(append_numbered(*old_writer, 15, 16), Fenced);
  append_numbered(*new_writer, 15, 20);
  CHECK(ledger.count_anew() == 20);
  CHECK(count_numbered(*first->log.reader(place)) >= 10);
}

TEST_CASE("A writer is told by whom it was replaced, and says that it must take over again") {
  const Ledger ledger;
  const auto process = ledger.process("first");
  const auto writer = process->log.take_over(place);
  const auto other = process->log.take_over(place);
  const auto name = process->follower.state(place).reader.current().text();
  CHECK_THROWS_WITH(append_numbered(*writer, 0, 1),
                    Contains("writer " + name + " has taken") && Contains("no further receipt"));
  CHECK_THROWS_WITH(append_numbered(*writer, 0, 1), Contains("has ended"));
}

TEST_CASE("What a replaced writer sent late, and a barrier that comes again, are void for all") {
  const Ledger ledger;
  const auto first = ledger.process("first");
  append_numbered(*first->log.take_over(place), 0, 5);  // barrier 0, opening 1, entries 2 to 6
  const auto barrier = message_at(ledger, 0);
  const auto late = entry_of(message_at(ledger, 2), 5);
  const auto second = ledger.process("second");
  const auto writer = second->log.take_over(place);
  ledger.log().produce({late, barrier, late});
  append_numbered(*writer, 5, 8);
  CHECK(second->follower.state(place).reader.counts().voided == 3);
  CHECK(ledger.count_anew() == 8);
}

TEST_CASE("A gap that a writer leaves voids its tail, and the next writer goes on") {
  const Ledger ledger;
  const auto process = ledger.process("first");
  auto writer = process->log.take_over(place);
  append_numbered(*writer, 0, 5);
  ledger.log().produce({entry_of(message_at(ledger, 2), 7)});  // its own id, and 5 is missing
  CHECK_THROWS_WITH(append_numbered(*writer, 5, 6), Contains("is void for every reader"));
  CHECK(process->has_said("left a gap"));
  writer = process->log.take_over(place);
  append_numbered(*writer, 5, 9);
  CHECK(ledger.count_anew() == 9);
}

TEST_CASE("An entry that was delivered twice is skipped, and its writer goes on") {
  const Ledger ledger;
  const auto process = ledger.process("first");
  const auto writer = process->log.take_over(place);
  append_numbered(*writer, 0, 5);
  ledger.log().produce({message_at(ledger, 6), message_at(ledger, 5)});
  append_numbered(*writer, 5, 9);
  CHECK(process->follower.state(place).reader.counts().repeated == 2);
  CHECK(ledger.count_anew() == 9);
}

TEST_CASE("A writer that must not serve is asked before its opening, and the next one may") {
  const Ledger ledger;
  append_numbered(*ledger.process("first")->log.take_over(place), 0, 5);
  Sequence found = 0;
  std::int64_t barrier_ms = 0;
  const auto checked = ledger.process("second", {.before_opening = [&](const auto& taken_over) {
    found = taken_over.found.reader.chain().size();
    barrier_ms = taken_over.barrier_timestamp_ms;
    throw HistoryBroken("the checkpoint says something else");
  }});
  CHECK_THROWS_WITH(checked->log.take_over(place), "the checkpoint says something else");
  CHECK(found == 5);
  const auto now_ms = std::chrono::duration_cast<std::chrono::milliseconds>(
                          std::chrono::system_clock::now().time_since_epoch())
                          .count();
  CHECK(std::abs(barrier_ms - now_ms) < 60'000);
  append_numbered(*ledger.process("third")->log.take_over(place), 5, 8);
  CHECK(ledger.count_anew() == 8);
}

namespace {

/// Appends for ever, and says after each append how many entries the history has by its account.
int append_until_fenced(const Ledger& ledger, const ChildProcess::Say& say) {
  const auto process = ledger.process("stopped");
  const auto writer = process->log.take_over(place);
  for (Sequence at = 0;; at += 7) {
    try {
      append_numbered(*writer, at, at + 7, 7);
    } catch (const Fenced&) {
      say("fenced");
      return 3;
    }
    say(std::to_string(at + 7));
  }
}

}  // namespace

TEST_CASE("A writer that is stopped in mid-batch and continued after another took over is fenced") {
  const auto seed = std::random_device()();
  INFO("seed " << seed);
  std::mt19937 random(seed);
  for (int round = 0; round < 5; ++round) {
    const Ledger ledger;
    ChildProcess stopped([&](const auto& say) { return append_until_fenced(ledger, say); });
    Sequence claimed = 0;
    for (auto appends = 1 + random() % 40; appends > 0; --appends)
      claimed = std::stoull(stopped.hear());
    std::this_thread::sleep_for(std::chrono::microseconds(random() % 20'000));
    REQUIRE(::kill(stopped.pid(), SIGSTOP) == 0);

    const auto successor = ledger.process("successor");
    const auto writer = successor->log.take_over(place);
    const auto found = successor->log.reader(place)->size();
    append_numbered(*writer, found, found + 100);
    REQUIRE(::kill(stopped.pid(), SIGCONT) == 0);
    auto line = stopped.hear();
    for (; !line.empty() && line != "fenced"; line = stopped.hear()) claimed = std::stoull(line);
    CHECK(line == "fenced");
    CHECK(stopped.wait() == 3);
    append_numbered(*writer, found + 100, found + 120);
    // Everything it gave out was in the log before it was replaced.
    CHECK(claimed <= found);
    CHECK(ledger.count_anew() == found + 120);
  }
}

TEST_CASE("After kill -9 of a writer at any moment the next goes on, and nothing given out is lost") {
  const auto seed = std::random_device()();
  INFO("seed " << seed);
  std::mt19937 random(seed);
  const Ledger ledger;
  Sequence known = 0;
  for (int round = 0; round < 5; ++round) {
    ChildProcess writing([&](const ChildProcess::Say& say) {
      const auto process = ledger.process("killed");
      const auto writer = process->log.take_over(place);
      for (auto at = process->log.reader(place)->size();;) {
        append_numbered(*writer, at, at + 11, 11);
        say(std::to_string(at += 11));
      }
      return 0;
    });
    for (auto appends = random() % 30; appends > 0; --appends) known = std::stoull(writing.hear());
    writing.kill();
    writing.wait();
    for (auto line = writing.hear(); !line.empty(); line = writing.hear())
      known = std::stoull(line);
    REQUIRE(ledger.count_anew() >= known);
  }
  const auto last = ledger.process("killed");
  const auto writer = last->log.take_over(place);
  const auto size = last->log.reader(place)->size();
  append_numbered(*writer, size, size + 10);
  CHECK(ledger.count_anew() == size + 10);
  CHECK(known > 0);
}
