#pragma once
#include <filesystem>

#include "adapters/lmdb/row_store.hpp"
#include "events/stored_tree.hpp"

namespace braid::cli {

/// Keeps one partition's stored tree going behind its history, as the only one who writes it:
/// whoever keeps the views. Thread: one.
class TreeKeeper {
 public:
  /// Opens the tree in `folder`, or begins it; with `anew` writes all of it again. Borrows
  /// `source`. Throws HistoryBroken where the tree is another history's, or of more entries than
  /// there are.
  TreeKeeper(const std::filesystem::path& folder, const EntrySource& source, bool anew);

  /// Follows what is there, at most a batch. False: nothing was.
  bool step();
  /// Lets readers see what was followed.
  void flush() { writer_.flush(); }
  /// Follows to the end and flushes.
  void catch_up();

  [[nodiscard]] bool is_flushed() const { return writer_.flushed() == writer_.chain().size(); }

 private:
  void check_continues() const;

  const EntrySource& source_;
  lmdb::RowStore store_;
  TreeWriter writer_;
  EntryBatch batch_;
};

/// What the tree in `folder` covers, as readers see it; the chain of nothing where there is none.
EntryChain tree_chain(const std::filesystem::path& folder);

}  // namespace braid::cli
