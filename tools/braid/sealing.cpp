#include "tools/braid/sealing.hpp"

#include "adapters/files/master_key_file.hpp"
#include "adapters/files/master_key_variable.hpp"
#include "tools/braid/command.hpp"
#include "tools/braid/erasures.hpp"
#include "tools/braid/keys.hpp"

namespace braid::cli {

namespace {

/// From the environment where it is there, else from the file among the ledger's keys.
std::unique_ptr<ledger::MasterKey> master_key(const std::filesystem::path& file) {
  if (auto variable = files::MasterKeyVariable::find(vault_key_variable)) return variable;
  if (!std::filesystem::exists(file))
    throw UsageError(file.string() +
                     ": the vault's master key is not here; `braid init` made it: restore it from "
                     "where the ledger's keys are kept, or give it in " +
                     vault_key_variable);
  auto key = std::make_unique<files::MasterKeyFile>(file);
  static_cast<void>(key->current());  // what is wrong with it, the vault says
  if (!key->warning().empty()) say(key->warning());
  return key;
}

}  // namespace

std::unique_ptr<lmdb::Vault> open_vault(const Ledger& ledger) {
  if (!has_vault(ledger.directory))
    throw UsageError(ledger.directory.root().string() +
                     ": there is no vault here; what is about people is sealed, opened and erased "
                     "where the ledger's operator keeps it");
  auto vault = lmdb::Vault::open(ledger.directory.vault(),
                                 master_key(vault_key_file(ledger.directory)));
  if (!vault) throw UsageError(vault.error());
  carry_out_erasures(ledger, **vault);
  return std::move(*vault);
}

std::string sealing_context(const std::string& ledger_name) {
  return "braid sealed text 1\n" + ledger_name;
}

json::Sealer Sealing::noting() {
  return [this, key = std::make_shared<SymmetricKey>(SymmetricKey::random())](
             const PersonToken& about,
             std::string_view clear) -> tl::expected<SealedBox, std::string> {
    noted_.insert(about);
    return seal(*key, Uuid{1, 1}, as_bytes(clear), {}, {});
  };
}

bool Sealing::get_keys() {
  if (noted_.empty()) return true;
  const std::vector<PersonToken> persons(noted_.begin(), noted_.end());
  std::vector<ledger::Subject> subjects;
  for (const auto& person : persons) subjects.push_back(ledger::Subject::person(person));
  auto keys = open_vault(ledger_)->keys_for(subjects);
  for (std::size_t i = 0; i < persons.size(); ++i)
    if (keys[i]) keys_.emplace(persons[i], std::move(*keys[i]));
  return keys_.size() == persons.size();
}

json::Sealer Sealing::sealing() {
  return [this, context = sealing_context(ledger_.founding.name)](
             const PersonToken& about,
             std::string_view clear) -> tl::expected<SealedBox, std::string> {
    const auto key = keys_.find(about);
    if (key == keys_.end())
      return tl::unexpected(std::string(
          "the key of whom this is about was destroyed, and nothing about them is sealed again"));
    return seal(key->second.key, key->second.id, as_bytes(clear), as_bytes(context),
                random_nonce());
  };
}

}  // namespace braid::cli
