#pragma once
#include <optional>

#include "ledger/checkpoint_keys.hpp"
#include "tools/braid/ledger.hpp"

namespace braid::cli {

/// The keys that sign a ledger's checkpoints, by the register on this disk: the ledger's own, a
/// mirror's, or the copy of one on Kafka. Thread: one at a time.
class OperatorKeys {
 public:
  /// Borrows `ledger`.
  explicit OperatorKeys(const Ledger& ledger);
  /// As the register stands now; only what is new of it is read.
  const ledger::CheckpointKeys& now();

 private:
  const Ledger& ledger_;
  ledger::CheckpointKeys keys_;
};

/// The keys of one partition's checkpoints, by the register as it stands now.
ledger::LogKeys log_keys(const Ledger& ledger, std::uint32_t partition);

/// By how many of the register's entries a partition's first `size` entries were judged; of the
/// register they are these. Nothing where the log on this disk does not hold so many.
std::optional<Sequence> register_covered(const Ledger& ledger, std::uint32_t partition,
                                         Sequence size);

}  // namespace braid::cli
