#pragma once
#include <filesystem>
#include <functional>
#include <optional>

#include "events/entry_source.hpp"
#include "events/tile_tree.hpp"
#include "ledger/checkpoint.hpp"

namespace braid::cli {

/// Writes a partition's history and tree into a folder, as others read them (C2SP tlog-tiles): only
/// what is not there yet. A kill leaves what was written so far; the next run goes on from the last
/// million. Each entry is hashed on the way, and what comes out must be the root that was signed.
class LogExport {
 public:
  using Progress = std::function<void(Sequence done, Sequence size)>;

  /// Entries between two points from which a killed export goes on.
  static constexpr Sequence resume_every = 1 << 20;

  /// What is published: notes, and the checkpoints in them.
  struct Published {
    ledger::Checkpoint latest;
    std::string latest_note;
    std::optional<ledger::Checkpoint> cosigned;  ///< where the ledger has witnesses
    std::string cosigned_note;
    bool has_witnesses = false;
  };

  /// Borrows `log`. Makes the folder where it is missing.
  LogExport(std::filesystem::path folder, const EntrySource& log);

  /// Brings the folder up to `published.latest`. How many entries were written. Throws Refused
  /// where the folder is of another history; HistoryBroken where the log does not give the root
  /// that was signed; IoFault, StorageFull.
  Sequence run(const Published& published, const Progress& progress);

 private:
  [[nodiscard]] Sequence resumes_at(const ledger::Checkpoint& latest) const;
  void write_entries(TileBuilder& builder, Sequence end,
                     const std::function<void(Sequence)>& progress);
  std::span<const Bytes> read(Sequence from, Sequence end, EntryBatch& batch) const;
  std::vector<Digest> write_last_bundle(Sequence size) const;
  void write_edge_at(Sequence size) const;
  [[nodiscard]] TileBuilder::Sink tile_writer() const;
  void write_tile(TileId tile, std::span<const Digest> hashes) const;
  void write(const std::string& name, std::string_view bytes) const;
  void remember(const TileBuilder& builder, const std::string& origin) const;
  void show(const Published& published) const;

  std::filesystem::path folder_;
  const EntrySource& log_;
  mutable std::filesystem::path made_;  ///< the folder made last
};

}  // namespace braid::cli
