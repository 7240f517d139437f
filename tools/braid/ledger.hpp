#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "adapters/lmdb/ledger_directory.hpp"
#include "events/entry_source.hpp"
#include "events/signature.hpp"

namespace braid::cli {

/// A ledger as its first entry founded it.
struct Founding {
  std::string name;
  std::uint32_t partitions = 0;
  std::string operator_;  ///< ODS code
  PublicKey operator_key;

  /// The register, then the places' partitions.
  [[nodiscard]] std::vector<std::uint32_t> all_partitions() const;
};

/// What the register's first entry says; nothing where it holds none yet. Throws HistoryBroken
/// where it says something else.
std::optional<Founding> read_founding(const EntrySource& registry);

/// A founded ledger on this disk.
struct Ledger {
  lmdb::LedgerDirectory directory;
  Founding founding;
};

/// Throws UsageError where `path` is no ledger, one of a newer version, or one that was never
/// founded.
Ledger open_ledger(const std::filesystem::path& path);

/// "register", "0", "1" ...
std::string name_of_partition(std::uint32_t partition);
/// Throws UsageError where the ledger has no such partition.
std::uint32_t partition_named(const Founding& founding, const std::string& name);

/// That one, or all of them where `name` is empty. Throws UsageError.
std::vector<std::uint32_t> partitions_named(const Founding& founding, const std::string& name);

/// UTC, microseconds since 1970: what sequencers record by.
std::int64_t now_us();

}  // namespace braid::cli
