#pragma once
#include <future>
#include <optional>

#include "adapters/lmdb/event_log.hpp"
#include "adapters/lmdb/row_store.hpp"
#include "adapters/lmdb/view_directory.hpp"
#include "projections/worker.hpp"
#include "tools/braid/partition_check.hpp"
#include "tools/braid/passed_entries.hpp"
#include "tools/braid/scratch_folder.hpp"
#include "tools/braid/verified_before.hpp"

namespace braid::cli {

/// Whether readers see what a partition's history gives: folds its views anew, behind whoever
/// follows the history (and beside him, where there is more than one thread), and holds the live
/// ones against them. A view that lags is right as far as it goes. Thread: one, but for `pass`.
class ViewsCheck {
 public:
  /// Begins. `before` is null, or holds what the first entries gave. Borrows both.
  ViewsCheck(const Ledger& ledger, std::uint32_t partition, const lmdb::EventLog& log,
             VerifiedBefore* before, unsigned threads);
  ~ViewsCheck();
  ViewsCheck(const ViewsCheck&) = delete;
  ViewsCheck& operator=(const ViewsCheck&) = delete;

  /// So many entries are followed and good. Thread: any.
  void pass(Sequence entries) { passed_.pass(entries); }
  /// The history is followed to its end and good: what came of the views goes into `report`.
  void finish(PartitionReport& report);

 private:
  [[nodiscard]] RowStore& anew() { return scratch_ ? *scratch_ : before_->views(); }
  [[nodiscard]] ledger::BadEntry bad(Sequence at, std::string found, std::string expected) const;
  void begin(unsigned threads);

  std::uint32_t partition_;
  VerifiedBefore* before_;
  std::unique_ptr<EntrySource> source_;
  PassedEntries passed_;
  std::optional<lmdb::Generation> current_;
  std::optional<lmdb::RowSnapshot> live_;
  std::optional<projections::ViewPosition> position_;  ///< of the live ones, where it can be read
  std::optional<ScratchFolder> folder_;
  std::optional<lmdb::RowStore> scratch_;
  std::future<Digest> root_;  ///< of what was folded; nothing where nothing is
};

}  // namespace braid::cli
