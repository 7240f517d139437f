#include "tests/audit/audited_ledger.hpp"

#include <stdexcept>

#include "projections/schema/views.rows.hpp"
#include "projections/subject_entries.hpp"
#include "projections/reports/rows.hpp"
#include "projections/worker.hpp"

namespace braid::test {

namespace {

/// What this place refuses: the reversal of an event that nobody knows, and an event of the batch
/// once more under another identifier, where that is refused, too.
synth::Batch attempts_beside(const synth::Batch& batch, std::uint64_t number) {
  synth::Batch attempts{batch.publisher, {}};
  const auto add = [&](const auto& change) {
    const EventReader model(batch.events.back());
    capnp::MallocMessageBuilder message;
    message.setRoot(model.get());
    auto event = message.getRoot<schema::Event>();
    schema::write(uuid_v8_from(leaf_hash(batch.events.back()), number + attempts.events.size()),
                  event.getId());
    change(event);
    attempts.events.push_back(canonical_bytes(event.asReader()));
  };
  add([](auto) {});
  add([&](schema::Event::Builder event) {
    const auto nobodys = uuid_v8_from(leaf_hash(batch.events.back()), number + 1'000'000);
    schema::write(nobodys, event.initBody().initEventReversed().initEvent());
  });
  return attempts;
}

}  // namespace

AuditedLedger::AuditedLedger(std::uint64_t seed, int batches, std::size_t events,
                             const std::function<void(AuditedLedger&)>& then, int left_out)
    : county({.seed = seed, .people = 12, .panel = 4}), small(log) {
  for (const auto& batch : county.registry(SmallLedger::name, 1)) small.publish(county, batch);
  for (int i = 0; i < batches; ++i) {
    const auto batch = county.next(events);
    if (i == left_out) continue;
    small.publish(county, batch);
    if (i % 4 == 0)
      small.publish(county, attempts_beside(batch, static_cast<std::uint64_t>(i)));
  }
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
  static const AuditedLedger ledger(AuditedLedger::usual_seed, AuditedLedger::usual_batches, 12);
  return ledger;
}

}  // namespace braid::test
