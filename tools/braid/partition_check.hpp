#pragma once
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
  /// The first entry that fails, if any does.
  std::optional<ledger::BadEntry> bad;

  /// To cross from one process to another.
  [[nodiscard]] std::string bytes() const;
  static PartitionReport from_bytes(const std::string& bytes);
};

/// Checks one partition: its history against itself, the register and the checkpoints kept of it;
/// and whether its views are what the history gives when it is folded anew. Writes nothing but a
/// scratch folder, which it removes.
PartitionReport check_partition(const Ledger& ledger, std::uint32_t partition, bool redecide,
                                ChildProgress& progress);

}  // namespace braid::cli
