#include "adapters/kafka/checkpoint_topic.hpp"

#include <catch2/catch.hpp>

#include "tests/kafka/ledger_topics.hpp"
#include "tests/support/local_broker.hpp"

using namespace braid;
using namespace braid::kafka;
using test::LedgerTopics;
using Notes = std::vector<std::string>;

TEST_CASE("checkpoints are read in the order in which they were published") {
  const LedgerTopics ledger(support::shared_broker());
  CHECK(read_checkpoint_notes(ledger.connection, ledger.topics).empty());
  publish_checkpoint(ledger.connection, ledger.topics, "norfolk/0", "first\n");
  publish_checkpoint(ledger.connection, ledger.topics, "norfolk/1", "second\n");
  CHECK(read_checkpoint_notes(ledger.connection, ledger.topics) == Notes{"first\n", "second\n"});
}

TEST_CASE("a checkpoint has its origin for a key, and CloudEvents headers") {
  const LedgerTopics ledger(support::shared_broker());
  publish_checkpoint(ledger.connection, ledger.topics, "norfolk/0", "first\n");
  const auto message = ledger.topic(ledger.topics.checkpoints()).consume(1).at(0);
  CHECK(message.key == "norfolk/0");
  const auto& headers = message.headers;
  CHECK(std::ranges::count(headers, std::pair<std::string, std::string>("ce_type",
                                                                        "braid.checkpoint")) == 1);
}

TEST_CASE("notes that are too long are left out, and only the newest are read") {
  const LedgerTopics ledger(support::shared_broker());
  const auto place = ledger.topics.checkpoints();
  ledger.produce(place, {"a", std::string(max_note_bytes + 1, 'x'), "b", "c"});
  CHECK(read_checkpoint_notes(ledger.connection, ledger.topics) == Notes{"a", "b", "c"});
  CHECK(read_checkpoint_notes(ledger.connection, ledger.topics, 2) == Notes{"b", "c"});
  CHECK(read_checkpoint_notes(ledger.connection, ledger.topics, 3) == Notes{"b", "c"});
}

TEST_CASE("marks of strangers at the topic's end stall no reader") {
  const LedgerTopics ledger(support::shared_broker());
  const auto place = ledger.topics.checkpoints();
  ledger.produce(place, {"a"});
  ledger.produce_in_transaction(place, "b", true);
  CHECK(read_checkpoint_notes(ledger.connection, ledger.topics) == Notes{"a", "b"});
}

TEST_CASE("a checkpoint for which there is no topic is refused, with the remedy") {
  const LedgerTopics ledger(support::shared_broker());
  const Topics others("no-" + ledger.topics.prefix());
  CHECK_THROWS_WITH(publish_checkpoint(ledger.connection, others, "norfolk/0", "first\n"),
                    Catch::Contains("braid init"));
}
