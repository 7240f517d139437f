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

/// Larger, or the same once more by a live key in place of one that was revoked.
bool is_newer(const SignedCheckpoint& published, const SignedCheckpoint& kept) {
  const auto size = published.checkpoint().size, before = kept.checkpoint().size;
  const bool renews = kept.by.revoked_at && !published.by.revoked_at;
  return size > before || (size == before && renews);
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

void take_newest_checkpoint(KafkaLedger& kafka, std::span<const std::string> notes,
                            std::uint32_t partition) {
  const auto& ledger = kafka.ledger();
  auto known = published_checkpoints(notes, ledger, partition);
  std::erase_if(known, [](const auto& each) { return each.by.revoked_at.has_value(); });
  if (known.empty()) return;
  const auto& newest = known.back();
  const auto kept = kept_checkpoints(ledger, partition);
  if (!kept.empty() && !is_newer(newest, kept.back())) return;
  const auto copy = kafka.copy().reader(partition);
  if (copy->size() < newest.checkpoint().size) kafka.catch_up(partition);  // signed meanwhile
  HistoryRoot history(ledger.directory.tree(partition), *copy);
  require_as_signed(partition, newest.checkpoint(), copy->size(),
                    history.at(newest.checkpoint().size));
  keep_note(ledger, partition, newest.note);
}

}  // namespace

void take_newest_checkpoints(KafkaLedger& kafka) {
  const auto notes = kafka::read_checkpoint_notes(kafka.connection(), kafka.topics());
  for (const auto partition : kafka.ledger().founding.all_partitions())
    take_newest_checkpoint(kafka, notes, partition);
}

Mirrored Mirroring::bring_up(std::uint32_t partition) {
  const auto& ledger = kafka_.ledger();
  auto& [chain, mirrored] = followed_[partition];
  mirrored.partition = partition;
  kafka_.catch_up(partition);
  auto known = published_checkpoints(
      kafka::read_checkpoint_notes(kafka_.connection(), kafka_.topics()), ledger, partition);
  kafka_.catch_up(partition);  // to what was signed meanwhile
  const auto kept = kept_checkpoints(ledger, partition);
  auto last = kept.empty() ? std::nullopt : std::optional(kept.back());
  known.insert(known.end(), kept.begin(), kept.end());
  std::ranges::stable_sort(known, {}, [](const auto& each) { return each.checkpoint().size; });
  const auto source = kafka_.copy().reader(partition);
  mirrored.entries = source->size();
  for (const auto& each : known) {
    const auto& checkpoint = each.checkpoint();
    if (checkpoint.size < chain.size() || checkpoint.size == 0) continue;
    follow_to(*source, checkpoint.size, chain);
    const bool reached = chain.size() == checkpoint.size;
    require_as_signed(partition, checkpoint, mirrored.entries,
                      reached ? std::optional(chain.root()) : std::nullopt);
    mirrored.checkpoints += checkpoint.size != mirrored.complete;
    mirrored.complete = checkpoint.size;
    mirrored.root = checkpoint.root;
    if (each.note.empty() || (last && !is_newer(each, *last))) continue;
    keep_note(ledger, partition, each.note);
    last = each;
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
