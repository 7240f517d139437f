#pragma once
#include <functional>
#include <map>
#include <string>

#include "events/read_entries.hpp"
#include "ledger/submission_audit.hpp"

namespace braid::ledger {

/// A batch of a history with all that an auditor can find out without the decider's state: on
/// another thread than the one that judges again. Reused: its memory is kept.
struct PreparedEntries {
  std::function<std::int64_t()> clock_us = {};  ///< for the times below

  struct Wrong {
    enum class What { unreadable, unsigned_events, unbalanced } what{};
    std::string why;
  };

  ReadEntries read;
  /// What is wrong with an entry by itself, by its place in the batch. Whether its event has form
  /// stands in the entry. Of a history that is well, nothing.
  std::multimap<std::size_t, Wrong> wrong;
  std::uint64_t signatures = 0;    ///< checked: of the submissions that end in this batch
  std::int64_t reading_us = 0;     ///< it took to read and hash
  std::int64_t looking_us = 0;     ///< it took to see who signed, and whether postings balance
  std::optional<Sequence> forged;  ///< the first of those that is nobody's, by its `received` entry

  /// Reads and prepares a batch from `from` on, where `audit` stands. `with_form`: asks whether each
  /// event has form, too.
  void prepare(const EntrySource& source, Sequence from, SubmissionAudit& audit, bool with_form);
  void clear();

 private:
  std::optional<Wrong> look_at(const ReadEntry& entry, SubmissionAudit& audit);
  [[nodiscard]] std::int64_t now_us() const { return clock_us ? clock_us() : 0; }
  void check_signature(const SubmissionAudit::Statement& statement);
};

}  // namespace braid::ledger
