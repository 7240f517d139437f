#include "ledger/memory_vault.hpp"

#include <catch2/catch.hpp>

#include "tests/support/vault_contract.hpp"

TEST_CASE("A vault in memory keeps every promise of a vault") {
  braid::support::check_vault_contract(
      [] { return std::make_unique<braid::ledger::MemoryVault>(); });
}
