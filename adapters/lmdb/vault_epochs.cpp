// How a vault's keys are destroyed, and how it begins: under which master key its file stands.
#include <unistd.h>

#include <algorithm>
#include <mutex>

#include "adapters/lmdb/vault.hpp"
#include "events/check.hpp"

namespace braid::lmdb {
namespace {

using ledger::Subject;

const auto wanted = as_bytes("wanted");

}  // namespace

std::filesystem::path Vault::beside(std::string_view ending) const {
  auto file = index_->folder().parent_path() / "keys";
  return file += ending;
}

/// Nothing of a destruction is left to be finished, and there is a vault.
bool Vault::is_settled() {
  return !slots_->is_new() && epoch_ >= wanted_epoch() && master_key_->is_settled() &&
         !std::filesystem::exists(beside(".next")) && !std::filesystem::exists(beside(".retired"));
}

Parsed<void> Vault::begin() {
  if (index_->writable())
    for (const auto* name : {"subjects", "keys", "epochs"})
      if (!index_->table(name)) index_->create_table(name);
  subjects_ = index_->table("subjects");
  keys_ = index_->table("keys");
  epochs_ = index_->table("epochs");
  if (!subjects_ || !keys_)
    return unreadable(index_->folder().parent_path().string() +
                      ": this vault is not complete; open it once with the right to write there");
  return share();
}

/// With others, on a vault in which nothing is left to be finished. A lock is not turned into another
/// in one step: what another process did in between is read, and finished where that one was killed.
Parsed<void> Vault::share() {
  for (int attempt = 0; attempt < 10; ++attempt) {
    lock_.share();
    auto loaded = load();
    if (!index_->writable() || (loaded && is_settled())) return loaded;
    lock_.take();
    if (auto settled = settle(); !settled) return settled;
  }
  return unreadable(index_->folder().parent_path().string() +
                    ": other processes keep changing this vault; try again when they have ended");
}

/// Reads the file of keys and the master key as they are now.
Parsed<void> Vault::load() {
  slots_ = std::make_unique<KeySlots>(beside(""), index_->writable());
  auto master = master_key_->current();
  if (!master) return unreadable(master.error());
  master_ = std::move(*master);
  if (slots_->is_new() && index_->writable()) return {};
  if (!slots_->is_of_a_vault())
    return unreadable(slots_->path().string() +
                      ": not the keys of a vault, or of a newer version");
  const auto epoch = slots_->epoch_under(master_);
  if (!epoch)
    return unreadable(
        index_->folder().parent_path().string() +
        ": this vault was made with another master key, or is a copy from before somebody was "
        "erased, which nobody can open any more; give the key that it was made with");
  epoch_ = *epoch;
  return {};
}

/// Finishes what was begun. Alone.
Parsed<void> Vault::settle() {
  destroy_file(beside(".next"));  // not taken over: the index wants it made again
  if (are_one_file(beside(""), beside(".retired")))
    remove_file(beside(".retired"));
  else
    destroy_file(beside(".retired"));
  auto loaded = load();
  if (loaded && slots_->is_new()) {
    slots_->begin(master_, wanted_epoch());
    loaded = load();
  }
  if (loaded) {
    if (!master_key_->is_settled()) master_key_->give_up();
  } else {
    const auto next = master_key_->next();
    if (!next || !*next || !slots_->epoch_under(**next)) return loaded;
    master_key_->change();  // the keys stand under it already
    loaded = load();
    if (!loaded) return loaded;
  }
  if (epoch_ >= wanted_epoch()) return {};
  if (auto can = master_key_->can_change(); !can) return can;
  write_anew();
  return {};
}

std::uint64_t Vault::wanted_epoch() const {
  if (!epochs_) return 0;
  const ReadTransaction now(*index_);
  const auto row = now.get(*epochs_, wanted);
  std::uint64_t epoch = 0;
  if (row)
    for (const auto byte : *row) epoch = epoch << 8 | std::to_integer<std::uint64_t>(byte);
  return epoch;
}

/// Says, before anything is overwritten, that this master key is to go; gives each its place.
void Vault::want_next_epoch(std::span<const Subject> subjects) {
  std::array<std::byte, 8> number;
  for (std::size_t i = 0; i < number.size(); ++i)
    number[i] = static_cast<std::byte>((epoch_ + 1) >> (56 - 8 * i));
  index_->write([&](WriteTransaction& transaction) {
    for (const auto& subject : subjects)
      if (!place_of(transaction.handle(), subject))
        add_place(transaction, subject, transaction.count(*subjects_) + 1);
    transaction.put(*epochs_, wanted, number);
  });
}

std::size_t Vault::destroy(std::span<const Subject> subjects) {
  const std::unique_lock changing(changing_);
  lock_.take();
  std::size_t had_one = 0;
  try {
    if (auto settled = settle(); !settled) throw IoFault(settled.error());
    if (auto can = master_key_->can_change(); !can) throw IoFault(can.error());
    want_next_epoch(subjects);
    for (const auto& subject : subjects) had_one += overwrite(subject) ? 1 : 0;
    slots_->sync();
    write_anew();
  } catch (...) {
    lock_.share();
    throw;
  }
  if (auto shared = share(); !shared) throw IoFault(shared.error());
  return had_one;
}

/// Whether there was a key.
bool Vault::overwrite(const Subject& subject) {
  const ReadTransaction now(*index_);
  const auto place = place_of(now.handle(), subject);
  check(place.has_value(), "who is to be destroyed was given a place");
  const bool had_one = slots_->holds(*place);
  slots_->destroy(*place);
  return had_one;
}

/// All that remains, into a new file under a new master key; then the old ones are overwritten.
void Vault::write_anew() {
  const auto epoch = wanted_epoch();
  const auto next = master_key_->prepare();
  {
    KeySlots fresh(beside(".next"), true);
    fresh.begin(next, epoch);
    for_each_place([&](const KeyPlace& place, Bytes subject) {
      try {
        if (const auto key = slots_->read(place, subject, master_))
          fresh.write(place, subject, *key, next);
      } catch (const VaultBroken&) {  // altered, so readable by nobody: stays so
        fresh.copy(*slots_, place);
      }
    });
    fresh.sync();
  }
  swap_files();
  master_key_->change();
  auto loaded = load();
  check(loaded.has_value() && epoch_ == epoch, "what was just written is read with its own key");
}

void Vault::swap_files() {
  const auto folder = index_->folder().parent_path();
  if (::link(beside("").c_str(), beside(".retired").c_str()) != 0)
    throw_errno("keep", beside(".retired"));
  if (::rename(beside(".next").c_str(), beside("").c_str()) != 0) throw_errno("replace", beside(""));
  sync_folder(folder);
  destroy_file(beside(".retired"));
}

Parsed<void> Vault::can_destroy(const Subject& subject) const {
  const std::shared_lock lock(changing_);
  if (!index_->writable() || ::access(beside("").c_str(), W_OK) != 0)
    return unreadable(index_->folder().parent_path().string() +
                      ": this process may not write the vault; run as its owner");
  if (auto can = master_key_->can_change(); !can) return can;
  for_each_place([&](const KeyPlace& place, Bytes other) {
    if (!std::ranges::equal(other, subject.bytes())) (void)slots_->read(place, other, master_);
  });
  return {};
}

}  // namespace braid::lmdb
