#include <catch2/catch.hpp>

#include <fstream>

#include "adapters/lmdb/event_log.hpp"
#include "adapters/lmdb/row_store.hpp"
#include "events/table/memory_row_store.hpp"
#include "ledger/sequencer.hpp"
#include "projections/worker.hpp"
#include "tests/support/kafka_copies.hpp"
#include "tests/support/kafka_topic.hpp"
#include "tests/support/local_broker.hpp"
#include "tests/support/soon.hpp"

// The command on a real broker, as a user meets it.

using namespace braid;
using namespace braid::test;
using Catch::Contains;

namespace {

constexpr auto all_sound = ",yes,yes,yes,yes,";

/// The moments at which submissions were recorded, by their place in the queue.
std::map<std::uint64_t, std::int64_t> moments_of(const EntrySource& source) {
  std::map<std::uint64_t, std::int64_t> moments;
  EntryBatch batch;
  for (Sequence at = 0;; at += batch.entries.size()) {
    source.read(at, 1 << 20, std::chrono::milliseconds{0}, batch);
    if (batch.entries.empty()) return moments;
    for (const auto bytes : batch.entries) {
      const auto head = EntryReader(bytes).head();
      moments[head.queue_offset] = head.recorded_at_us;
    }
  }
}

/// An embedded ledger that is given what the queue of one on Kafka holds, at the same moments.
class EmbeddedTwin {
 public:
  explicit EmbeddedTwin(const KafkaLedger& ledger)
      : ledger_(ledger),
        directory_(lmdb::LedgerDirectory::create(ledger.folder("twin") / "data").value()),
        log_(directory_) {}

  void live(std::uint32_t partition, const EntrySource& original) {
    const auto moments = moments_of(original);
    const auto own = log_.reader(partition);
    const auto registry = log_.reader(register_partition);
    const auto writer = log_.take_over(partition);
    lmdb::RowStore rows(directory_.state(partition));
    std::int64_t now_us = 0;
    ledger::Sequencer sequencer(partition, *own, *registry, rows, [&] { return now_us; });
    sequencer.lead(*writer);
    for (const auto& message : queue(partition, moments.rbegin()->first + 1)) {
      const auto offset = static_cast<std::uint64_t>(message.offset);
      const auto checked =
          check_submission(as_bytes(message.value), KafkaLedger::name, partitions_);
      CHECK(checked.has_value() == moments.contains(offset));
      if (!checked) continue;
      now_us = moments.at(offset);
      const std::array queued = {ledger::Queued{&*checked, {0, offset, 0}}};
      sequencer.decide_all(queued);
    }
  }

  [[nodiscard]] EntryChain chain(std::uint32_t partition) const {
    return chain_of(*log_.reader(partition));
  }
  [[nodiscard]] Digest views(std::uint32_t partition) const {
    MemoryRowStore rows;
    const auto source = log_.reader(partition);
    projections::Worker(*source, rows, {}).catch_up();
    return projections::views_digest(rows);
  }

 private:
  [[nodiscard]] std::vector<support::KafkaMessage> queue(std::uint32_t partition,
                                                         std::size_t count) const {
    const auto from = ledger_.topics().submissions(partition);
    return support::KafkaTopic{ledger_.brokers(), from.topic}.consume(count, 0, from.partition);
  }

  const KafkaLedger& ledger_;
  std::uint32_t partitions_ = 1;
  lmdb::LedgerDirectory directory_;
  lmdb::EventLog log_;
};

}  // namespace

TEST_CASE(
    "given the same submissions at the same moments, the embedded engine and Kafka have the same "
    "entries and views to the byte") {
  KafkaLedger ledger({.seed = 3});
  ledger.sequence("one");
  ledger.publish_registry();
  for (int i = 0; i < 12; ++i) ledger.publish_next(20);
  ledger.publish_again(*ledger.told().back());
  const auto queue = ledger.topics().submissions(0);
  support::KafkaTopic{ledger.brokers(), queue.topic}.produce({{"", "no submission", {}}});
  for (int i = 0; i < 4; ++i) ledger.publish_next(20);
  const auto projected = ledger.run("reader", "project");
  INFO(projected.err);
  REQUIRE(projected.exit == 0);

  EmbeddedTwin twin(ledger);
  const lmdb::EventLog copy(ledger.directory("reader"));
  for (const auto partition : {register_partition, 0U}) {
    twin.live(partition, *copy.reader(partition));
    CHECK(twin.chain(partition).root() == chain_of(ledger, "reader", partition).root());
    CHECK(twin.views(partition) == views_of(ledger, "reader", partition));
  }
  CHECK(chain_of(ledger, "reader", 0).size() > 100);
}

