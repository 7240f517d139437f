#include "adapters/kafka/submission_queue.hpp"

#include <catch2/catch.hpp>
#include <thread>

#include "adapters/kafka/assigned_reader.hpp"
#include "events/submission.hpp"
#include "tests/kafka/ledger_topics.hpp"
#include "tests/support/local_broker.hpp"
#include "tests/support/soon.hpp"

using namespace braid;
using namespace braid::kafka;
using namespace std::chrono_literals;
using Catch::Matchers::Contains;
using test::LedgerTopics;

namespace {

constexpr auto patience = 30s;
constexpr std::size_t much = 100 << 20;

/// "offset:value" of what comes until there are `count`, or nothing comes any more.
std::vector<std::string> taken(SubmissionQueue& queue, std::size_t count) {
  std::vector<std::string> all;
  while (all.size() < count) {
    const auto some = queue.take(much, patience);
    if (some.empty()) break;
    for (const auto& each : some)
      all.push_back(std::to_string(each.offset) + ":" + std::string(as_text(each.framed)));
  }
  return all;
}

std::vector<std::string> numbered(std::size_t from, std::size_t end) {
  std::vector<std::string> all;
  for (auto i = from; i < end; ++i) all.push_back(std::to_string(i) + ":s" + std::to_string(i));
  return all;
}

std::vector<std::string> submissions(std::size_t count) {
  std::vector<std::string> all;
  for (std::size_t i = 0; i < count; ++i) all.push_back("s" + std::to_string(i));
  return all;
}

/// Sends a value by a client that packs it. What went wrong; 0: nothing.
int send_packed(const LedgerTopics& ledger, const TopicPartition& to, Bytes value) {
  const auto client = ledger.connection.producer({{"compression.type", "gzip"},
                                                  {"message.max.bytes", "100000000"}});
  const QueueHandle queue(rd_kafka_queue_get_main(client.get()));
  return deliver(client.get(), queue.get(), {.to = &to, .value = value}).error;
}

}  // namespace

TEST_CASE("submissions come in order from an exact position on, each partition's own") {
  const LedgerTopics ledger(support::shared_broker(), 3);
  ledger.produce(ledger.topics.submissions(2), submissions(5));
  ledger.produce(ledger.topics.submissions(0), {"another partition's"});
  ledger.produce(ledger.topics.submissions(register_partition), {"s0", "s1"});
  SubmissionQueue queue(ledger.connection, ledger.topics, 2, 0);
  CHECK(taken(queue, 5) == numbered(0, 5));
  SubmissionQueue later(ledger.connection, ledger.topics, 2, 3);
  CHECK(taken(later, 2) == numbered(3, 5));
  SubmissionQueue of_register(ledger.connection, ledger.topics, register_partition, 1);
  CHECK(taken(of_register, 1) == numbered(1, 2));
}

TEST_CASE("a queue that is read to its end waits for what comes") {
  const LedgerTopics ledger(support::shared_broker());
  const auto place = ledger.topics.submissions(0);
  SubmissionQueue queue(ledger.connection, ledger.topics, 0, 0);
  CHECK(queue.take(much, 100ms).empty());
  ledger.produce(place, submissions(1));
  CHECK(taken(queue, 1) == numbered(0, 1));
  CHECK(queue.take(much, 100ms).empty());
}

TEST_CASE("a batch is of as many bytes as asked for, but of one submission at least") {
  const LedgerTopics ledger(support::shared_broker());
  ledger.produce(ledger.topics.submissions(0), submissions(10));
  SubmissionQueue queue(ledger.connection, ledger.topics, 0, 0);
  REQUIRE(support::soon([&] { return queue.waiting() >= 10; }));
  CHECK(queue.take(1, patience).size() == 1);
  CHECK(queue.take(5, patience).size() == 2);  // "s1", "s2"; "s3" would make six
  CHECK(queue.take(4, patience).size() == 2);
  CHECK(queue.take(much, patience).size() == 5);
}

