#include "adapters/kafka/topics.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "adapters/kafka/cloud_events.hpp"
#include "adapters/kafka/topic_settings.hpp"

using namespace braid;
using kafka::LedgerTopic;
using kafka::TopicPartition;
using kafka::TopicRole;
using kafka::Topics;

TEST_CASE("A place's topics are shared out by partition, the register's are its own") {
  const Topics topics("leeds");
  CHECK(topics.log(3) == TopicPartition{"leeds.ledger", 3});
  CHECK(topics.log(register_partition) == TopicPartition{"leeds.register", 0});
  CHECK(topics.submissions(3) == TopicPartition{"leeds.submissions", 3});
  CHECK(topics.submissions(register_partition) == TopicPartition{"leeds.register.submissions", 0});
  CHECK(topics.receipts(3) == TopicPartition{"leeds.receipts", 3});
  CHECK(topics.receipts(register_partition) == TopicPartition{"leeds.register.receipts", 0});
  CHECK(topics.checkpoints() == TopicPartition{"leeds.checkpoints", 0});
  CHECK(text_of(topics.log(3)) == "leeds.ledger/3");
  CHECK(topics.source(3) == "/leeds/3");
  CHECK(topics.source(register_partition) == "/leeds/register");
}

TEST_CASE("Where a submission came says which partition of the ledger it is for") {
  const Topics topics("braid");
  for (const auto partition : {0u, 7u, register_partition})
    CHECK(topics.partition_of_submissions(topics.submissions(partition)) == partition);
}

TEST_CASE("A ledger of 4 places has three topics of 4 partitions, and four of one") {
  const auto all = Topics("braid").all(4);
  std::set<std::string> names;
  std::map<std::int32_t, int> count;
  for (const auto& topic : all) {
    names.insert(topic.name);
    ++count[topic.partitions];
  }
  CHECK(names.size() == 7);
  CHECK(count == std::map<std::int32_t, int>{{1, 4}, {4, 3}});
  CHECK(std::ranges::find(all, LedgerTopic{"braid.ledger", TopicRole::log, 4}) != all.end());
}

TEST_CASE("Every setting with which a topic is made is safe") {
  for (const auto& setting : kafka::topic_settings()) {
    INFO(setting.name);
    CHECK(setting.is_safe(setting.value));
    CHECK((setting.is_safe(setting.value_on_single_broker) || setting.tolerated_on_single_broker));
    CHECK_FALSE(setting.is_safe(""));
    CHECK_FALSE(setting.is_safe("604800000 and more"));
  }
}

TEST_CASE("Finite retention is unsafe for all but submissions, whose decisions are in the log") {
  for (const auto& setting : kafka::topic_settings())
    if (setting.name == "retention.ms") {
      CHECK_FALSE(setting.is_safe("604800000"));
      CHECK(setting.concerns(TopicRole::log));
      CHECK(setting.concerns(TopicRole::receipts));
      CHECK_FALSE(setting.concerns(TopicRole::submissions));
    }
}

TEST_CASE("The headers of a message are those of a CloudEvent in binary mode, and our own") {
  auto headers = kafka::cloud_event_headers({"17", "/braid/0", kafka::cloud_event_type::accepted});
  kafka::add_header(headers, "kind", as_bytes("entry"));
  std::vector<std::string> found;
  const char* name = nullptr;
  const void* value = nullptr;
  std::size_t size = 0;
  for (std::size_t i = 0; rd_kafka_header_get_all(headers.get(), i, &name, &value, &size) ==
                          RD_KAFKA_RESP_ERR_NO_ERROR;
       ++i)
    found.push_back(std::string(name) + "=" + std::string(static_cast<const char*>(value), size));
  CHECK(found == std::vector<std::string>{"ce_specversion=1.0", "ce_id=17", "ce_source=/braid/0",
                                          "ce_type=braid.entry.accepted",
                                          "content-type=application/x-capnp", "kind=entry"});
}
