#include "tools/braid/log_export.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>

#include "adapters/lmdb/durable_file.hpp"
#include "adapters/lmdb/faults.hpp"
#include "events/faults.hpp"
#include "tools/braid/command.hpp"
#include "tools/braid/log_place.hpp"

namespace braid::cli {
namespace {

using ledger::Checkpoint;
using ledger::TileName;

constexpr std::size_t batch_bytes = 4 << 20;
/// The text of a checkpoint that nobody signed: so far all is written.
constexpr auto progress_name = ".written";

/// Writes a file in one step, not durably: `LogExport::remember` makes many durable at once.
void put_file(const std::filesystem::path& file, std::string_view bytes) {
  auto fresh = file;
  fresh += ".new";
  {
    const lmdb::Descriptor out(fresh, O_WRONLY | O_CREAT | O_TRUNC);
    if (!out.valid()) lmdb::throw_errno("write", fresh);
    while (!bytes.empty()) {
      const auto written = ::write(out.get(), bytes.data(), bytes.size());
      if (written < 0 && errno != EINTR) lmdb::throw_errno("write", fresh);
      if (written > 0) bytes.remove_prefix(static_cast<std::size_t>(written));
    }
  }
  if (::rename(fresh.c_str(), file.c_str()) != 0) lmdb::throw_errno("replace", file);
}

/// Entries of one bundle, gathered from batches of the log that do not end where it ends.
class Bundle {
 public:
  void add(Bytes entry) {
    ledger::add_to_bundle(bytes_, entry);
    ++entries_;
  }
  [[nodiscard]] std::size_t entries() const { return entries_; }
  [[nodiscard]] std::string_view bytes() const { return as_text(bytes_); }
  void clear() {
    bytes_.clear();
    entries_ = 0;
  }