TEST_CASE("a taker that waits is woken, and one who comes later once") {
  const LedgerTopics ledger(support::shared_broker());
  SubmissionQueue queue(ledger.connection, ledger.topics, 0, 0);
  std::thread waker([&] {
    std::this_thread::sleep_for(200ms);
    queue.wake();
  });
  CHECK(queue.take(much, std::chrono::hours{1}).empty());
  waker.join();
  queue.wake();
  CHECK(queue.take(much, std::chrono::hours{1}).empty());
  ledger.produce(ledger.topics.submissions(0), submissions(1));
  CHECK(taken(queue, 1) == numbered(0, 1));
}

TEST_CASE("offsets with holes are read across, and strangers' transactions stall nobody") {
  const LedgerTopics ledger(support::shared_broker());
  const auto place = ledger.topics.submissions(0);
  ledger.produce(place, {"s0"});
  ledger.produce_in_transaction(place, "s1", true);   // 1, and its mark 2
  ledger.produce_in_transaction(place, "s3", false);  // 3, and its mark 4
  ledger.produce(place, {"s5"});
  SubmissionQueue queue(ledger.connection, ledger.topics, 0, 0);
  CHECK(taken(queue, 4) == std::vector<std::string>{"0:s0", "1:s1", "3:s3", "5:s5"});
  // Each mark was asked for twice, and is one: nothing went by unnoticed.
  CHECK(queue.holes().read_again == 2);
  CHECK(queue.holes().filled == 0);
  SubmissionQueue in_a_hole(ledger.connection, ledger.topics, 0, 2);
  CHECK(taken(in_a_hole, 2) == std::vector<std::string>{"3:s3", "5:s5"});
}

TEST_CASE("many strangers' transactions delay a queue, and lose it nothing") {
  const LedgerTopics ledger(support::shared_broker());
  const auto place = ledger.topics.submissions(0);
  std::vector<std::string> expected;
  for (std::size_t i = 0; i < 20; ++i) {
    ledger.produce_in_transaction(place, "s" + std::to_string(2 * i), i % 2 == 0);
    expected.push_back(std::to_string(2 * i) + ":s" + std::to_string(2 * i));
  }
  SubmissionQueue queue(ledger.connection, ledger.topics, 0, 0);
  CHECK(taken(queue, 20) == expected);
  CHECK(queue.holes().read_again == 19);  // what stands behind the last mark is not there yet
}

