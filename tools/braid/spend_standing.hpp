#pragma once
#include <optional>
#include <string>

#include "adapters/lmdb/event_log.hpp"
#include "events/date.hpp"
#include "events/read_entries.hpp"
#include "events/table/memory_row_store.hpp"
#include "ledger/pending_history.hpp"
#include "tools/braid/ledger.hpp"

namespace braid::cli {

/// What the ledger knows already of a list about to be imported.
struct SpendStanding {
  bool known = false;           ///< this very list was announced
  std::uint32_t lines = 0;      ///< of it, recorded so far
  std::uint32_t announced = 0;  ///< that it has
  /// The run that it replaces: the latest list of this body and time; for a known list, what was
  /// said when it was announced.
  std::optional<Uuid> replaces;

  [[nodiscard]] bool is_complete() const { return known && lines >= announced; }
};

/// What a partition's history says of lists, as its decider sees them, also while another process
/// or this one writes. Begins with the stored state's lists and then follows the log, so that many
/// lists are asked about for one reading.
class SpendStandings {
 public:
  SpendStandings(const Ledger& ledger, std::uint32_t partition);

  /// As of now.
  SpendStanding look_up(const std::string& organisation, Date from, Date to, const Uuid& run,
                        const Uuid& announcement);

 private:
  void follow();
  void take(const ReadEntry& entry);
  [[nodiscard]] std::optional<Uuid> replaced_by(const Uuid& announcement) const;
  [[nodiscard]] std::optional<Sequence> place_of(const Uuid& event) const;

  std::filesystem::path stored_;
  lmdb::EventLog log_;
  std::unique_ptr<EntrySource> source_;
  ledger::PendingHistory history_;
  MemoryRowStore rows_;  // a copy, so that nobody's store is kept from growing
  ledger::State state_;
  ReadEntries batch_;
};

}  // namespace braid::cli
