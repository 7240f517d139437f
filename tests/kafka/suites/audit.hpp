#pragma once
#include <catch2/catch.hpp>

#include "tests/support/kafka_copies.hpp"
#include "tests/support/kafka_topic.hpp"

namespace braid::test {

/// All partitions, the register among them.
std::vector<std::uint32_t> all_partitions(const KafkaLedger& ledger);
/// What a partition of a topic holds now, all of it.
std::vector<support::KafkaMessage> all_of(const KafkaLedger& ledger,
                                          const kafka::TopicPartition& place);

/// Holds a whole ledger on Kafka together: each submission of the queue against the history in the
/// copy of `member`, and every receipt that ever went out against what the history answers. A
/// submission has one entry for each of its events, or none where it cannot be recorded; it has
/// been answered, to the last event; and all its answers are equal and true. A sentence about the
/// first that is not so; empty where all is well. All that was sent is answered by now.
std::string what_is_wrong(const KafkaLedger& ledger, const std::string& member);

/// The same after a mirror was taken, which is verified; and of all that was `told`.
void require_sound(const KafkaLedger& ledger, const std::vector<std::unique_ptr<Told>>& told);

}  // namespace braid::test
