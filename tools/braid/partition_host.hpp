#pragma once
#include <functional>
#include <memory>
#include <optional>

#include "adapters/lmdb/event_log.hpp"
#include "adapters/lmdb/row_store.hpp"
#include "ledger/sequencer.hpp"

namespace braid::cli {

/// One partition's sequencer with all that it borrows: readers, writer, state store. Opening it
/// takes the partition over and replays what the state has not seen. Destroy it when a call throws:
/// what the log then holds is what counts.
class PartitionHost {
 public:
  PartitionHost(std::uint32_t partition, const lmdb::LedgerDirectory& directory,
                lmdb::EventLog& log);

  /// Judges whole submissions in order, in one append: a list of receipts for each. Throws what
  /// Sequencer::decide_all throws.
  std::vector<std::vector<ledger::Receipt>> decide(
      std::span<const CheckedSubmission* const> submissions);
  /// Writes the state behind the log.
  void flush() { sequencer_.flush(); }

  [[nodiscard]] const ledger::State& state() const { return sequencer_.state(); }

 private:
  std::unique_ptr<EntrySource> own_;
  std::unique_ptr<EntrySource> registry_;
  std::unique_ptr<ledger::LogWriter> writer_;
  lmdb::RowStore store_;
  ledger::Sequencer sequencer_;
};

}  // namespace braid::cli
