#pragma once
#include <string>
#include <vector>

#include "adapters/lmdb/event_log.hpp"
#include "ledger/audit/gather_evidence.hpp"
#include "tools/braid/views.hpp"

namespace braid::cli {

/// A thing that entries are about, as people name it on the command line.
struct Subject {
  enum class Kind { event, budget, person, pool } kind{};
  std::string id;  ///< a UUID, or of a person the token

  /// "budget 0192f3c1-...".
  [[nodiscard]] std::string text() const;
};

/// Throws UsageError where there is no such kind of thing.
Subject::Kind subject_kind(const std::string& word);

/// Every entry about a subject that the views know of, in the order of the history: of a budget its
/// plan, orders and recharges too; of a person each budget. Throws UsageError where `id` is none, or
/// nothing in the ledger goes by it.
std::vector<ledger::EntryPlace> entries_about(const LedgerViews& views, const lmdb::EventLog& log,
                                              const Subject& subject);

}  // namespace braid::cli
