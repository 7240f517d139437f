#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>

#include "adapters/lmdb/slot_file.hpp"
#include "events/faults.hpp"
#include "events/symmetric_key.hpp"
#include "events/uuid.hpp"

namespace braid::lmdb {

/// The vault is damaged, said in its own words.
struct VaultBroken : HistoryBroken {
  using HistoryBroken::HistoryBroken;
};

/// Where a subject's key lies, and by which identifier boxes name it.
struct KeyPlace {
  std::uint64_t slot = 0;
  Uuid id;
};

/// A vault's keys in a file of slots:
///
///     slot 0       "braid vault 1" LF, zeroes to 16, nonce, and the epoch sealed under the master key
///     slot n       nonce, and a key sealed under the master key, bound to its identifier and subject
///                  zeroes: none, or one that was destroyed
///
/// The epoch, 8 bytes, the first the highest, counts the master keys that the vault has had; nothing
/// in its place is epoch 0. Thread: any.
class KeySlots {
 public:
  KeySlots(std::filesystem::path file, bool writable) : slots_(std::move(file), writable) {}

  /// Nothing was ever written.
  [[nodiscard]] bool is_new() const { return slots_.read(0) == Slot{}; }
  /// Slot 0 begins as a vault's does.
  [[nodiscard]] bool is_of_a_vault() const;
  /// Writes slot 0, durably.
  void begin(const SymmetricKey& master, std::uint64_t epoch);
  /// Nothing where this is not the master key.
  [[nodiscard]] std::optional<std::uint64_t> epoch_under(const SymmetricKey& master) const;

  [[nodiscard]] bool holds(const KeyPlace& place) const { return slots_.read(place.slot) != Slot{}; }
  /// Nothing where the slot holds none. Throws VaultBroken where it is not what was written.
  [[nodiscard]] std::optional<SymmetricKey> read(const KeyPlace& place, Bytes subject,
                                                 const SymmetricKey& master) const;
  void write(const KeyPlace& place, Bytes subject, const SymmetricKey& key,
             const SymmetricKey& master);
  /// Writes over the key where it lies; durable after `sync`.
  void destroy(const KeyPlace& place) { slots_.write(place.slot, Slot{}); }
  /// Takes over another file's slot as it is.
  void copy(const KeySlots& from, const KeyPlace& place) {
    slots_.write(place.slot, from.slots_.read(place.slot));
  }
  void sync() { slots_.sync(); }

  [[nodiscard]] const std::filesystem::path& path() const noexcept { return slots_.path(); }

 private:
  SlotFile slots_;
};

}  // namespace braid::lmdb
