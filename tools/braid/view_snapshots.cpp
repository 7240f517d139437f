#include "tools/braid/view_snapshots.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>

#include <algorithm>
#include <charconv>
#include <ranges>
#include <string>

#include "adapters/lmdb/faults.hpp"
#include "adapters/lmdb/row_store.hpp"
#include "adapters/lmdb/view_directory.hpp"
#include "events/faults.hpp"
#include "events/merkle.hpp"
#include "events/table/row_overlay.hpp"
#include "ledger/audit/signed_submission.hpp"
#include "tools/braid/command.hpp"
#include "tools/braid/first_entries.hpp"
#include "tools/braid/ledger.hpp"

namespace braid::cli {
namespace {

Parsed<projections::ViewPosition> position_of(const RowReader& rows) {
  const auto stored = rows.position();
  if (!stored) return unreadable("it holds no position");
  return projections::decode_position(*stored);
}

bool is_same(const projections::ViewPosition& one, const projections::ViewPosition& other) {
  return one.stamp == other.stamp && one.chain.size() == other.chain.size() &&
         one.chain.root() == other.chain.root();
}

std::optional<Sequence> size_named(const std::filesystem::path& folder) {
  const auto name = folder.filename().string();
  Sequence size = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), size);
  return error == std::errc() && end == name.data() + name.size() ? std::optional(size)
                                                                  : std::nullopt;
}

/// Its last entry stands in the history where the snapshot has seen it; that names the one before it,
/// and so on to the first.
void check_history(const ViewSnapshot& snapshot, const EntryChain& chain, const EntrySource& source) {
  const auto size = chain.size();
  if (size == snapshot.size && size != 0 && size <= source.size() &&
      leaf_hash(ledger::entry_at(source, size - 1)) == chain.last_leaf())
    return;
  throw HistoryBroken(fmt::format(
      "the snapshot {} is not of this history: its last entry is another. Remove that folder",
      snapshot.folder.string()));
}

/// A snapshot, what came since, and both as one.
struct SnapshotAndSince {
  SnapshotAndSince(const std::filesystem::path& snapshot, const std::filesystem::path& scratch)
      : before(snapshot), since(scratch, lmdb::RowStore::Sync::at_the_end), both(before, since) {}

  lmdb::RowSnapshot before;
  lmdb::RowStore since;
  RowOverlay both;
};

}  // namespace

Parsed<projections::ViewPosition> ViewSnapshot::position() const try {
  lmdb::check_copy(folder);
  return position_of(lmdb::RowSnapshot(folder));
} catch (const Fault& fault) {
  return unreadable(fault.what());
}

ViewSnapshots::ViewSnapshots(const lmdb::LedgerDirectory& directory, std::uint32_t partition)
    : folder_(directory.snapshots(partition)),
      views_(directory.views(partition)),
      partition_(partition) {}

std::vector<ViewSnapshot> ViewSnapshots::all() const {
  std::vector<ViewSnapshot> kept;
  if (!std::filesystem::exists(folder_)) return kept;
  for (const auto& found : std::filesystem::directory_iterator(folder_))
    if (const auto size = size_named(found.path())) kept.push_back({partition_, *size, found.path()});
  std::ranges::sort(kept, {}, &ViewSnapshot::size);
  return kept;
}

std::optional<ViewSnapshot> ViewSnapshots::before(Sequence size) const {
  for (const auto& snapshot : std::views::reverse(all()))
    if (const auto position = snapshot.position();
        snapshot.size <= size && position && position->stamp == projections::views_stamp())
      return snapshot;
  return std::nullopt;
}

lmdb::Descriptor ViewSnapshots::lock() const {
  lmdb::make_folder(folder_);
  lmdb::Descriptor lock(folder_ / "lock", O_RDWR | O_CREAT);
  if (!lock.valid()) lmdb::throw_errno("write to", folder_);
  if (::flock(lock.get(), LOCK_EX | LOCK_NB) != 0)
    throw Refused("another process is keeping a snapshot in " + folder_.string());
  return lock;
}

/// Not half of it is ever found under its name.
void ViewSnapshots::remove(const ViewSnapshot& snapshot) const {
  const auto going = folder_ / "going";
  std::filesystem::remove_all(going);  // what one that was killed left
  std::filesystem::rename(snapshot.folder, going);
  std::filesystem::remove_all(going);
}

std::optional<ViewSnapshot> ViewSnapshots::keep() {
  const auto views = lmdb::ViewDirectory(views_).current();
  if (!views) return std::nullopt;
  const auto locked = lock();
  const auto part = folder_ / "part";
  std::filesystem::remove_all(part);  // what one that was killed left
  lmdb::copy_rows(views->folder(), part);
  const auto made = ViewSnapshot{partition_, 0, part}.position();
  if (!made) throw HistoryBroken("what was copied of " + views_.string() + ": " + made.error());
  const auto size = made->chain.size();
  ViewSnapshot kept{partition_, size, folder_ / std::to_string(size)};
  if (const auto there = kept.position(); there && is_same(*there, *made)) {
    std::filesystem::remove_all(part);
    return kept;
  }
  if (std::filesystem::exists(kept.folder)) remove(kept);  // another version's or history's: no use
  std::filesystem::rename(part, kept.folder);
  lmdb::sync_folder(folder_);
  return kept;
}

std::size_t ViewSnapshots::keep_last(std::size_t count) {
  const auto locked = lock();
  auto kept = all();
  kept.resize(kept.size() - std::min(count, kept.size()));
  for (const auto& old : kept) remove(old);
  return kept.size();
}

std::shared_ptr<const RowReader> rows_since(const ViewSnapshot& snapshot, const EntrySource& source,
                                            Sequence size, const std::filesystem::path& scratch) {
  auto rows = std::make_shared<SnapshotAndSince>(snapshot.folder, scratch);
  const auto position = position_of(rows->before);
  if (!position)
    throw HistoryBroken(fmt::format("how far the snapshot {} goes cannot be read: {}. Remove that folder",
                                    snapshot.folder.string(), position.error()));
  check_history(snapshot, position->chain, source);
  fold_first_entries(source, size, rows->both,
                     "partition " + name_of_partition(snapshot.partition) + " since the snapshot");
  return {rows, &rows->both};
}

}  // namespace braid::cli
