#pragma once
#include <map>
#include <memory>
#include <set>
#include <string>

#include "adapters/json/sealer.hpp"
#include "adapters/lmdb/vault.hpp"
#include "tools/braid/ledger.hpp"

namespace braid::cli {

/// The ledger's vault, opened with its master key: what was begun there is finished, and every
/// erasure that the views show is carried out, so that nobody who is erased is met in it. Throws
/// UsageError where the key is missing or another's.
std::unique_ptr<lmdb::Vault> open_vault(const Ledger& ledger);

/// What is authenticated with every sealed text of a ledger, so that a box of another ledger does
/// not open here.
std::string sealing_context(const std::string& ledger_name);

/// Seals what publishers write in the clear, under the keys of those whom it is about. First it
/// only notes who they are; then their keys are had from the vault in one step; then it seals. A
/// ledger whose events hold no clear text needs no vault.
class Sealing {
 public:
  /// Borrows `ledger`, which must outlive it.
  explicit Sealing(const Ledger& ledger) : ledger_(ledger) {}

  /// Notes whom texts are about, and answers with boxes of the right size that nobody can open.
  /// Borrows this object.
  json::Sealer noting();
  /// After `noting`: has a key for everybody. False: somebody's key was destroyed, and `sealing`
  /// will say of whose text.
  bool get_keys();
  /// Seals. Borrows this object.
  json::Sealer sealing();

 private:
  const Ledger& ledger_;
  std::set<PersonToken> noted_;
  std::map<PersonToken, ledger::VaultKey> keys_;
};

}  // namespace braid::cli
