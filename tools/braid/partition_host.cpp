#include "tools/braid/partition_host.hpp"

#include "tools/braid/ledger.hpp"

namespace braid::cli {

PartitionHost::PartitionHost(std::uint32_t partition, const lmdb::LedgerDirectory& directory,
                             lmdb::EventLog& log)
    : own_(log.reader(partition)),
      registry_(log.reader(register_partition)),
      writer_(log.take_over(partition)),
      store_(directory.state(partition)),
      sequencer_(partition, *own_, *registry_, store_, now_us) {
  sequencer_.lead(*writer_);
  if (sequencer_.is_inside_submission())  // this engine appends a round whole or not at all
    throw HistoryBroken("the log of partition " + name_of_partition(partition) +
                        " ends in the middle of a submission: it was cut. Restore it from a copy");
}

std::vector<std::vector<ledger::Receipt>> PartitionHost::decide(
    std::span<const CheckedSubmission* const> submissions) {
  std::vector<ledger::Queued> queue;
  queue.reserve(submissions.size());
  auto position = sequencer_.next();
  for (const auto* submission : submissions) {
    queue.push_back({submission, position});
    ++position.offset;
  }
  return sequencer_.decide_all(queue);
}

}  // namespace braid::cli
