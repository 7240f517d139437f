#include "tools/braid/found_on_kafka.hpp"

#include "adapters/kafka/publisher.hpp"
#include "tools/braid/command.hpp"
#include "tools/braid/partition_sequencer.hpp"
#include "tools/braid/published_checkpoints.hpp"

namespace braid::cli {
namespace {

constexpr std::chrono::seconds founded_within{120};

}  // namespace

std::unique_ptr<KafkaLedger> make_topics(const kafka::Address& address, std::uint32_t partitions,
                                         bool single_broker) {
  kafka::create_topics(open_connection(address), kafka::Topics(address.prefix), partitions,
                       single_broker);
  auto kafka = std::make_unique<KafkaLedger>(address, KafkaLedger::Options{});
  if (const auto& founding = kafka->look_for_founding())
    throw UsageError(kafka::shown(address) + " is the ledger \"" + founding->name +
                     "\" already; to found another, give another prefix: kafka://HOST:PORT/PREFIX");
  return kafka;
}

ledger::Answer found_on_kafka(KafkaLedger& kafka, const Founding& founding, Bytes framed) {
  const Ledger ledger{kafka.directory(), founding};
  CheckpointThread checkpoints(ledger, {}, to_checkpoint_topic(kafka, founding));
  kafka::Publisher publisher(kafka.connection(), kafka.topics());
  kafka::ReceiptTopic receipts(kafka.connection(), kafka.topics(),
                               [](std::uint32_t, std::int64_t) {});
  RegisterCopy registry(kafka);
  std::mutex mutex;
  std::string failure;
  PartitionSequencer sequencer(register_partition,
                               {.kafka = kafka,
                                .ledger = ledger,
                                .receipts = receipts,
                                .checkpoints = checkpoints,
                                .registry = registry,
                                .limits = {},
                                .delivered = [](std::uint32_t) { return std::uint64_t{0}; },
                                .warm = {},
                                .serves = {},
                                .fail =
                                    [&](std::string sentence) {
                                      const std::scoped_lock lock(mutex);
                                      failure = std::move(sentence);
                                    }});
  sequencer.assign();
  const auto number = publisher.send(register_partition, "", {framed.begin(), framed.end()});
  const auto until = std::chrono::steady_clock::now() + founded_within;
  while (std::chrono::steady_clock::now() < until) {
    if (auto answer = publisher.receive(number, std::chrono::milliseconds{500})) return *answer;
    const std::scoped_lock lock(mutex);
    if (!failure.empty()) throw IoFault(failure);
  }
  throw IoFault("the ledger's founding is submitted, and not answered; run `braid init` again");
}

}  // namespace braid::cli
