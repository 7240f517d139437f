#include "tools/braid/mirroring.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "events/merkle.hpp"
#include "tools/braid/checkpoints.hpp"
#include "tools/braid/history_root.hpp"

namespace braid::cli {
namespace {

constexpr std::size_t batch_bytes = 4 << 20;

std::vector<SignedCheckpoint> kept_checkpoints(const Ledger& ledger, std::uint32_t partition) {
  const auto kept = read_checkpoints(ledger, partition);
  if (!kept) throw HistoryBroken(kept.error());
  std::vector<SignedCheckpoint> all;
  for (const auto& by : *kept) all.push_back({by, ""});
  return all;
}

void require_as_signed(std::uint32_t partition, const ledger::Checkpoint& checkpoint,
                       Sequence entries, const std::optional<Digest>& root) {
  if (root == checkpoint.root) return;
  throw HistoryBroken(fmt::format(
      "partition {}: the operator has signed that it has {} entries under the root {}; the topic "
      "gave {} entries, with {} there. One of the two is another history: keep this copy as it is, "
      "and ask the operator",
      name_of_partition(partition), checkpoint.size, checkpoint.root.hex(), entries,
      root ? "the root " + root->hex() : "none"));
}

}  // namespace

void take_newest_checkpoint(KafkaLedger& kafka, std::uint32_t partition) {
  const auto& ledger = kafka.ledger();
  const auto known =
      published_checkpoints(kafka.connection(), kafka.topics(), ledger, partition);
  if (known.empty()) return;
  const auto& newest = known.back();
  const auto kept = kept_checkpoints(ledger, partition);
  if (!kept.empty() && kept.back().checkpoint().size >= newest.checkpoint().size) return;
  const auto copy = kafka.copy().reader(partition);
  if (copy->size() < newest.checkpoint().size) kafka.catch_up(partition);  // signed meanwhile
  HistoryRoot history(ledger.directory.tree(partition), *copy);
  require_as_signed(partition, newest.checkpoint(), copy->size(),
                    history.at(newest.checkpoint().size));
  keep_note(ledger, partition, newest.note);
}

Mirrored Mirroring::bring_up(std::uint32_t partition) {
  const auto& ledger = kafka_.ledger();
  auto& [chain, mirrored] = followed_[partition];
  mirrored.partition = partition;
  kafka_.catch_up(partition);
  auto known = published_checkpoints(kafka_.connection(), kafka_.topics(), ledger, partition);
  kafka_.catch_up(partition);  // to what was signed meanwhile
  const auto kept = kept_checkpoints(ledger, partition);
  auto last_kept = kept.empty() ? 0 : kept.back().checkpoint().size;
  bool last_is_live = !kept.empty() && !kept.back().by.revoked_at;
  known.insert(known.end(), kept.begin(), kept.end());
  std::ranges::stable_sort(known, {}, [](const auto& each) { return each.checkpoint().size; });
  const auto source = kafka_.copy().reader(partition);
  mirrored.entries = source->size();
  for (const auto& [by, note] : known) {
    const auto& checkpoint = by.checkpoint;
    if (checkpoint.size < chain.size() || checkpoint.size == 0) continue;
    follow_to(*source, checkpoint.size, chain);
    const bool reached = chain.size() == checkpoint.size;
    require_as_signed(partition, checkpoint, mirrored.entries,
                      reached ? std::optional(chain.root()) : std::nullopt);
    mirrored.checkpoints += checkpoint.size != mirrored.complete;
    mirrored.complete = checkpoint.size;
    mirrored.root = checkpoint.root;
    const bool renews = checkpoint.size == last_kept && !last_is_live && !by.revoked_at;
    if (note.empty() || (checkpoint.size <= last_kept && !renews)) continue;
    keep_note(ledger, partition, note);
    last_kept = checkpoint.size;
    last_is_live = !by.revoked_at;
  }
  return mirrored;
}

/// To that many entries, or to the end.
void Mirroring::follow_to(const EntrySource& source, Sequence size, EntryChain& chain) {
  while (chain.size() < size) {
    source.read(chain.size(), batch_bytes, std::chrono::milliseconds{0}, batch_);
    if (batch_.entries.empty()) return;
    for (const auto bytes : batch_.entries) {
      if (chain.size() == size) return;
      chain.follow(EntryReader(bytes).head(), leaf_hash(bytes));
    }
  }
}

}  // namespace braid::cli
