#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>

#include "adapters/lmdb/raii.hpp"
#include "adapters/lmdb/slot_file.hpp"
#include "events/parsed.hpp"
#include "ledger/vault.hpp"

namespace braid::lmdb {

/// A vault in a folder, for any number of processes at once:
///
///
/// Keys stand outside LMDB because LMDB never writes over what it deletes: a destroyed slot is
/// overwritten where it lies. (A file system that copies on write, a worn disk and a backup may
/// still hold it: ledger/README.md, Decisions.)
class Vault final : public ledger::Vault {
 public:
  /// Opens the vault in `folder`, made where there is none and it may. A sentence where `master` is
  /// not the key it was made with, or the folder holds something else. Throws as every call of a
  /// vault does.
  static Parsed<std::unique_ptr<Vault>> open(const std::filesystem::path& folder,
                                             SymmetricKey master);

  std::vector<std::optional<ledger::VaultKey>> keys_for(
      std::span<const ledger::Subject> subjects) override;
  std::optional<ledger::VaultKey> find(const Uuid& key_id) const override;
  bool destroy(const ledger::Subject& subject) override;

 private:
  struct Place {
    std::uint64_t slot = 0;
    Uuid id;
  };

  Vault(const std::filesystem::path& folder, SymmetricKey master);
  void make_first_slot();
  bool knows_master() const;

  std::vector<std::optional<Place>> places_for(std::span<const ledger::Subject> subjects);
  std::optional<Place> place_of(MDB_txn* transaction, const ledger::Subject& subject) const;
  Place add_place(WriteTransaction& transaction, const ledger::Subject& subject,
                  std::uint64_t slot);
  void write_key(const Place& place, const ledger::Subject& subject);
  std::optional<ledger::VaultKey> key_at(const Place& place, Bytes subject) const;

  std::shared_ptr<Environment> index_;
  SlotFile slots_;
  SymmetricKey master_;
  std::optional<MDB_dbi> subjects_;
  std::optional<MDB_dbi> keys_;
};

}  // namespace braid::lmdb
