#include "tests/audit/audited_ledger.hpp"

#include <stdexcept>

#include "projections/schema/views.rows.hpp"
#include "projections/subject_entries.hpp"
#include "projections/reports/rows.hpp"
#include "projections/worker.hpp"

namespace braid::test {

AuditedLedger::AuditedLedger(std::uint64_t seed, int batches, std::size_t events,
                             const std::function<void(AuditedLedger&)>& then)
    : county({.seed = seed, .people = 12, .panel = 4}), small(log) {
  for (const auto& batch : county.registry(SmallLedger::name, 1)) small.publish(county, batch);
  for (int i = 0; i < batches; ++i) small.publish(county, county.next(events));
  if (then) then(*this);
  for (const auto number : {register_partition, 0U}) {
    auto& partition = partitions_[number];
    partition.source = log.reader(number);
    for (const auto& entry : entries(number)) partition.leaves.push_back(leaf_hash(entry));
    partition.tiles = MemoryTiles(partition.leaves);
  }
  projections::Worker(*partitions_.at(0).source, views, {}).catch_up();
}

std::vector<OwnedBytes> AuditedLedger::entries(std::uint32_t partition) const {
  std::vector<OwnedBytes> all;
  EntryBatch batch;
  const auto source = log.reader(partition);
  for (;;) {
    source->read(all.size(), 1 << 20, std::chrono::milliseconds{0}, batch);
    if (batch.entries.empty()) return all;
    for (const auto bytes : batch.entries) all.emplace_back(bytes.begin(), bytes.end());
  }
}

const SecretKey& AuditedLedger::operator_key() const {
  return county.key_of(synth::County::operator_code);
}

Sequence AuditedLedger::size(std::uint32_t partition) const {
  return partitions_.at(partition).leaves.size();
}

Digest AuditedLedger::root(std::uint32_t partition, Sequence size) const {
  return root_of(std::span(partitions_.at(partition).leaves).first(size));
}

std::string AuditedLedger::note(std::uint32_t partition, Sequence size) const {
  return ledger::sign_checkpoint(
      {ledger::origin_of(SmallLedger::name, partition), size, root(partition, size)},
      operator_key());
}

ledger::EvidenceSources AuditedLedger::sources() const {
  ledger::EvidenceSources sources{std::string(SmallLedger::name), 1, {}};
  for (const auto& [number, partition] : partitions_)
    sources.by_partition[number] = {
        partition.source.get(),
        &partition.tiles,
        note(number, size(number)),
        {ledger::origin_of(SmallLedger::name, number), size(number), root(number, size(number))}};
  return sources;
}

std::pair<Uuid, std::vector<ledger::EntryPlace>> AuditedLedger::busiest_budget() const {
  std::pair<Uuid, std::vector<ledger::EntryPlace>> busiest;
  projections::for_each_row<projections::PackageBudgetRow>(views, [&](const auto& row) {
    const auto sequences = projections::entries_about(views, row.budget);
    if (sequences.size() <= busiest.second.size()) return;
    busiest = {row.budget, {}};
    for (const auto sequence : sequences) busiest.second.push_back({0, sequence});
  });
  return busiest;
}

ledger::Evidence AuditedLedger::evidence() const {
  const auto [budget, places] = busiest_budget();
  auto evidence = ledger::gather_evidence(sources(), "budget " + budget.text(), places);
  if (!evidence) throw std::runtime_error(evidence.error());
  return std::move(*evidence);
}

const AuditedLedger& audited_ledger() {
  static const AuditedLedger ledger(11, 40, 12);
  return ledger;
}

}  // namespace braid::test
