#include "tools/braid/keys.hpp"

#include "adapters/files/key_file.hpp"
#include "tools/braid/command.hpp"

namespace braid::cli {
std::filesystem::path operator_key_file(const lmdb::LedgerDirectory& directory) {
  return directory.keys() / "operator.pem";
}
std::filesystem::path linkage_key_file(const lmdb::LedgerDirectory& directory) {
  return directory.keys() / "linkage.key";
}
std::filesystem::path vault_key_file(const lmdb::LedgerDirectory& directory) {
  return directory.keys() / "vault.key";
}

SecretKey read_signing_key(const std::filesystem::path& file) {
  auto read = files::read_secret_key(file);
  if (!read) throw UsageError(read.error());
  if (!read->warning.empty()) say(read->warning);
  return std::move(read->key);
}

std::optional<SecretKey> find_operator_key(const lmdb::LedgerDirectory& directory) {
  const auto file = operator_key_file(directory);
  if (!std::filesystem::exists(file)) return std::nullopt;
  return read_signing_key(file);
}

SymmetricKey read_symmetric_key(const std::filesystem::path& file) {
  auto read = files::read_symmetric_key(file);
  if (!read)
    throw UsageError(read.error() +
                     "; `braid init` made it: restore it from where the ledger's keys are kept");
  if (!read->warning.empty()) say(read->warning);
  return std::move(read->key);
}

void make_symmetric_key(const std::filesystem::path& file) {
  if (std::filesystem::exists(file)) return;
  if (auto written = files::write_symmetric_key(file, SymmetricKey::random()); !written)
    throw UsageError(written.error());
}

}  // namespace braid::cli
