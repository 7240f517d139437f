#include "ledger/audit/gather_evidence.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "events/entry.hpp"
#include "ledger/audit/read_range.hpp"
#include "ledger/audit/signed_submission.hpp"
#include "ledger/checkpoint_keys.hpp"

namespace braid::ledger {

namespace {

class Gatherer {
 public:
  Gatherer(const EvidenceSources& sources, std::string subject) : sources_(sources) {
    evidence_.ledger = sources.ledger;
    evidence_.partitions = sources.partitions;
    evidence_.subject = std::move(subject);
  }

  Parsed<Evidence> gather(std::span<const EntryPlace> asked) {
    if (asked.size() > Evidence::max_entries / 2)
      return unreadable("there are " + std::to_string(asked.size()) +
                        " entries about it, more than one evidence file may hold");
    const std::set<EntryPlace> places(asked.begin(), asked.end());
    for (const auto& place : places)
      if (auto added = add(place); !added) return unreadable(added.error());
    if (auto added = add_register(); !added) return unreadable(added.error());
    prove_entries();
    std::ranges::sort(evidence_.entries, {}, [](const EvidenceEntry& entry) {
      return std::pair{entry.partition, entry.sequence};
    });
    return std::move(evidence_);
  }

 private:
  [[nodiscard]] const EvidenceSource& source_of(std::uint32_t partition) const {
    return sources_.by_partition.at(partition);
  }

  [[nodiscard]] static std::string too_new(std::string_view what, const EvidenceSource& source) {
    return std::string(what) + " was recorded after the last signed checkpoint, which is for " +
           std::to_string(source.checkpoint.size) +
           " entries. Ask the operator for a newer one: `braid checkpoint`";
  }

  void add_checkpoint(std::uint32_t partition) {
    evidence_.checkpoints.try_emplace(partition, source_of(partition).note);
  }

  tl::expected<void, std::string> add(const EntryPlace& place) {
    const auto& source = source_of(place.partition);
    const auto name = "entry " + std::to_string(place.sequence);
    if (place.sequence >= source.checkpoint.size) return unreadable(too_new(name, source));
    const auto bytes = entry_at(*source.entries, place.sequence);
    const EntryReader entry(bytes);
    const auto event = entry.event_bytes();
    const auto answers = index_of(entry);
    if (!event || event->empty() || !answers)
      return unreadable(name + " holds no event: nothing of it can be shown by itself");
    const auto index = *answers;
    if (!current_ || current_partition_ != place.partition || !current_->holds(place.sequence))
      current_ = submission_of(*source.entries, place.sequence, index);
    current_partition_ = place.partition;
    add_arrival(place.partition);
    note_register(entry.head(), place);
    if (index >= current_->hashes.size())
      throw HistoryBroken(name + " answers more events than its submission has");
    evidence_.entries.push_back({.partition = place.partition,
                                 .sequence = place.sequence,
                                 .bytes = bytes,
                                 .proof = {},
                                 .received = current_->received,
                                 .path = inclusion_proof(current_->hashes, index)});
    return {};
  }

  /// Each under its partition's checkpoint.
  void prove_entries() {
    std::map<std::uint32_t, std::vector<EvidenceEntry*>> by_partition;
    for (auto& entry : evidence_.entries) by_partition[entry.partition].push_back(&entry);
    for (const auto& [partition, entries] : by_partition) {
      const auto& source = source_of(partition);
      std::vector<Sequence> sequences;
      for (const auto* entry : entries) sequences.push_back(entry->sequence);
      auto proofs = inclusion_proofs(*source.tiles, sequences, source.checkpoint.size);
      for (std::size_t i = 0; i < entries.size(); ++i) entries[i]->proof = std::move(proofs[i]);
      add_checkpoint(partition);
    }
  }

  void add_arrival(std::uint32_t partition) {
    if (!arrivals_.insert({partition, current_->received}).second) return;
    note_register(EntryReader(current_->arrival).head(), {partition, current_->received});
    evidence_.entries.push_back({.partition = partition,
                                 .sequence = current_->received,
                                 .bytes = current_->arrival,
                                 .proof = {},
                                 .received = current_->received,
                                 .path = {}});
  }

  void note_register(const EntryHead& head, const EntryPlace& place) {
    const auto seen =
        place.partition == register_partition ? place.sequence + 1 : head.register_size;
    register_size_ = std::max(register_size_, seen);
  }

  /// As far as any entry had seen it, and on to the end of that submission; all that was signed of
  /// it where the operator's keys have turned, so that a reader sees which of them may sign.
  tl::expected<void, std::string> add_register() {
    const auto& source = source_of(register_partition);
    CheckpointKeys keys;
    keys.follow(*source.entries, source.checkpoint.size);
    if (keys.have_turned()) register_size_ = std::max(register_size_, source.checkpoint.size);
    if (register_size_ > source.checkpoint.size)
      return unreadable(too_new("a part of the register that these entries rest on", source));
    if (register_size_ > Evidence::max_register)
      return unreadable("the register has more entries than an evidence file may hold");
    read_range(*source.entries, 0, source.checkpoint.size, [&](Sequence sequence, Bytes bytes) {
      if (sequence >= register_size_ && EntryReader(bytes).get().isReceived()) return false;
      evidence_.registry.emplace_back(bytes.begin(), bytes.end());
      return true;
    });
    evidence_.registry_proof =
        consistency_proof(*source.tiles, evidence_.registry.size(), source.checkpoint.size);
    add_checkpoint(register_partition);
    return {};
  }

  const EvidenceSources& sources_;
  Evidence evidence_;
  std::optional<SignedSubmission> current_;
  std::uint32_t current_partition_ = 0;
  std::set<EntryPlace> arrivals_;
  Sequence register_size_ = 0;
};

}  // namespace

Parsed<Evidence> gather_evidence(const EvidenceSources& sources, std::string subject,
                                 std::span<const EntryPlace> entries) {
  return Gatherer(sources, std::move(subject)).gather(entries);
}

}  // namespace braid::ledger
