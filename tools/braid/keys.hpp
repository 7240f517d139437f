#pragma once
#include <filesystem>
#include <optional>

#include "adapters/lmdb/ledger_directory.hpp"
#include "events/signature.hpp"
#include "events/symmetric_key.hpp"

namespace braid::cli {

// The keys that `init` makes, in files of the ledger's folder `keys/` that only their owner can
// read. They are never given on a command line, and never printed.
std::filesystem::path operator_key_file(const lmdb::LedgerDirectory& directory);  ///< PKCS#8 PEM
std::filesystem::path linkage_key_file(
    const lmdb::LedgerDirectory& directory);  ///< makes person tokens
std::filesystem::path vault_key_file(
    const lmdb::LedgerDirectory& directory);  ///< the vault's master key
/// The environment's name for that key, where it is kept elsewhere and handed over at the start.
inline constexpr auto vault_key_variable = "BRAID_VAULT_KEY";

/// The signing key in a file; says on standard error when others can read it. Throws UsageError.
SecretKey read_signing_key(const std::filesystem::path& file);
/// The operator's key, where this machine has it.
std::optional<SecretKey> find_operator_key(const lmdb::LedgerDirectory& directory);

/// Throws UsageError where the file is missing or holds something else.
SymmetricKey read_symmetric_key(const std::filesystem::path& file);
/// Makes the file (mode 0600) with a new random key, durably; leaves one that is there alone.
void make_symmetric_key(const std::filesystem::path& file);

}  // namespace braid::cli
