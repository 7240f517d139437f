#pragma once
#include "ledger/answer.hpp"
#include "tools/braid/kafka_ledger.hpp"

namespace braid::cli {

/// Makes what topics are missing, and the data folder. Throws UsageError where a ledger is founded
/// there already; Fault.
std::unique_ptr<KafkaLedger> make_topics(const kafka::Address& address, std::uint32_t partitions,
                                         bool single_broker);

/// Submits the founding like anything else, and sequences the register in this process until it is
/// answered. Throws Fault.
ledger::Answer found_on_kafka(KafkaLedger& kafka, const Founding& founding, Bytes framed);

}  // namespace braid::cli
