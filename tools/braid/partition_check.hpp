#pragma once
#include <array>
#include <filesystem>
#include <optional>
#include <string>

#include "ledger/verify.hpp"
#include "tools/braid/child.hpp"
#include "tools/braid/ledger.hpp"

namespace braid::cli {

/// What an auditor's four questions found in one partition.
struct PartitionReport {
  Sequence entries = 0;
  std::uint64_t submissions = 0;
  std::uint64_t signatures = 0;
  std::uint64_t accepted = 0;
  std::uint64_t refused = 0;
  std::uint64_t postings = 0;
  std::uint64_t checkpoints = 0;  ///< signed before, and passed through
  std::string root;               ///< hexadecimal
  std::string views;              ///< "equal", "none", "other version"
  std::array<ledger::Answer, 4> answers;  ///< by question, each for itself
  /// The first entry that fails any of them.
  std::optional<ledger::BadEntry> bad;
  Sequence read_before = 0;  ///< entries that an earlier verification had read, and this one not
  std::string kept;          ///< SHA-256 of the record of what was kept to go on with; or why not

  /// Notes a fault of this partition that was not found by following its entries.
  void fail(ledger::BadEntry found);

  /// To cross from one process to another.
  [[nodiscard]] std::string bytes() const;
  static PartitionReport from_bytes(const std::string& bytes);
};

struct PartitionCheck {
  bool redecide = true;
  unsigned threads = 2;
  std::filesystem::path resume;  ///< where an auditor keeps what to go on from; empty: nowhere
};

/// Checks one partition: its history against itself, the register and the checkpoints kept of it;
/// and whether its views are what the history gives when it is folded anew. Writes nothing but what
/// is kept to go on from, and a scratch folder, which it removes. Throws Refused where what was kept
/// is not to be believed.
PartitionReport check_partition(const Ledger& ledger, std::uint32_t partition,
                                const PartitionCheck& check, ChildProgress& progress);

}  // namespace braid::cli
