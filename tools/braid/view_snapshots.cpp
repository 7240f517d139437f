#include "tools/braid/view_snapshots.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>

#include <algorithm>
#include <charconv>
#include <ranges>
#include <string>

#include "adapters/lmdb/durable_file.hpp"
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
#include "tools/braid/progress.hpp"

namespace braid::cli {
namespace {

projections::ViewPosition position_of(const RowReader& rows, const std::filesystem::path& folder) {
  const auto stored = rows.position();
  auto position = stored ? projections::decode_position(*stored)
                         : tl::unexpected(std::string("it holds none"));
  if (!position)
    throw HistoryBroken(fmt::format("how far the views in {} go cannot be read: {}. Remove that folder",
                                    folder.string(), position.error()));
  return std::move(*position);
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

projections::ViewPosition ViewSnapshot::position() const {
  return position_of(lmdb::RowSnapshot(folder), folder);
}

ViewSnapshots::ViewSnapshots(const lmdb::LedgerDirectory& directory, std::uint32_t partition)
    : folder_(directory.snapshots(partition)),
      views_(directory.views(partition)),
      partition_(partition) {}

std::vector<ViewSnapshot> ViewSnapshots::all() const {
  std::vector<ViewSnapshot> kept;
  std::error_code missing;
  for (const auto& found : std::filesystem::directory_iterator(folder_, missing))
    if (const auto size = size_named(found.path())) kept.push_back({partition_, *size, found.path()});
  std::ranges::sort(kept, {}, &ViewSnapshot::size);
  return kept;
}

std::optional<ViewSnapshot> ViewSnapshots::before(Sequence size) const {
  for (const auto& snapshot : std::views::reverse(all()))
    if (snapshot.size <= size && snapshot.position().stamp == projections::views_stamp())
      return snapshot;
  return std::nullopt;
}

std::optional<ViewSnapshot> ViewSnapshots::keep() {
  const auto views = lmdb::ViewDirectory(views_).current();
  if (!views) return std::nullopt;
  lmdb::make_folder(folder_);
  const lmdb::Descriptor lock(folder_ / "lock", O_RDWR | O_CREAT);
  if (!lock.valid()) lmdb::throw_errno("write to", folder_);
  if (::flock(lock.get(), LOCK_EX | LOCK_NB) != 0)
    throw Refused("another process is keeping a snapshot in " + folder_.string());
  const auto part = folder_ / "part";  // what one that was killed left, too
  std::filesystem::remove_all(part);
  lmdb::copy_rows(views->folder(), part);
  const auto made = position_of(lmdb::RowSnapshot(part), part);
  ViewSnapshot kept{partition_, made.chain.size(), folder_ / std::to_string(made.chain.size())};
  const bool there = std::filesystem::exists(kept.folder);
  if (there && kept.position().stamp == made.stamp) {
    std::filesystem::remove_all(part);
    return kept;
  }
  if (there) std::filesystem::remove_all(kept.folder);  // of another version: of no use any more
  std::filesystem::rename(part, kept.folder);
  lmdb::sync_folder(folder_);
  return kept;
}

std::size_t ViewSnapshots::keep_last(std::size_t count) {
  auto kept = all();
  kept.resize(kept.size() - std::min(count, kept.size()));
  for (const auto& old : kept) std::filesystem::remove_all(old.folder);
  return kept.size();
}

std::shared_ptr<const RowReader> rows_since(const ViewSnapshot& snapshot, const EntrySource& source,
                                            Sequence size, const std::filesystem::path& scratch) {
  auto rows = std::make_shared<SnapshotAndSince>(snapshot.folder, scratch);
  check_history(snapshot, position_of(rows->before, snapshot.folder).chain, source);
  Progress progress("partition " + name_of_partition(snapshot.partition) + " since the snapshot",
                    "entries");
  fold_first_entries(source, size, rows->both, 2,
                     [&](Sequence done, Sequence whole) { progress.show(done, whole); });
  return {rows, &rows->both};
}

}  // namespace braid::cli
