#include "tools/braid/views.hpp"

#include <algorithm>
#include <chrono>
#include <map>
#include <thread>

#include "adapters/lmdb/event_log.hpp"
#include "projections/worker.hpp"
#include "tools/braid/command.hpp"
#include "tools/braid/first_entries.hpp"
#include "tools/braid/progress.hpp"
#include "tools/braid/view_snapshots.hpp"

namespace braid::cli {
namespace {

Position position_of(std::uint32_t partition, const RowReader& rows, Sequence size) {
  Position position{.partition = name_of_partition(partition),
                    .size = 0,
                    .root = EntryChain().root().hex(),
                    .behind = size};
  const auto stored = rows.position();
  if (!stored) return position;
  const auto read = projections::decode_position(*stored);
  if (!read)
    throw HistoryBroken("the position of the views of partition " + position.partition +
                        " cannot be read: " + read.error() +
                        ". Build them anew with `braid project --rebuild`");
  position.size = read->chain.size();
  position.root = read->chain.root().hex();
  position.behind = size > position.size ? size - position.size : 0;
  return position;
}

std::unique_ptr<PartitionViews> views_of(const lmdb::LedgerDirectory& directory,
                                         const lmdb::EventLog& log, std::uint32_t partition) {
  auto generation = lmdb::ViewDirectory(directory.views(partition)).current();
  if (!generation) return nullptr;
  const auto rows = std::make_shared<lmdb::RowSnapshot>(generation->folder());
  return std::unique_ptr<PartitionViews>(
      new PartitionViews{partition, std::move(generation), rows,
                         position_of(partition, *rows, log.reader(partition)->size())});
}

std::shared_ptr<const RowReader> rows_anew(const std::filesystem::path& folder,
                                           const EntrySource& source, std::uint32_t partition,
                                           Sequence size) {
  lmdb::RowStore store(folder, lmdb::RowStore::Sync::at_the_end);
  fold_first_entries(source, size, store,
                     "partition " + name_of_partition(partition) + " as it was");
  return std::make_shared<lmdb::RowSnapshot>(store.environment());
}

}  // namespace

LedgerViews::LedgerViews(const Ledger& ledger) {
  const lmdb::EventLog log(ledger.directory);
  for (const auto partition : ledger.founding.all_partitions()) {
    auto views = views_of(ledger.directory, log, partition);
    if (views == nullptr && (partition == register_partition || log.reader(partition)->size() > 0))
      throw UsageError(
          "the views of partition " + name_of_partition(partition) +
          " were never built: run `braid project`, or `braid serve`, which keeps them up to date");
    if (views != nullptr) partitions_.push_back(std::move(views));
  }
}

std::unique_ptr<LedgerViews> views_of_now(const Ledger& ledger) {
  constexpr int attempts = 200;
  constexpr std::chrono::milliseconds between_attempts{50};
  std::map<std::uint32_t, Sequence> sizes;
  {
    const lmdb::EventLog log(ledger.directory);
    for (const auto partition : ledger.founding.all_partitions())
      sizes[partition] = log.reader(partition)->size();
  }
  for (int attempt = 0;; ++attempt) {
    auto views = std::make_unique<LedgerViews>(ledger);
    const bool all_there = std::ranges::all_of(views->partitions(), [&](const auto& each) {
      return each->position.size >= sizes[each->partition];
    });
    if (all_there || attempt == attempts) return views;
    std::this_thread::sleep_for(between_attempts);
  }
}

LedgerViews::LedgerViews(const Ledger& ledger, const Moment& moment, Since since) {
  scratch_.emplace();
  const lmdb::EventLog log(ledger.directory);
  for (const auto partition : ledger.founding.all_partitions()) {
    const auto size = moment.sizes.at(partition);
    if (size == 0) continue;
    const auto source = log.reader(partition);
    const auto folder = scratch_->path() / name_of_partition(partition);
    const auto kept = since == Since::snapshot
                          ? ViewSnapshots(ledger.directory, partition).before(size)
                          : std::nullopt;
    if (kept)
      believed_.push_back("partition " + name_of_partition(partition) +
                          ": its first " + grouped(kept->size) +
                          " entries by the snapshot that was kept then, at its word");
    const auto rows = kept ? rows_since(*kept, *source, size, folder)
                           : rows_anew(folder, *source, partition, size);
    partitions_.push_back(std::unique_ptr<PartitionViews>(
        new PartitionViews{partition, std::nullopt, rows, position_of(partition, *rows, size)}));
  }
}

projections::ViewsSnapshot LedgerViews::snapshot() const {
  projections::ViewsSnapshot snapshot;
  snapshot.registry = &registry();
  for (const auto& views : partitions_)
    if (views->partition != register_partition) snapshot.places.push_back(&views->rows);
  return snapshot;
}

std::vector<Position> LedgerViews::positions() const {
  std::vector<Position> positions;
  for (const auto& views : partitions_) positions.push_back(views->position);
  return positions;
}

}  // namespace braid::cli
