#include "tools/braid/reconciliation.hpp"

#include <fmt/format.h>

#include "adapters/json/evidence_file.hpp"
#include "adapters/lmdb/durable_file.hpp"
#include "ledger/tlog_proof.hpp"
#include "tools/braid/command.hpp"
#include "tools/braid/operator_keys.hpp"
#include "tools/braid/progress.hpp"

namespace braid::cli {
namespace {

using projections::PoolReader;

std::string spoken(std::uint32_t partition) {
  return partition == register_partition ? "the register"
                                         : "partition " + name_of_partition(partition);
}

OwnedBytes entry_at(const PoolCopy& copy, std::uint32_t partition, Sequence sequence) {
  EntryBatch batch;
  copy.log.reader(partition)->read(sequence, 1, std::chrono::milliseconds{0}, batch);
  if (batch.entries.empty()) throw HistoryBroken("the log was cut while it was read");
  return {batch.entries.front().begin(), batch.entries.front().end()};
}

/// That the entry stands in this copy's history as the operator signed it; nothing where no
/// checkpoint covers it or the proof does not hold.
std::optional<ledger::TlogProof> proof_of(const PoolCopy& copy, std::uint32_t partition,
                                          Sequence sequence) {
  const auto* source = copy.source(partition);
  if (source == nullptr || sequence >= source->checkpoint.size) return std::nullopt;
  ledger::TlogProof proof{
      {},
      sequence,
      inclusion_proof(*source->tiles, sequence, source->checkpoint.size),
      source->note};
  const auto keys = log_keys(copy.reading.ledger(), partition);
  const auto leaf = leaf_hash(entry_at(copy, partition, sequence));
  if (!ledger::verify_proof(proof, leaf, keys)) return std::nullopt;
  return proof;
}

}  // namespace

PoolCopy::PoolCopy(std::string whose_, const std::string& place)
    : whose(std::move(whose_)),
      reading(LedgerPlace::of(place), ReadingLedger::Views::not_needed),
      log(reading.ledger().directory) {
  try {
    proofs = std::make_unique<LedgerEvidence>(reading.ledger());
  } catch (const Refused& refused) {
    unsigned_because = refused.what();
  }
}

const ledger::EvidenceSource* PoolCopy::source(std::uint32_t partition) const {
  if (!proofs) return nullptr;
  const auto& all = proofs->sources().by_partition;
  const auto found = all.find(partition);
  return found == all.end() ? nullptr : &found->second;
}

Reconciliation::Reconciliation(const std::string& ours, const std::string& theirs)
    : ours_("our", ours), theirs_("their", theirs) {
  const auto &own = ours_.founding(), &other = theirs_.founding();
  if (own.name != other.name || own.operator_key != other.operator_key ||
      own.partitions != other.partitions)
    throw Refused(fmt::format("these are two ledgers, not two copies of one: {} by the operator's "
                              "key {}, and {} by {}",
                              own.name, own.operator_key.hex(), other.name,
                              other.operator_key.hex()));
}

void Reconciliation::run(const Uuid& pool) {
  subject_ = "pool " + pool.text();
  for (const auto partition : ours_.founding().all_partitions()) read(partition, pool);
  if (ours_.pool.entries.empty() && theirs_.pool.entries.empty())
    throw UsageError("neither copy knows the " + subject_);
  comparison_ = projections::compare(ours_.pool, theirs_.pool);
  agrees_ = agrees_ && comparison_.same();
  prove(ours_);
  prove(theirs_);
}

void Reconciliation::read(std::uint32_t partition, const Uuid& pool) {
  PoolReader own(pool), other(pool);
  const auto into = [&](PoolReader& reader) {
    return [&reader, partition](const ReadEntry& entry, Bytes bytes) {
      if (partition != register_partition) reader.add(partition, entry, bytes);
    };
  };
  Progress progress(spoken(partition) + " of both", "entries");
  auto copies = CopyReader(into(own), into(other))
                    .read(*ours_.log.reader(partition), *theirs_.log.reader(partition),
                          [&](Sequence done, Sequence size) { progress.show(done, size); });
  tell_history(partition, copies);
  histories_.emplace(partition, std::move(copies));
  for (auto [reader, copy] : {std::pair{&own, &ours_}, std::pair{&other, &theirs_}}) {
    auto reading = std::move(*reader).finish();
    if (reading.entries.empty()) continue;  // a pool is of one place
    copy->pool = std::move(reading);
  }
}

void Reconciliation::tell_history(std::uint32_t partition, const TwoCopies& copies) {
  const auto own = copies.ours.size(), other = copies.theirs.size();
  if (copies.forked) {
    agrees_ = false;
    sentences_.push_back(fmt::format(
        "{} FORKS: both copies begin with the same {} entries (root {}), and from entry {} on they "
        "are two histories.",
        spoken(partition), *copies.forked, copies.common.root().hex(), *copies.forked));
    tell_fork(partition, *copies.forked);
  } else if (own == other) {
    if (own != 0)
      sentences_.push_back(fmt::format("{}: both copies hold the same {} entries.",
                                       spoken(partition), own));
  } else {
    sentences_.push_back(fmt::format(
        "{}: {} copy is behind: its {} entries are the first of {} {}, under one root ({}).",
        spoken(partition), own < other ? "our" : "their", std::min(own, other),
        own < other ? "their" : "our", std::max(own, other), copies.common.root().hex()));
  }
}

void Reconciliation::tell_fork(std::uint32_t partition, Sequence forked) {
  const auto own = proof_of(ours_, partition, forked);
  const auto other = proof_of(theirs_, partition, forked);
  if (!own || !other) {
    sentences_.push_back(fmt::format(
        "No checkpoint proves entry {} of {} in {}: that copy may have been altered, or nothing was "
        "signed for it yet. `braid audit verify` on each says which.",
        forked, spoken(partition),
        own ? "their copy" : other ? "our copy" : "either copy"));
    return;
  }
  sentences_.push_back(fmt::format(
      "The operator has signed both: two checkpoints under its key, and in each another entry {}. "
      "That is proof of two histories; --evidence keeps it: show it to whoever relies on the ledger.",
      forked));
  const auto keep = [&](const PoolCopy& copy, const ledger::TlogProof& proof) {
    const auto name =
        fmt::format("fork-{}-entry-{}-{}s", name_of_partition(partition), forked, copy.whose);
    files_[name + ".tlog-proof"] = proof.text();
    files_[name + ".entry"] = as_text(entry_at(copy, partition, forked));
  };
  keep(ours_, *own);
  keep(theirs_, *other);
}

void Reconciliation::prove(const PoolCopy& copy) {
  const auto& entries = copy.pool.entries;
  if (entries.empty()) return;
  const auto not_proved = [&](const std::string& why) {
    agrees_ = false;
    sentences_.push_back(fmt::format("NOT PROVED: {} copy: {}", copy.whose, why));
  };
  const auto* source = copy.source(entries.front().partition);
  if (source == nullptr)
    return not_proved(copy.unsigned_because.empty() ? "there is no checkpoint of its place"
                                                    : copy.unsigned_because);
  std::vector<ledger::EntryPlace> places;
  for (const auto& entry : entries)
    if (entry.sequence < source->checkpoint.size)
      places.push_back({entry.partition, entry.sequence});
  if (places.empty())
    return not_proved("its checkpoint covers none of the pool's entries");
  const auto evidence = ledger::gather_evidence(copy.proofs->sources(), subject_, places);
  if (!evidence) return not_proved(evidence.error());
  const auto checked =
      ledger::check_evidence(*evidence, {{copy.founding().operator_key}, {}});
  if (checked.wrong) return not_proved(*checked.wrong);
  files_[copy.whose + "s.evidence"] = json::EvidenceFile::write(*evidence);
  sentences_.push_back(fmt::format(
      "Proved in {} copy: {} of its {} entries about the pool, each signed by its publisher, under "
      "the operator's checkpoint of {} entries{}.",
      copy.whose, places.size(), entries.size(), source->checkpoint.size,
      places.size() == entries.size() ? "" : "; the others were recorded after it"));
}

void Reconciliation::write_proofs(const std::filesystem::path& folder) const {
  const auto absolute = std::filesystem::absolute(folder);
  lmdb::make_folder(absolute);
  for (const auto& [name, text] : files_) lmdb::replace_file(absolute / name, text);
}

}  // namespace braid::cli
