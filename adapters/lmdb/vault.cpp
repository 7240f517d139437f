#include "adapters/lmdb/vault.hpp"

#include <algorithm>
#include <mutex>

#include "events/check.hpp"
#include "events/faults.hpp"

namespace braid::lmdb {
namespace {

using ledger::Subject;
using ledger::VaultKey;

constexpr std::size_t subject_bytes = 33;
constexpr EnvironmentOptions index_options = {
    .map_bytes = std::size_t{1} << 30, .max_tables = 3, .durable = true};

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

std::uint64_t number_of(Bytes bytes) {
  std::uint64_t number = 0;
  for (auto byte : bytes.first(8)) number = number << 8 | std::to_integer<std::uint64_t>(byte);
  return number;
}

/// A row of the index: the slot, then the identifier or subject that the row's key is not.
OwnedBytes row(std::uint64_t slot, Bytes rest) {
  OwnedBytes bytes;
  append(bytes, big_endian(slot));
  append(bytes, rest);
  return bytes;
}

[[noreturn]] void row_is_cut(const Environment& index) {
  throw VaultBroken(index.folder().string() + ": a row of the vault's index is cut");
}

KeyPlace place_in(Bytes row, const Environment& index) {
  if (row.size() != 24) row_is_cut(index);
  return {number_of(row), *Uuid::from_bytes(row.subspan(8))};
}

}  // namespace

Parsed<std::unique_ptr<Vault>> Vault::open(const std::filesystem::path& folder,
                                           std::unique_ptr<ledger::MasterKey> master) {
  return guarded(folder, [&]() -> Parsed<std::unique_ptr<Vault>> {
    auto vault = std::unique_ptr<Vault>(new Vault(folder, std::move(master)));
    if (auto begun = vault->begin(); !begun) return unreadable(begun.error());
    return vault;
  });
}

Vault::Vault(const std::filesystem::path& folder, std::unique_ptr<ledger::MasterKey> master)
    : index_(Environment::open(folder / "index", index_options)),
      lock_(folder / "lock"),
      master_key_(std::move(master)) {}

std::optional<KeyPlace> Vault::place_of(MDB_txn* transaction, const Subject& subject) const {
  MDB_val key = to_val(subject.bytes());
  MDB_val value{};
  const int code = mdb_get(transaction, *subjects_, &key, &value);
  if (code == MDB_NOTFOUND) return std::nullopt;
  expect_success(code, "read", index_->folder());
  return place_in(to_bytes(value), *index_);
}

KeyPlace Vault::add_place(WriteTransaction& transaction, const Subject& subject,
                          std::uint64_t slot) {
  const KeyPlace place{slot, ledger::new_key_id()};
  const auto id = place.id.bytes();
  transaction.put(*subjects_, subject.bytes(), row(slot, id), MDB_NOOVERWRITE);
  transaction.put(*keys_, id, row(slot, subject.bytes()), MDB_NOOVERWRITE);
  return place;
}

std::optional<VaultKey> Vault::key_at(const KeyPlace& place, Bytes subject) const {
  auto key = slots_->read(place, subject, master_);
  if (!key) return std::nullopt;
  return VaultKey{place.id, std::move(*key), Subject::from_bytes(subject.first<subject_bytes>())};
}

std::vector<std::optional<VaultKey>> Vault::keys_for(std::span<const Subject> subjects) {
  const std::shared_lock lock(changing_);
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
std::vector<std::optional<KeyPlace>> Vault::places_for(std::span<const Subject> subjects) {
  std::vector<std::optional<KeyPlace>> places(subjects.size());
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
      slots_->write(*places[i], subjects[i].bytes(), SymmetricKey::random(), master_);
    }
    slots_->sync();  // before the index says that they are there
  });
  return places;
}

std::optional<VaultKey> Vault::find(const Uuid& key_id) const {
  const std::shared_lock lock(changing_);
  return guarded(index_->folder(), [&]() -> std::optional<VaultKey> {
    const ReadTransaction now(*index_);
    const auto row = now.get(*keys_, key_id.bytes());
    if (!row) return std::nullopt;
    if (row->size() != 8 + subject_bytes) row_is_cut(*index_);
    return key_at({number_of(*row), key_id}, row->subspan(8));
  });
}

std::optional<VaultKey> Vault::find(const Subject& subject) const {
  const std::shared_lock lock(changing_);
  return guarded(index_->folder(), [&]() -> std::optional<VaultKey> {
    const ReadTransaction now(*index_);
    const auto place = place_of(now.handle(), subject);
    return place ? key_at(*place, subject.bytes()) : std::nullopt;
  });
}

bool Vault::is_destroyed(const Subject& subject) const {
  const std::shared_lock lock(changing_);
  return guarded(index_->folder(), [&] {
    const ReadTransaction now(*index_);
    const auto place = place_of(now.handle(), subject);
    return place && !slots_->holds(*place);
  });
}

void Vault::for_each_place(
    const std::function<void(const KeyPlace& place, Bytes subject)>& take) const {
  const ReadTransaction now(*index_);
  Cursor cursor(now.handle(), *subjects_, index_->folder());
  for (auto row = cursor.move(MDB_FIRST); row; row = cursor.move(MDB_NEXT)) {
    if (row->first.size() != subject_bytes) row_is_cut(*index_);
    take(place_in(row->second, *index_), row->first);
  }
}

}  // namespace braid::lmdb
