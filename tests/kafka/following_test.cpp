#include <catch2/catch.hpp>

#include "ledger/memory_log.hpp"
#include "tests/contract/event_log_contract.hpp"
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

/// A ledger of one place on the shared broker, and folders for processes.
struct Ledger {
  std::string prefix = fresh_name();
  TemporaryFolder folder;

  Ledger() { make_topics(shared_broker(), prefix); }

  [[nodiscard]] std::unique_ptr<KafkaProcess> process(const std::string& name) const {
    return std::make_unique<KafkaProcess>(shared_broker(), prefix, folder / name);
  }
  [[nodiscard]] KafkaTopic log() const { return {shared_broker(), prefix + ".ledger"}; }
  [[nodiscard]] std::filesystem::path position(const std::string& name) const {
    return folder / name / "positions" / "0";
  }
  /// The topic is made anew, with nothing in it.
  void lose_log() const {
    log().remove();
    CHECK(soon([&] { return !log().exists(); }));
    make_topics(shared_broker(), prefix);
  }
};

/// Appends a history of its own, which is not the numbered one.
void append_other(ledger::LogWriter& writer, Sequence count) {
  Digest previous;
  for (Sequence i = 0; i < count; ++i) {
    const auto entry = chained_entry(i, previous, 2 * numbered_bytes);
    const Bytes borrowed[] = {entry};
    writer.append(i, borrowed);
    previous = leaf_hash(entry);
  }
}

/// What following ends with, once it has caught up or stopped.
std::string followed_to(KafkaProcess& process) {
  process.follower.follow(place);
  try {
    return process.follower.catch_up(place, 30s) ? "the end" : "nothing in time";
  } catch (const HistoryBroken& broken) {
    return broken.what();
  }
}

}  // namespace

TEST_CASE("A follower that starts again goes on where it stopped, and has every entry once") {
  const Ledger ledger;
  append_numbered(*ledger.process("writer")->log.take_over(place), 0, 300);
  for (Sequence end : {300, 500, 500, 501}) {
    {
      const auto writer = ledger.process("writer");
      append_numbered(*writer->log.take_over(place), count_numbered(*writer->log.reader(place)),
                      end);
    }
    const auto mirror = ledger.process("mirror");
    REQUIRE(followed_to(*mirror) == "the end");
    CHECK(count_numbered(*mirror->copy.reader(place)) == end);
  }
}

TEST_CASE("What is read again after a lagging position is compared with the copy and not kept twice") {
  const Ledger ledger;
  append_numbered(*ledger.process("writer")->log.take_over(place), 0, 100);
  const auto earlier = ledger.folder / "earlier";
  std::filesystem::copy_file(ledger.position("writer"), earlier);
  {
    const auto writer = ledger.process("writer");
    append_numbered(*writer->log.take_over(place), 100, 250);
  }
  std::filesystem::copy_file(earlier, ledger.position("writer"),
                             std::filesystem::copy_options::overwrite_existing);
  const auto writer = ledger.process("writer");
  append_numbered(*writer->log.take_over(place), 250, 260);
  CHECK(count_numbered(*writer->copy.reader(place)) == 260);
  CHECK(writer->follower.state(place).reader.counts().barriers == 3);
}

TEST_CASE("A follower without a position reads all again and compares") {
  const Ledger ledger;
  append_numbered(*ledger.process("writer")->log.take_over(place), 0, 100);
  std::filesystem::remove(ledger.position("writer"));
  const auto again = ledger.process("writer");
  CHECK(followed_to(*again) == "the end");
  CHECK(count_numbered(*again->copy.reader(place)) == 100);
}

TEST_CASE("A log made anew with another history stops who read the first, and names the place") {
  const Ledger ledger;
  append_numbered(*ledger.process("writer")->log.take_over(place), 0, 20);
  REQUIRE(followed_to(*ledger.process("mirror")) == "the end");
  REQUIRE(followed_to(*ledger.process("forgetful")) == "the end");
  std::filesystem::remove(ledger.position("forgetful"));
  ledger.lose_log();
  append_other(*ledger.process("other writer")->log.take_over(place), 40);

  const auto mirror = ledger.process("mirror");
  CHECK_THAT(followed_to(*mirror), Contains(".ledger/0, offset 21: the history differs"));
  CHECK(mirror->has_said("the history differs"));
  CHECK(count_numbered(*mirror->copy.reader(place)) == 20);
  CHECK_THROWS_AS(mirror->log.take_over(place), HistoryBroken);
  CHECK_THAT(followed_to(*ledger.process("forgetful")),
             Contains(".ledger/0, entry 0: the history differs"));
}

TEST_CASE("A log that is shorter than what was read stops who read it") {
  const Ledger ledger;
  append_numbered(*ledger.process("writer")->log.take_over(place), 0, 50);
  REQUIRE(followed_to(*ledger.process("forgetful")) == "the end");
  std::filesystem::remove(ledger.position("forgetful"));
  ledger.lose_log();
  append_numbered(*ledger.process("other writer")->log.take_over(place), 0, 10);

  CHECK_THAT(followed_to(*ledger.process("writer")),
             Contains("read up to offset 52, and it now ends at 12") &&
                 Contains("shorter than what was read"));
  // The same entries as far as they go: only their number tells.
  CHECK_THAT(followed_to(*ledger.process("forgetful")),
             Contains("it ends after 10 entries, and the copy") && Contains("holds 50"));
}

