#include "tests/kafka/suites/writers.hpp"

#include "tests/kafka/suites/audit.hpp"
#include "tests/support/soon.hpp"

namespace braid::test {

Writers::Writers(const KafkaLedger& ledger)
    : process(ledger.brokers(), ledger.prefix(), ledger.folder("writers")),
      partitions_(all_partitions(ledger)) {
  for (const auto partition : partitions_) process.follower.follow(partition);
}

std::map<std::uint32_t, kafka::WriterId> Writers::now() const {
  std::map<std::uint32_t, kafka::WriterId> writers;
  for (const auto partition : partitions_)
    writers[partition] = process.follower.state(partition).reader.current();
  return writers;
}

bool Writers::change(const std::map<std::uint32_t, kafka::WriterId>& from) const {
  return support::soon([&] {
    return std::ranges::any_of(partitions_, [&](const auto partition) {
      const auto state = process.follower.state(partition);
      return state.reader.opened() && state.reader.current() != from.at(partition);
    });
  });
}

kafka::ReaderCounts Writers::counts() const {
  kafka::ReaderCounts sum;
  for (const auto partition : partitions_) {
    const auto counts = process.follower.state(partition).reader.counts();
    sum.barriers += counts.barriers;
    sum.voided += counts.voided;
    sum.torn += counts.torn;
    sum.repeated += counts.repeated;
  }
  return sum;
}

}  // namespace braid::test
