#include "tools/braid/published_checkpoints.hpp"

#include <algorithm>

namespace braid::cli {
namespace {

/// Who has a revoked key can sign what was never there. What this disk holds, and was judged before
/// the revocation, that key may have signed in its day.
bool counts(const Ledger& ledger, std::uint32_t partition, const ledger::SignedBy& by) {
  if (!by.revoked_at) return true;
  const auto covered = register_covered(ledger, partition, by.checkpoint.size);
  return covered && signed_in_its_day(by, *covered);
}

}  // namespace

std::vector<SignedCheckpoint> published_checkpoints(std::span<const std::string> notes,
                                                    const Ledger& ledger,
                                                    std::uint32_t partition) {
  const auto keys = log_keys(ledger, partition);
  std::vector<SignedCheckpoint> known;
  for (const auto& note : notes)
    if (auto by = keys.verify_kept(note); by && counts(ledger, partition, *by))
      known.push_back({std::move(*by), note});
  std::ranges::stable_sort(known, {}, [](const auto& each) { return each.checkpoint().size; });
  return known;
}

CheckpointThread::Publish to_checkpoint_topic(const KafkaLedger& kafka, const Founding& founding) {
  return [&](std::uint32_t partition, const std::string& note) {
    kafka::publish_checkpoint(kafka.connection(), kafka.topics(),
                              ledger::origin_of(founding.name, partition), note);
  };
}

}  // namespace braid::cli
