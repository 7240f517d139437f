#pragma once
#include <map>
#include <optional>

#include "ledger/vault.hpp"
#include "tools/braid/ledger.hpp"

namespace braid::cli {

/// Whether the ledger's vault is kept in this folder. A mirror has none, nor the folder of a
/// publisher that only sends.
bool has_vault(const lmdb::LedgerDirectory& directory);

/// Destroys the keys of everybody whose erasure stands in the views and whom the vault does not know
/// as destroyed: an accepted erasure is carried out, whoever was killed on the way, and again where
/// an older copy of the vault was put back. Who had no key gets none. How many had one.
std::size_t carry_out_erasures(const Ledger& ledger, ledger::Vault& vault);

/// Beside the views of a process that writes or follows a ledger: carries out every erasure as soon
/// as the views show it, and at the start what was accepted before. What hinders it is said on
/// standard error, and it is tried again with the next. Thread: one.
class ErasureWatch {
 public:
  explicit ErasureWatch(const Ledger& ledger) : ledger_(ledger) {}

  /// The views of this partition were opened or flushed.
  void look(std::uint32_t partition);

 private:
  Ledger ledger_;
  std::map<std::uint32_t, OwnedBytes> seen_;  ///< the last erasure of each partition
  std::string told_;
};

}  // namespace braid::cli
