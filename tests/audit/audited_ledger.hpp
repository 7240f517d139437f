#pragma once
#include <functional>
#include <map>

#include "ledger/audit/gather_evidence.hpp"
#include "ledger/memory_log.hpp"
#include "ledger/verify.hpp"
#include "tests/support/memory_tiles.hpp"
#include "tests/support/small_ledger.hpp"
#include "tools/synth/event_writer.hpp"

namespace braid::test {

/// An honest ledger of one place, its views, and what its operator signed of it.
class AuditedLedger {
 public:
  static constexpr std::uint64_t usual_seed = 11;
  static constexpr int usual_batches = 40;

  /// `batches` submissions of at most `events` events, attempts that are refused among them; then
  /// whatever else happens. The batch `left_out` is made, and never published.
  AuditedLedger(std::uint64_t seed, int batches, std::size_t events,
                const std::function<void(AuditedLedger&)>& then = {}, int left_out = -1);

  [[nodiscard]] std::vector<OwnedBytes> entries(std::uint32_t partition) const;
  [[nodiscard]] const SecretKey& operator_key() const;
  /// The operator's signed checkpoint of the first `size` entries.
  [[nodiscard]] std::string note(std::uint32_t partition, Sequence size) const;
  [[nodiscard]] Digest root(std::uint32_t partition, Sequence size) const;
  [[nodiscard]] Sequence size(std::uint32_t partition) const;

  [[nodiscard]] ledger::EvidenceSources sources() const;
  /// The budget that most entries are about, and those entries.
  [[nodiscard]] std::pair<Uuid, std::vector<ledger::EntryPlace>> busiest_budget() const;
  /// Evidence of that budget.
  [[nodiscard]] ledger::Evidence evidence() const;

  ledger::MemoryLog log;
  synth::County county;
  SmallLedger small;
  MemoryRowStore views;

 private:
  struct Partition {
    std::unique_ptr<EntrySource> source;
    std::vector<Digest> leaves;
    MemoryTiles tiles;
  };
  std::map<std::uint32_t, Partition> partitions_;
};

/// Built once a process.
const AuditedLedger& audited_ledger();

}  // namespace braid::test
