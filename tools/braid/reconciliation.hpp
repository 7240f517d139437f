#pragma once
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "adapters/lmdb/event_log.hpp"
#include "projections/pool_comparison.hpp"
#include "tools/braid/evidence_sources.hpp"
#include "tools/braid/reading_ledger.hpp"
#include "tools/braid/two_copies.hpp"

namespace braid::cli {

/// One body's copy of a ledger, and what it says of a pool.
struct PoolCopy {
  PoolCopy(std::string whose_, const std::string& place);

  std::string whose;  ///< "our", "their"
  ReadingLedger reading;
  lmdb::EventLog log;
  std::unique_ptr<LedgerEvidence> proofs;  ///< null where nothing that it holds is signed
  std::string unsigned_because;            ///< then
  projections::PoolReading pool;

  [[nodiscard]] const Founding& founding() const { return reading.ledger().founding; }
  /// The operator's checkpoint of a partition; null where this copy has none.
  [[nodiscard]] const ledger::EvidenceSource* source(std::uint32_t partition) const;
};

/// Two bodies' copies of one ledger, compared over a pooled fund: entries and figures, how the
/// histories stand to one another, and what of it is proved by what the operator signed.
class Reconciliation {
 public:
  /// Throws UsageError where a place is no ledger, Refused where they are two ledgers.
  Reconciliation(const std::string& ours, const std::string& theirs);

  /// Reads both to their ends. Throws UsageError where neither copy knows the pool; HistoryBroken,
  /// saying whose, where a copy is no history.
  void run(const Uuid& pool);
  /// Writes the evidence of both, and the proof of each fork, into a folder. After `run`.
  void write_proofs(const std::filesystem::path& folder) const;

  [[nodiscard]] const projections::PoolComparison& comparison() const { return comparison_; }
  /// How the two stand to one another, and what is proved: a sentence each.
  [[nodiscard]] const std::vector<std::string>& sentences() const { return sentences_; }
  /// Whether the copies agree about the pool, no history forks, and both are proved.
  [[nodiscard]] bool agrees() const { return agrees_; }
  /// All of a copy, by partition.
  [[nodiscard]] const std::map<std::uint32_t, TwoCopies>& histories() const { return histories_; }

 private:
  void read(std::uint32_t partition, const Uuid& pool);
  void tell_history(std::uint32_t partition, const TwoCopies& copies);
  void tell_fork(std::uint32_t partition, Sequence forked);
  void prove(const PoolCopy& copy);

  PoolCopy ours_, theirs_;
  std::string subject_;
  std::map<std::uint32_t, TwoCopies> histories_;
  projections::PoolComparison comparison_;
  std::map<std::string, std::string> files_;  ///< what `write_proofs` writes, by name
  std::vector<std::string> sentences_;
  bool agrees_ = true;
};

}  // namespace braid::cli