TEST_CASE("a mirror taken while writers write is complete where it is signed, to the same roots") {
  KafkaLedger ledger({.seed = 9});
  ledger.sequence("one");
  ledger.publish_registry();
  for (int i = 0; i < 5; ++i) {
    ledger.publish_next(40);
    if (i % 2 == 0)
      REQUIRE(ledger.sign_checkpoints("operator").exit == 0);
    std::vector<std::pair<std::uint64_t, OwnedBytes>> on_the_way;
    for (int j = 0; j < 5; ++j) {
      auto framed = ledger.sign(ledger.county().next(40));
      const auto number = ledger.send(0, framed);
      on_the_way.emplace_back(number, std::move(framed));
    }
    const auto mirrored = ledger.mirror("auditor");
    INFO(mirrored.err);
    CHECK(mirrored.exit == 0);
    for (auto& [number, framed] : on_the_way) ledger.receive(number, 0, std::move(framed));
  }
  const auto checkpoint = ledger.sign_checkpoints("operator");
  REQUIRE(checkpoint.exit == 0);
  const auto mirrored = ledger.mirror("auditor");
  const auto root = chain_of(ledger, "operator", 0).root();
  CHECK_THAT(mirrored.out, Contains(root.hex()));
  CHECK(chain_of(ledger, "auditor", 0).root() == root);
  const auto verified =
      run_shell("braid verify --ledger data --format csv", ledger.folder("auditor"));
  INFO(verified.out + verified.err);
  CHECK(verified.exit == 0);
  CHECK_THAT(verified.out, Contains(all_sound));
}

TEST_CASE("what is sent to the wrong partition, or is no submission, is answered and blocks nobody") {
  KafkaLedger ledger({.partitions = 3, .seed = 11});
  ledger.sequence("one");
  ledger.publish_registry();
  const auto& told = ledger.publish_next(5);
  const auto wrong = (told.partition + 1) % 3;
  const auto queue = ledger.topics().submissions(wrong);
  const support::KafkaTopic submissions{ledger.brokers(), queue.topic};
  const std::string honest(as_text(told.framed));
  submissions.produce({{"northshire", honest, {}},
                       {"", std::string(1 << 19, '\0'), {}},
                       {"", "", {}},
                       {"x", "no submission", {}}},
                      queue.partition);
  const auto answers = ledger.topics().receipts(wrong);
  const auto messages = support::KafkaTopic{ledger.brokers(), answers.topic}.consume(
      4, 0, answers.partition);
  REQUIRE(messages.size() == 4);
  for (const auto& message : messages) {
    const auto answer = ledger::decode_answer(as_bytes(message.value));
    REQUIRE(answer.has_value());
    CHECK(std::holds_alternative<Refusal>(*answer));
  }
  const auto misrouted = ledger::decode_answer(as_bytes(messages.front().value));
  CHECK_THAT(std::get<Refusal>(*misrouted).sentence, Contains("murmur2"));
  CHECK(ledger.publish_next(5).receipts.size() > 0);
}

TEST_CASE("a process that comes later asks for partitions when it has followed them all") {
  KafkaLedger ledger({.partitions = 2, .seed = 12});
  ledger.sequence("one");
  ledger.publish_registry();
  for (int i = 0; i < 15; ++i) ledger.publish_next(1'000);
  auto& two = ledger.sequence("two");
  const auto serves = [&] { return two.said().find("serving, as writer") != std::string::npos; };
  CHECK(support::soon(serves));
  CHECK(two.said().find("ready to serve") < two.said().find("serving, as writer"));
  ledger.member("one").kill();
  CHECK_FALSE(ledger.publish_next(20).receipts.empty());
}

TEST_CASE("a serve on Kafka passes on what comes by its socket, and keeps its views live") {
  KafkaLedger ledger({.seed = 13});
  auto& serve = ledger.serve("one");
  ledger.publish_registry();
  ledger.publish_next(30);
  const auto size = chain_of(ledger, "one", 0).size();
  CHECK(size > 0);
  CHECK(ledger.run("one", "view organisations --format csv").exit == 0);
  const auto file = ledger.folder("one") / "again.signed";
  std::ofstream out(file, std::ios::binary);
  const auto& framed = ledger.told().back()->framed;
  for (std::size_t i = 0; i < 4; ++i)
    out.put(static_cast<char>(framed.size() >> (8 * i) & 0xff));
  out << as_text(framed);
  out.close();
  const auto submitted = ledger.run("one", "submit --signed again.signed --quiet");
  INFO(submitted.err);
  CHECK(submitted.exit == 0);
  CHECK_THAT(submitted.out, Contains("recorded before"));
  const auto status = ledger.run("one", "status --json");
  CHECK(status.exit == 0);
  CHECK_THAT(status.out, Contains("process " + std::to_string(serve.pid()) + " (braid serve) keeps"));
  serve.terminate();
  CHECK(serve.hear().find("stopped") != std::string::npos);
  CHECK(serve.wait() == 0);
}

TEST_CASE("a copy is read like a ledger and written by nobody") {
  KafkaLedger ledger({.seed = 15});
  REQUIRE(ledger.mirror("auditor").exit == 0);
  const auto in_copy = [&](const std::string& command) {
    return run_shell("braid " + command + " --ledger data", ledger.folder("auditor"));
  };
  CHECK(in_copy("log --partition register --limit 1").exit == 0);
  CHECK(in_copy("verify").exit == 0);
  for (const auto* command : {"serve", "init --name x"}) {
    INFO(command);
    CHECK(in_copy(command).exit == 2);
  }
  CHECK_THAT(in_copy("serve").err, Contains("is a copy of kafka://"));
}
