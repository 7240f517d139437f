#pragma once
#include <functional>
#include <memory>

#include "ledger/vault.hpp"

namespace braid::support {

/// What every vault promises (ledger/vault.hpp), as sections of the test case that calls it. `make`
/// gives an empty vault.
void check_vault_contract(const std::function<std::unique_ptr<ledger::Vault>()>& make);

/// A person made from a number, the same each time.
ledger::Subject person(int number);

bool same_key(const ledger::VaultKey& left, const ledger::VaultKey& right);

}  // namespace braid::support
