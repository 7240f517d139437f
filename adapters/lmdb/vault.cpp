#include "adapters/lmdb/vault.hpp"

#include <cstring>

#include "events/check.hpp"
#include "events/faults.hpp"
#include "events/sealed.hpp"

namespace braid::lmdb {
namespace {

using ledger::Subject;
using ledger::VaultKey;

constexpr std::string_view first_line = "braid vault 1\n";  // begins the first slot
constexpr std::size_t first_box_at = 16;
constexpr std::size_t no_text_box_bytes = SealedBox::block_bytes + 16;
constexpr std::size_t key_box_bytes =
    2 * SealedBox::block_bytes + 16;  // 32 bytes and their padding
static_assert(first_box_at + sizeof(Nonce) + no_text_box_bytes <= sizeof(Slot));
static_assert(sizeof(Nonce) + key_box_bytes <= sizeof(Slot));

constexpr EnvironmentOptions index_options = {
    .map_bytes = std::size_t{1} << 30, .max_tables = 2, .durable = true};

/// The vault is damaged, said in its own words.
struct VaultBroken : HistoryBroken {
  using HistoryBroken::HistoryBroken;
};

/// Runs `use`. What LMDB's faults advise for tables that are made from the log would lose a vault.
template <class Use>
auto guarded(const std::filesystem::path& folder, Use&& use) {
  try {
    return use();
  } catch (const VaultBroken&) {
    throw;
  } catch (const HistoryBroken&) {
    throw VaultBroken(
        folder.string() +
        ": the vault's index is damaged. Keep it as it is and restore the vault from a copy: " +
        "without it the sealed texts cannot be read. The history itself is whole without it");
  }
}

void append(OwnedBytes& out, Bytes bytes) { out.insert(out.end(), bytes.begin(), bytes.end()); }

std::array<std::byte, 8> big_endian(std::uint64_t value) {
  std::array<std::byte, 8> bytes;
  for (std::size_t i = 0; i < 8; ++i) bytes[i] = static_cast<std::byte>(value >> (56 - 8 * i));
  return bytes;
}

/// A row of the index: the slot, then the identifier or subject that the row's key is not.
OwnedBytes row(std::uint64_t slot, Bytes rest) {
  OwnedBytes bytes;
  append(bytes, big_endian(slot));
  append(bytes, rest);
  return bytes;
}

std::uint64_t slot_of(Bytes row) {
  std::uint64_t slot = 0;
  for (auto byte : row.first(8)) slot = slot << 8 | std::to_integer<std::uint64_t>(byte);
  return slot;
}

/// Binds a sealed key to its subject, so that slots cannot be exchanged.
OwnedBytes context_of(Bytes subject) {
  OwnedBytes context;
  append(context, as_bytes("braid vault key\n"));
  append(context, subject);
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

bool begins_a_vault(const Slot& slot) {
  return std::memcmp(slot.data(), first_line.data(), first_line.size()) == 0;
}

}  // namespace

Parsed<std::unique_ptr<Vault>> Vault::open(const std::filesystem::path& folder,
                                           SymmetricKey master) {
  auto vault =
      guarded(folder, [&] { return std::unique_ptr<Vault>(new Vault(folder, std::move(master))); });
  if (!vault->subjects_ || !vault->keys_)
    return unreadable(folder.string() +
                      ": this vault is not complete; open it once with the right to write there");
  if (!begins_a_vault(vault->slots_.read(0)))
    return unreadable(vault->slots_.path().string() +
                      ": not the keys of a vault, or of a newer version");
  if (!vault->knows_master())
    return unreadable(folder.string() +
                      ": this vault was made with another master key; give that one");
  return vault;
}

Vault::Vault(const std::filesystem::path& folder, SymmetricKey master)
    : index_(Environment::open(folder / "index", index_options)),
      slots_(folder / "keys", index_->writable()),
      master_(std::move(master)) {
  if (index_->writable()) {
    make_first_slot();
    for (const auto* name : {"subjects", "keys"})
      if (!index_->table(name)) index_->create_table(name);
  }
  subjects_ = index_->table("subjects");
  keys_ = index_->table("keys");
}

void Vault::make_first_slot() {
  if (slots_.read(0) != Slot{}) return;
  index_->write([&](WriteTransaction&) {  // so that one process does it
    if (slots_.read(0) != Slot{}) return;
    Slot slot{};
    std::memcpy(slot.data(), first_line.data(), first_line.size());
    put_box(slot, first_box_at, seal(master_, Uuid{}, {}, as_bytes(first_line), random_nonce()));
    slots_.write(0, slot);
    slots_.sync();
    sync_folder(slots_.path().parent_path());
  });
}

bool Vault::knows_master() const {
  const auto box = box_in(slots_.read(0), first_box_at, no_text_box_bytes, Uuid{});
  return unseal(master_, box, as_bytes(first_line)).has_value();
}

std::optional<Vault::Place> Vault::place_of(MDB_txn* transaction, const Subject& subject) const {
  MDB_val key = to_val(subject.bytes());
  MDB_val value{};
  const int code = mdb_get(transaction, *subjects_, &key, &value);
  if (code == MDB_NOTFOUND) return std::nullopt;
  expect_success(code, "read", index_->folder());
  const auto row = to_bytes(value);
  if (row.size() != 24)
    throw VaultBroken(index_->folder().string() + ": a row of the vault's index is cut");
  return Place{slot_of(row), *Uuid::from_bytes(row.subspan(8))};
}

Vault::Place Vault::add_place(WriteTransaction& transaction, const Subject& subject,
                              std::uint64_t slot) {
  const Place place{slot, ledger::new_key_id()};
  const auto id = place.id.bytes();
  transaction.put(*subjects_, subject.bytes(), row(slot, id), MDB_NOOVERWRITE);
  transaction.put(*keys_, id, row(slot, subject.bytes()), MDB_NOOVERWRITE);
  return place;
}

void Vault::write_key(const Place& place, const Subject& subject) {
  const auto key = SymmetricKey::random();
  Slot slot{};
  put_box(slot, 0,
          seal(master_, place.id, key.expose(), context_of(subject.bytes()), random_nonce()));
  slots_.write(place.slot, slot);
}

std::optional<VaultKey> Vault::key_at(const Place& place, Bytes subject) const {
  const auto slot = slots_.read(place.slot);
  if (slot == Slot{}) return std::nullopt;
  auto bytes = unseal(master_, box_in(slot, 0, key_box_bytes, place.id), context_of(subject));
  if (!bytes || bytes->size() != 32)
    throw VaultBroken(
        slots_.path().string() + ": slot " + std::to_string(place.slot) +
        " was altered; restore the vault from a copy, or destroy the key of whom it belonged to");
  VaultKey found{place.id, SymmetricKey(std::span(*bytes).first<32>())};
  wipe(*bytes);
  return found;
}

std::vector<std::optional<VaultKey>> Vault::keys_for(std::span<const Subject> subjects) {
  return guarded(index_->folder(), [&] {
    const auto places = places_for(subjects);
    std::vector<std::optional<VaultKey>> keys;
    keys.reserve(subjects.size());
    for (std::size_t i = 0; i < subjects.size(); ++i)
      keys.push_back(key_at(*places[i], subjects[i].bytes()));
    return keys;
  });
}

/// Makes what is missing. Every place is there afterwards.
std::vector<std::optional<Vault::Place>> Vault::places_for(std::span<const Subject> subjects) {
  std::vector<std::optional<Place>> places(subjects.size());
  bool all_known = true;
  {
    const ReadTransaction now(*index_);
    for (std::size_t i = 0; i < subjects.size(); ++i) {
      places[i] = place_of(now.handle(), subjects[i]);
      all_known = all_known && places[i];
    }
  }
  if (all_known) return places;
  index_->write([&](WriteTransaction& transaction) {
    auto next = transaction.count(*subjects_) + 1;
    for (std::size_t i = 0; i < subjects.size(); ++i) {
      places[i] = place_of(transaction.handle(), subjects[i]);
      if (places[i]) continue;
      places[i] = add_place(transaction, subjects[i], next++);
      write_key(*places[i], subjects[i]);
    }
    slots_.sync();  // before the index says that they are there
  });
  return places;
}

std::optional<VaultKey> Vault::find(const Uuid& key_id) const {
  return guarded(index_->folder(), [&]() -> std::optional<VaultKey> {
    const ReadTransaction now(*index_);
    const auto row = now.get(*keys_, key_id.bytes());
    if (!row) return std::nullopt;
    if (row->size() != 8 + 33)
      throw VaultBroken(index_->folder().string() + ": a row of the vault's index is cut");
    return key_at({slot_of(*row), key_id}, row->subspan(8));
  });
}

bool Vault::destroy(const Subject& subject) {
  bool had_one = false;
  guarded(index_->folder(), [&] {
    index_->write([&](WriteTransaction& transaction) {
      auto place = place_of(transaction.handle(), subject);
      if (!place) place = add_place(transaction, subject, transaction.count(*subjects_) + 1);
      had_one = slots_.read(place->slot) != Slot{};
      slots_.write(place->slot, Slot{});
      slots_.sync();
    });
  });
  return had_one;
}

}  // namespace braid::lmdb
