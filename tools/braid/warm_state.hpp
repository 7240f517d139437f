#pragma once
#include <functional>
#include <memory>

#include "adapters/kafka/past_roots.hpp"
#include "adapters/lmdb/event_log.hpp"
#include "adapters/lmdb/row_store.hpp"
#include "ledger/sequencer.hpp"

namespace braid::cli {

/// The decider of one partition of a copy, kept warm: it follows the copy, so that taking the
/// partition over costs next to nothing. Only who writes the copy's folder has it. Thread: one.
class WarmState {
 public:
  WarmState(std::uint32_t partition, const lmdb::LedgerDirectory& directory,
            const lmdb::EventLog& copy, ledger::StateLimits limits);

  [[nodiscard]] ledger::Sequencer& sequencer() { return *sequencer_; }
  [[nodiscard]] const EntrySource& own() const { return *own_; }
  [[nodiscard]] const EntrySource& registry() const { return *registry_; }

  /// Follows the copy to its end, and hashes what is new for `root_at`. Ends early where `stopping`
  /// says so.
  void follow(const std::function<bool()>& stopping);
  /// When nothing is to do: writes the state behind the log, and what `root_at` rests on.
  void rest(const std::function<bool()>& stopping);
  /// A sequencer whose append failed is spent: starts another from what the log holds.
  void start_again();
  /// The root of the history's first `size` entries, which it has.
  [[nodiscard]] Digest root_at(Sequence size) const { return roots_.root_at(size, *own_); }

 private:
  void load_roots();
  void keep_roots();

  std::uint32_t partition_;
  ledger::StateLimits limits_;
  std::filesystem::path roots_file_;
  std::unique_ptr<EntrySource> own_;
  std::unique_ptr<EntrySource> registry_;
  lmdb::RowStore store_;
  std::unique_ptr<ledger::Sequencer> sequencer_;
  kafka::PastRoots roots_;
  Sequence flushed_ = 0;  ///< entries that the stored state has seen
  Sequence roots_kept_ = 0;
};

}  // namespace braid::cli