 private:
  OwnedBytes bytes_;
  std::size_t entries_ = 0;
};

std::unique_ptr<LogPlace> as_place(const std::filesystem::path& folder) {
  return open_log_place(folder.string());
}

}  // namespace

LogExport::LogExport(std::filesystem::path folder, const EntrySource& log)
    : folder_(std::move(folder)), log_(log) {
  lmdb::make_folder(folder_);
}

/// From where the folder's tiles are known to be whole, and of this history.
Sequence LogExport::resumes_at(const Checkpoint& latest) const {
  const auto text = lmdb::read_file(folder_ / progress_name);
  if (!text) {
    if (std::filesystem::exists(folder_ / ledger::checkpoint_name))
      throw Refused(folder_.string() +
                    " holds an export that was not made here; give another folder");
    return 0;
  }
  const auto written = Checkpoint::from_text(*text);
  if (!written || written->origin != latest.origin)
    throw Refused(folder_.string() + " holds the export of " +
                  (written ? written->origin : std::string("something else")) + ", not of " +
                  latest.origin + "; give another folder");
  if (written->size > latest.size)
    throw Refused(folder_.string() + " holds " + std::to_string(written->size) +
                  " entries already, and the checkpoint is of " + std::to_string(latest.size));
  if (root_at(PublishedTiles(*as_place(folder_)), written->size) != written->root)
    throw Refused(folder_.string() + " was altered: its tiles do not give the root of the " +
                  std::to_string(written->size) + " entries exported before; give another folder");
  return written->size;
}

Sequence LogExport::run(const Published& published, const Progress& progress) {
  const auto begin = resumes_at(published.latest);
  const auto end = published.latest.size;
  TileBuilder builder;
  if (begin != 0) builder = TileBuilder(PublishedTiles(*as_place(folder_)), begin);
  while (builder.size() < end) {
    const auto stop = std::min((builder.size() / resume_every + 1) * resume_every, end);
    write_entries(builder, stop, [&](Sequence done) { progress(done, end); });
    write_last_bundle(stop);
    builder.show_edge(tile_writer());
    if (stop != end) remember(builder, published.latest.origin);
  }
  if (builder.root() != published.latest.root)
    throw HistoryBroken(published.latest.origin + ": the log does not give the root signed for " +
                        std::to_string(end) + " entries: it was altered; look with `braid verify`");
  if (published.cosigned) write_edge_at(published.cosigned->size);
  remember(builder, published.latest.origin);
  show(published);
  return end - begin;
}

/// The notes come last, when all they promise is there.
void LogExport::show(const Published& published) const {
  if (published.has_witnesses)
    lmdb::replace_file(folder_ / to_cosign_name, published.latest_note);
  const auto& readers = published.has_witnesses ? published.cosigned_note : published.latest_note;
  if (!readers.empty()) lmdb::replace_file(folder_ / ledger::checkpoint_name, readers);
}

void LogExport::write_entries(TileBuilder& builder, Sequence end,
                              const std::function<void(Sequence)>& progress) {
  EntryBatch batch;
  std::vector<Digest> leaves;
  Bundle bundle;
  // A bundle that is not full yet is written again from its first entry.
  for (auto from = builder.size() / tile_width * tile_width; from < end;) {
    const auto entries = read(from, end, batch);
    for (std::size_t i = 0; i < entries.size(); ++i) {
      bundle.add(entries[i]);
      if (bundle.entries() < tile_width) continue;
      write(TileName{true, {0, (from + i) / tile_width}, tile_width}.text(), bundle.bytes());
      bundle.clear();
    }
    const auto behind = builder.size() - std::min(builder.size(), from);
    const auto known = std::min<Sequence>(behind, entries.size());
    const auto fresh = entries.subspan(known);
    leaves.resize(fresh.size());
    leaf_hashes(fresh, leaves);
    builder.add(leaves, tile_writer());
    from += entries.size();
    progress(from);
  }
}

std::span<const Bytes> LogExport::read(Sequence from, Sequence end, EntryBatch& batch) const {
  log_.read(from, batch_bytes, std::chrono::milliseconds{0}, batch);
  if (batch.entries.empty())
    throw HistoryBroken("the log ends at entry " + std::to_string(from) + ", and " +
                        std::to_string(end) + " are to be exported");
  return std::span<const Bytes>(batch.entries)
      .first(std::min<std::size_t>(batch.entries.size(), end - from));
}

/// The bundle that is not full in a history of `size`; and the hashes of its entries.
std::vector<Digest> LogExport::write_last_bundle(Sequence size) const {
  std::vector<Digest> leaves;
  const auto width = size % tile_width;
  if (width == 0) return leaves;
  EntryBatch batch;
  Bundle bundle;
  for (auto from = size - width; from < size;) {
    const auto entries = read(from, size, batch);
    for (const auto entry : entries) {
      bundle.add(entry);
      leaves.push_back(leaf_hash(entry));
    }
    from += entries.size();
  }
  write(TileName{true, {0, size / tile_width}, width}.text(), bundle.bytes());
  return leaves;
}

/// What is not full in a tree of `size`, smaller than what was exported: from the full tiles.
void LogExport::write_edge_at(Sequence size) const {
  const auto leaves = write_last_bundle(size);
  if (!leaves.empty()) write_tile({0, size / tile_width}, leaves);
  const auto place = as_place(folder_);
  const PublishedTiles tiles(*place);
  for (unsigned level = 1; level < tile_levels; ++level) {
    const TileId id{level, size >> (8 * level) >> 8};
    std::vector<Digest> hashes(width_in(id, size));
    for (std::size_t i = 0; i < hashes.size(); ++i)
      hashes[i] = root_of(tiles.tile({level - 1, id.index * tile_width + i}, tile_width));
    if (!hashes.empty()) write_tile(id, hashes);
  }
}

TileBuilder::Sink LogExport::tile_writer() const {
  return [this](TileId tile, std::span<const Digest> hashes) { write_tile(tile, hashes); };
}

void LogExport::write_tile(TileId tile, std::span<const Digest> hashes) const {
  write(TileName{false, tile, hashes.size()}.text(), as_text(std::as_bytes(hashes)));
}

void LogExport::write(const std::string& name, std::string_view bytes) const {
  const auto file = folder_ / name;
  if (file.parent_path() != made_) {
    std::filesystem::create_directories(file.parent_path());
    made_ = file.parent_path();
  }
  put_file(file, bytes);
}

/// All that was written so far is on the disk, and the next run goes on here.
void LogExport::remember(const TileBuilder& builder, const std::string& origin) const {
  const lmdb::Descriptor folder(folder_, O_RDONLY);
  if (!folder.valid() || ::syncfs(folder.get()) != 0) lmdb::throw_errno("sync", folder_);
  lmdb::replace_file(folder_ / progress_name,
                     Checkpoint{origin, builder.size(), builder.root()}.text());
}

}  // namespace braid::cli
