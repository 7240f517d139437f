#include "adapters/lmdb/key_slots.hpp"

#include <cstring>

#include "events/sealed.hpp"

namespace braid::lmdb {
namespace {

constexpr std::string_view first_line = "braid vault 1\n";  // begins the first slot
constexpr std::size_t first_box_at = 16;
constexpr std::size_t epoch_box_bytes = SealedBox::block_bytes + 16;
constexpr std::size_t key_box_bytes =
    2 * SealedBox::block_bytes + 16;  // 32 bytes and their padding
static_assert(first_box_at + sizeof(Nonce) + epoch_box_bytes <= sizeof(Slot));
static_assert(sizeof(Nonce) + key_box_bytes <= sizeof(Slot));

/// Binds a sealed key to its subject, so that slots cannot be exchanged.
OwnedBytes context_of(Bytes subject) {
  const auto line = as_bytes("braid vault key\n");
  OwnedBytes context(line.begin(), line.end());
  context.insert(context.end(), subject.begin(), subject.end());
  return context;
}

void put_box(Slot& slot, std::size_t at, const SealedBox& sealed) {
  std::memcpy(slot.data() + at, sealed.nonce.data(), sealed.nonce.size());
  std::memcpy(slot.data() + at + sealed.nonce.size(), sealed.box.data(), sealed.box.size());
}

SealedBox box_in(const Slot& slot, std::size_t at, std::size_t bytes, const Uuid& id) {
  SealedBox sealed{id, {}, OwnedBytes(bytes)};
  std::memcpy(sealed.nonce.data(), slot.data() + at, sealed.nonce.size());
  std::memcpy(sealed.box.data(), slot.data() + at + sealed.nonce.size(), bytes);
  return sealed;
}

}  // namespace

bool KeySlots::is_of_a_vault() const {
  return std::memcmp(slots_.read(0).data(), first_line.data(), first_line.size()) == 0;
}

void KeySlots::begin(const SymmetricKey& master, std::uint64_t epoch) {
  std::array<std::byte, 8> number;
  for (std::size_t i = 0; i < number.size(); ++i)
    number[i] = static_cast<std::byte>(epoch >> (56 - 8 * i));
  Slot slot{};
  std::memcpy(slot.data(), first_line.data(), first_line.size());
  put_box(slot, first_box_at, seal(master, Uuid{}, number, as_bytes(first_line), random_nonce()));
  slots_.write(0, slot);
  slots_.sync();
  sync_folder(path().parent_path());
}

std::optional<std::uint64_t> KeySlots::epoch_under(const SymmetricKey& master) const {
  const auto box = box_in(slots_.read(0), first_box_at, epoch_box_bytes, Uuid{});
  const auto number = unseal(master, box, as_bytes(first_line));
  if (!number) return std::nullopt;
  std::uint64_t epoch = 0;
  for (const auto byte : *number) epoch = epoch << 8 | std::to_integer<std::uint64_t>(byte);
  return epoch;
}

std::optional<SymmetricKey> KeySlots::read(const KeyPlace& place, Bytes subject,
                                           const SymmetricKey& master) const {
  const auto slot = slots_.read(place.slot);
  if (slot == Slot{}) return std::nullopt;
  auto bytes = unseal(master, box_in(slot, 0, key_box_bytes, place.id), context_of(subject));
  if (!bytes || bytes->size() != 32)
    throw VaultBroken(
        path().string() + ": slot " + std::to_string(place.slot) +
        " was altered; restore the vault from a copy, or destroy the key of whom it belonged to");
  SymmetricKey key{std::span(*bytes).first<32>()};
  wipe(*bytes);
  return key;
}

void KeySlots::write(const KeyPlace& place, Bytes subject, const SymmetricKey& key,
                     const SymmetricKey& master) {
  Slot slot{};
  put_box(slot, 0, seal(master, place.id, key.expose(), context_of(subject), random_nonce()));
  slots_.write(place.slot, slot);
}

}  // namespace braid::lmdb