TEST_CASE("a reader that nobody asks for longer than librdkafka bears goes on as if nothing was") {
  const LedgerTopics ledger(support::shared_broker());
  const auto place = ledger.topics.submissions(0);
  AssignedReader reader(ledger.connection, ledger.topics, {.max_silence_ms = 300});
  reader.add(place, 0);
  for (int i = 0; i < 3; ++i) {
    std::this_thread::sleep_for(1'500ms);
    ledger.produce(place, {"s" + std::to_string(i)});
    const auto next = reader.next(patience);
    REQUIRE(next.message != nullptr);
    CHECK(next.message->offset == i);
  }
}

TEST_CASE("what is empty, null or too long for a submission is handed over empty") {
  const LedgerTopics ledger(support::shared_broker());
  const Topics careless(support::fresh_name());  // made by hand: brokers count what is packed
  const auto place = careless.submissions(0);
  ledger.topic(place).create();
  const std::string too_long(SubmissionQueue::max_message_bytes + 1, 'x');
  const std::string longest(SubmissionQueue::max_message_bytes, 'y');
  for (const auto value : {Bytes{}, as_bytes(too_long), as_bytes(longest), as_bytes("s3")})
    REQUIRE(send_packed(ledger, place, value) == 0);
  SubmissionQueue queue(ledger.connection, careless, 0, 0);
  const auto all = taken(queue, 4);
  REQUIRE(all.size() == 4);
  CHECK(all[0] == "0:");
  CHECK(all[1] == "1:");
  CHECK(all[2] == "2:" + longest);
  CHECK(all[3] == "3:s3");
  // What was sent is known all the same, for the answer to name it.
  SubmissionQueue again(ledger.connection, careless, 0, 1);
  const auto dropped = again.take(1, patience);
  REQUIRE(dropped.size() == 1);
  CHECK(dropped[0].unrecorded() == AnswerSubject::unrecorded(sha256(as_bytes(too_long))));
  ledger.topic(place).remove();
}

TEST_CASE("what would unpack to more than a message may have is not taken by the brokers") {
  const LedgerTopics ledger(support::shared_broker());
  const auto place = ledger.topics.submissions(0);
  const std::string zeros(64 << 20, '\0');  // packed: some 64 KiB
  CHECK(send_packed(ledger, place, as_bytes(zeros)) == RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE);
  const std::string longest(Submission::max_bytes, 'x');
  CHECK(send_packed(ledger, place, as_bytes(longest)) == 0);
  SubmissionQueue queue(ledger.connection, ledger.topics, 0, 0);
  CHECK(taken(queue, 1) == std::vector<std::string>{"0:" + longest});
}

TEST_CASE("a queue that begins behind what is next is broken, and stays so") {
  const LedgerTopics ledger(support::shared_broker());
  const auto place = ledger.topics.submissions(0);
  ledger.produce(place, submissions(5));
  ledger.delete_before(place, 3);
  SubmissionQueue queue(ledger.connection, ledger.topics, 0, 2);
  CHECK(queue.bounds(patience) == QueueBounds{3, 5});
  for (int i = 0; i < 2; ++i) {
    CHECK_THROWS_AS(queue.take(much, patience), HistoryBroken);
    CHECK_THROWS_WITH(queue.take(much, patience),
                      Contains("begins at 3, and 2 is to be judged next") &&
                          Contains("deleted before anybody judged them"));
  }
  SubmissionQueue from_there(ledger.connection, ledger.topics, 0, 3);
  CHECK(taken(from_there, 2) == numbered(3, 5));
}

TEST_CASE("a queue that ends before what is next is broken") {
  const LedgerTopics ledger(support::shared_broker());
  ledger.produce(ledger.topics.submissions(0), submissions(2));
  SubmissionQueue queue(ledger.connection, ledger.topics, 0, 3);
  CHECK_THROWS_WITH(queue.take(much, patience),
                    Contains("ends before 2, and 3 is to be judged next"));
}

TEST_CASE("a queue of which there is no topic is said to be missing") {
  const LedgerTopics ledger(support::shared_broker());
  SubmissionQueue queue(ledger.connection, ledger.topics, 7, 0);
  CHECK_THROWS_WITH(queue.bounds(patience), Contains("braid init"));
}

TEST_CASE("an inbox that is full takes nothing more until some of it is taken, and loses nothing") {
  const LedgerTopics ledger(support::shared_broker());
  constexpr std::size_t count = 200;
  std::vector<std::string> values(count, std::string(100'000, 'x'));
  for (std::size_t i = 0; i < count; i += 20)
    ledger.produce(ledger.topics.submissions(0), {values.begin(), values.begin() + 20});
  constexpr std::size_t limit = 2 << 20;
  constexpr std::size_t one_fetch = 1 << 20;
  SubmissionQueue queue(ledger.connection, ledger.topics, 0, 0, {.bytes = limit});
  REQUIRE(support::soon([&] { return queue.waiting() * 100'000 >= limit; }));
  std::this_thread::sleep_for(500ms);
  CHECK(queue.waiting() * 100'000 <= limit + one_fetch);
  std::uint64_t next = 0;
  while (next < count) {
    const auto some = queue.take(much, patience);
    REQUIRE_FALSE(some.empty());
    for (const auto& each : some) REQUIRE(each.offset == next++);
  }
}

TEST_CASE("one submission is read by itself, while the queue holds it") {
  const LedgerTopics ledger(support::shared_broker());
  const auto place = ledger.topics.submissions(0);
  ledger.produce(place, submissions(3));
  ledger.produce_in_transaction(place, "s3", true);  // and its mark at 4
  ledger.produce(place, {"s5"});
  ledger.delete_before(place, 1);
  const auto read = [&](std::uint64_t offset) -> std::string {
    const auto found =
        read_submission(ledger.connection, ledger.topics, 0, offset, patience);
    return found ? std::string(as_text(*found)) : "nothing";
  };
  CHECK(read(0) == "nothing");
  CHECK(read(1) == "s1");
  CHECK(read(4) == "nothing");
  CHECK(read(5) == "s5");
  CHECK(read(6) == "nothing");
}
