#pragma once
#include "adapters/lmdb/event_log.hpp"
#include "tools/braid/checkpoint_book.hpp"
#include "tools/braid/checkpoints.hpp"
#include "tools/braid/log_export.hpp"

namespace braid::cli {

/// The latest checkpoint of a partition and what readers are shown of it: of all that the log holds
/// now, where the operator's key is on this machine; else as it was signed before. Throws
/// UsageError where there is neither; HistoryBroken where what was signed before does not hold.
LogExport::Published published_now(const Ledger& ledger, const EntrySource& log,
                                   Checkpoints& checkpoints, std::uint32_t partition);

}  // namespace braid::cli
