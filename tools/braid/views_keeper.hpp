#pragma once
#include <functional>
#include <memory>
#include <optional>

#include "adapters/lmdb/event_log.hpp"
#include "adapters/lmdb/row_store.hpp"
#include "adapters/lmdb/view_directory.hpp"
#include "projections/worker.hpp"
#include "tools/braid/tree_keeper.hpp"

namespace braid::cli {

/// Keeps one partition's views going, and the tree over its history, as the only one who writes
/// them: whoever has the ledger's writer lock. Where there are no views, or other versions of the
/// projections made them, they are built beside what readers see, and swapped in whole. Thread: one.
class ViewsKeeper {
 public:
  using Progress = std::function<void(Sequence done, Sequence size)>;

  struct Options {
    unsigned threads = 1;
    bool rebuild = false;    ///< build anew whatever is there, the tree too
    Progress progress = {};  ///< hears how a build goes on
  };

  /// Opens the views, or builds them. Throws HistoryBroken where they are another history's.
  ViewsKeeper(std::uint32_t partition, const lmdb::LedgerDirectory& directory,
              const lmdb::EventLog& log, Options options);

  /// Folds what is there, at most a batch. False: nothing was.
  bool step();
  /// Lets readers see what was folded.
  void flush();
  /// Folds to the end and flushes.
  void catch_up(const Progress& progress = {});

  [[nodiscard]] Sequence folded() const { return worker_->chain().size(); }
  [[nodiscard]] bool is_flushed() const;

 private:
  [[nodiscard]] bool can_go_on() const;
  void start(unsigned threads);
  void build(const Options& options);

  std::uint32_t partition_;
  lmdb::ViewDirectory views_;
  std::unique_ptr<EntrySource> source_;
  std::optional<lmdb::Generation> generation_;
  std::unique_ptr<lmdb::RowStore> store_;
  std::unique_ptr<projections::Worker> worker_;
  TreeKeeper tree_;
};

/// How far a partition's views go, as readers see them; nothing where there are none.
std::optional<projections::ViewPosition> view_position(const lmdb::LedgerDirectory& directory,
                                                       std::uint32_t partition);

}  // namespace braid::cli
