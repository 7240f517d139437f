#pragma once
#include <filesystem>
#include <memory>

#include "adapters/lmdb/row_store.hpp"
#include "events/stored_tree.hpp"

namespace braid::cli {

/// The roots that a partition's history had at earlier sizes: from the stored tree as far as it
/// goes, beyond it by reading the log. Thread: one.
class HistoryRoot {
 public:
  /// `tree`: LedgerDirectory::tree(partition), which need not be there. `known`: what its caller
  /// knows the log's first entries to come to, where nothing smaller will be asked. Borrows `log`.
  HistoryRoot(const std::filesystem::path& tree, const EntrySource& log,
              std::optional<EntryChain> known = std::nullopt);

  /// The root over the first `size` entries. Sizes beyond the stored tree are asked for in
  /// ascending order. Nothing where the log holds fewer. Throws HistoryBroken where it contradicts
  /// itself.
  [[nodiscard]] std::optional<Digest> at(Sequence size);

 private:
  const EntrySource& log_;
  std::unique_ptr<lmdb::RowSnapshot> rows_;
  Sequence stored_ = 0;
  EntryChain chain_;
};

}  // namespace braid::cli
