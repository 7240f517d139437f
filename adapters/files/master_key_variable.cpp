#include "adapters/files/master_key_variable.hpp"

#include <cstdlib>

#include "events/check.hpp"

namespace braid::files {

std::unique_ptr<MasterKeyVariable> MasterKeyVariable::find(const std::string& name) {
  if (std::getenv(name.c_str()) == nullptr) return nullptr;
  return std::unique_ptr<MasterKeyVariable>(new MasterKeyVariable(name));
}

Parsed<SymmetricKey> MasterKeyVariable::current() {
  const auto* text = std::getenv(name_.c_str());
  if (text == nullptr) return unreadable("the environment has no " + name_);
  auto key = symmetric_key_from_text(text);
  if (!key) return unreadable("the environment's " + name_ + ": " + key.error());
  return key;
}

Parsed<void> MasterKeyVariable::can_change() {
  return unreadable(
      "the vault's master key comes from the environment's " + name_ +
      ", and whoever's key is destroyed takes that master key along: put it into a file for that "
      "(keys/vault.key of the ledger, mode 0600), leave the variable out, and keep what the file "
      "holds afterwards");
}

SymmetricKey MasterKeyVariable::prepare() {
  check(false, "a key that cannot be changed is not");
  return SymmetricKey::random();
}

void MasterKeyVariable::change() { check(false, "a key that cannot be changed is not"); }

}  // namespace braid::files
