#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <shared_mutex>

#include "adapters/lmdb/key_slots.hpp"
#include "adapters/lmdb/raii.hpp"
#include "adapters/lmdb/vault_lock.hpp"
#include "events/parsed.hpp"
#include "ledger/master_key.hpp"
#include "ledger/vault.hpp"

namespace braid::lmdb {

/// A vault in a folder, for any number of processes at once:
///
///     index/   LMDB: subject -> slot, key identifier; key identifier -> slot, subject; and the epoch
///              that the keys must have reached. No key
///     keys     the keys, each in a slot of its own under the master key (key_slots.hpp)
///     lock     who uses the vault now (vault_lock.hpp)
///
/// A new key is durable in its slot before the index names it. A destroyed one is overwritten where
/// it lies, which LMDB would not do; then all that remain are written into a new file under a new
/// master key, and yesterday's file and master key are overwritten and removed: an earlier copy of
/// the vault opens with no key that is left. (What a file system that copies on write, a worn disk,
/// or a copy of the *master key* still holds is out of reach: ledger/README.md, Decisions.)
///
/// Killed at any instruction, the next who opens the vault finishes: the index says beforehand which
/// epoch is wanted, and the keys' file by its master key which of the two is current.
class Vault final : public ledger::Vault {
 public:
  /// Opens the vault in `folder`, made where there is none and it may, and finishes what a kill left.
  /// A sentence where the master key is not the one it was made with, or the folder holds something
  /// else. Throws as every call of a vault does.
  static Parsed<std::unique_ptr<Vault>> open(const std::filesystem::path& folder,
                                             std::unique_ptr<ledger::MasterKey> master);

  std::vector<std::optional<ledger::VaultKey>> keys_for(
      std::span<const ledger::Subject> subjects) override;
  std::optional<ledger::VaultKey> find(const Uuid& key_id) const override;
  std::optional<ledger::VaultKey> find(const ledger::Subject& subject) const override;
  bool is_destroyed(const ledger::Subject& subject) const override;
  using ledger::Vault::destroy;
  std::size_t destroy(std::span<const ledger::Subject> subjects) override;

  /// A sentence where `destroy` would fail, and why: asked before somebody is promised that it will
  /// be done. Reads every key.
  [[nodiscard]] Parsed<void> can_destroy(const ledger::Subject& subject) const;

 private:
  Vault(const std::filesystem::path& folder, std::unique_ptr<ledger::MasterKey> master);
  Parsed<void> begin();
  Parsed<void> share();
  Parsed<void> load();
  Parsed<void> settle();
  bool is_settled();
  void write_anew();
  void swap_files();
  [[nodiscard]] std::uint64_t wanted_epoch() const;
  void want_next_epoch(std::span<const ledger::Subject> subjects);
  bool overwrite(const ledger::Subject& subject);
  [[nodiscard]] std::filesystem::path beside(std::string_view ending) const;

  std::vector<std::optional<KeyPlace>> places_for(std::span<const ledger::Subject> subjects);
  std::optional<KeyPlace> place_of(MDB_txn* transaction, const ledger::Subject& subject) const;
  KeyPlace add_place(WriteTransaction& transaction, const ledger::Subject& subject,
                     std::uint64_t slot);
  std::optional<ledger::VaultKey> key_at(const KeyPlace& place, Bytes subject) const;
  void for_each_place(
      const std::function<void(const KeyPlace& place, Bytes subject)>& take) const;

  std::shared_ptr<Environment> index_;
  VaultLock lock_;
  std::unique_ptr<ledger::MasterKey> master_key_;
  mutable std::shared_mutex changing_;  ///< what follows changes where keys are destroyed
  std::unique_ptr<KeySlots> slots_;
  SymmetricKey master_;
  std::uint64_t epoch_ = 0;
  std::optional<MDB_dbi> subjects_;
  std::optional<MDB_dbi> keys_;
  std::optional<MDB_dbi> epochs_;
};

}  // namespace braid::lmdb