TEST_CASE("A copy that lost what was read of the log is not gone on with") {
  const Ledger ledger;
  append_numbered(*ledger.process("writer")->log.take_over(place), 0, 50);
  std::filesystem::remove_all(ledger.folder / "writer" / "copy");
  const auto writer = ledger.process("writer");
  CHECK_THAT(followed_to(*writer), Contains("holds 0 entries, and 50 were read"));
}

TEST_CASE("Messages of hands that are no writer's change nothing, are counted and told") {
  const Ledger ledger;
  const auto writer = ledger.process("writer");
  const auto appending = writer->log.take_over(place);
  append_numbered(*appending, 0, 10);
  const std::string stranger(16, 's');
  const auto entry = numbered_entry(10);
  ledger.log().produce({
      {"", "hello", {}},
      {"", std::string(100'000, '\0'), {{"kind", "entry"}}},
      {"", std::string(as_text(entry)), {{"writer", stranger}, {"kind", "entry"}}},
      {"", "no entry at all", {{"writer", stranger}, {"kind", "entry"}}},
      {"", std::string(16, '\0'), {{"writer", stranger}, {"kind", "barrier"}}},
      {"", "short", {{"writer", "short"}, {"kind", "barrier"}}},
  });
  append_numbered(*appending, 10, 20);
  CHECK(count_numbered(*writer->log.reader(place)) == 20);
  CHECK(writer->follower.state(place).reader.counts().voided == 6);
  const auto mirror = ledger.process("mirror");
  CHECK(followed_to(*mirror) == "the end");
  CHECK(count_numbered(*mirror->copy.reader(place)) == 20);
  CHECK(soon([&] { return mirror->has_said("6 messages more are void"); }));
}

TEST_CASE("A message of a kind that is not known stops every reader, and names the place") {
  const Ledger ledger;
  append_numbered(*ledger.process("writer")->log.take_over(place), 0, 3);
  ledger.log().produce({{"", "", {{"writer", std::string(16, 'w')}, {"kind", "seal"}}}});
  const auto mirror = ledger.process("mirror");
  CHECK_THAT(followed_to(*mirror), Contains(".ledger/0, offset 5: a message of kind \"seal\""));
  CHECK(count_numbered(*mirror->copy.reader(place)) == 3);
}

TEST_CASE("A partition that is left can be followed again") {
  const Ledger ledger;
  const auto writer = ledger.process("writer");
  append_numbered(*writer->log.take_over(place), 0, 10);
  writer->follower.leave(place);
  append_numbered(*writer->log.take_over(place), 10, 20);
  CHECK(count_numbered(*writer->log.reader(place)) == 20);
}

namespace {

/// A follower whose copy is in memory, and fails as planned.
struct PlannedCopy {
  explicit PlannedCopy(const Ledger& ledger)
      : connection(
            kafka::Connection::open({shared_broker(), ledger.prefix, "unused", {}}).value()),
        positions(ledger.folder / "planned"),
        follower(connection, kafka::Topics(ledger.prefix), copy, positions,
                 {.say =
                      [this](const std::string& what) {
                        std::lock_guard lock(mutex);
                        said.push_back(what);
                      },
                  .moved = {}}) {}

  [[nodiscard]] std::ptrdiff_t times_said(std::string_view part) {
    std::lock_guard lock(mutex);
    return std::ranges::count_if(said, [&](const auto& each) {
      return each.find(part) != std::string::npos;
    });
  }

  kafka::Connection connection;
  ledger::MemoryLog copy;
  FilePositions positions;
  std::mutex mutex;
  std::vector<std::string> said;
  kafka::Follower follower;
};

}  // namespace

TEST_CASE("A copy whose disk is full is waited for, said once, and gone on with from there") {
  const Ledger ledger;
  append_numbered(*ledger.process("writer")->log.take_over(place), 0, 30);
  PlannedCopy planned(ledger);
  planned.copy.fail_append_after(0, ledger::MemoryLog::Failure::storage_full);
  planned.follower.follow(place);
  REQUIRE(planned.follower.catch_up(place, 30s));
  CHECK(count_numbered(*planned.copy.reader(place)) == 30);
  CHECK(planned.times_said("the copy cannot be written") == 1);
  CHECK(planned.times_said("the copy is written again") == 1);
}

TEST_CASE("A copy of which it is not known what it holds stops following") {
  const Ledger ledger;
  append_numbered(*ledger.process("writer")->log.take_over(place), 0, 30);
  PlannedCopy planned(ledger);
  planned.copy.fail_append_after(0, ledger::MemoryLog::Failure::unknown_but_recorded);
  planned.follower.follow(place);
  CHECK_THROWS_WITH(planned.follower.catch_up(place, 30s), Contains("the copy takes no more"));
  CHECK(planned.times_said("the copy takes no more") == 1);
}
