#pragma once
#include <map>

#include "tools/braid/kafka_ledger.hpp"
#include "tools/braid/published_checkpoints.hpp"

namespace braid::cli {

/// How far a partition of a mirror is known to be what the operator has signed.
struct Mirrored {
  std::uint32_t partition = 0;
  Sequence entries = 0;           ///< in the mirror
  Sequence complete = 0;          ///< the largest size that is signed and whose root is the mirror's
  Digest root;                    ///< at that size
  std::size_t checkpoints = 0;    ///< signed, and passed through

  bool operator==(const Mirrored&) const = default;
};

/// Keeps the newest checkpoint of each partition that the operator has published, signed with a live key, beside this
/// copy, so that what is proved from it is proved by that. The partitions are followed. Throws
/// HistoryBroken where the copy is not what was signed. Throws Fault.
void take_newest_checkpoints(KafkaLedger& kafka);

/// An auditor's own copy of a ledger on Kafka: entry for entry, and complete where a checkpoint that
/// the operator signed says the root that was computed here. Thread: one.
class Mirroring {
 public:
  /// Borrows `kafka`, which outlives it.
  explicit Mirroring(KafkaLedger& kafka) : kafka_(kafka) {}

  /// Brings a partition up to its topic's end and holds it against all checkpoints known: those of the
  /// topic, and those that were kept here before. Keeps new ones. Throws HistoryBroken where the
  /// history is not the one that was signed, or shorter.
  Mirrored bring_up(std::uint32_t partition);

 private:
  struct Followed {
    EntryChain chain;
    Mirrored mirrored;
  };

  void follow_to(const EntrySource& source, Sequence size, EntryChain& chain);

  KafkaLedger& kafka_;
  EntryBatch batch_;
  std::map<std::uint32_t, Followed> followed_;
};

}  // namespace braid::cli
