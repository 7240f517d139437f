#pragma once
#include <memory>
#include <string>

#include "adapters/files/layout_book.hpp"
#include "tools/braid/event_spool.hpp"
#include "tools/braid/reading_ledger.hpp"
#include "tools/braid/spend_events.hpp"
#include "tools/braid/spend_standing.hpp"
#include "tools/braid/submitting.hpp"

namespace braid::cli {

/// What became of one file.
enum class SpendOutcome { imported, imported_before, would_be_imported, refused, unreadable };
std::string_view name_of(SpendOutcome outcome);

struct ImportedSpend {
  SpendOutcome outcome = SpendOutcome::unreadable;
  files::SpendList list;
  SpendTotals totals;          ///< of what is imported
  std::uint64_t left_out = 0;  ///< rows that cannot be read
};

/// Imports lists, one file after the other, through one outlet. What is wrong with a file or its
/// rows is said on standard error. Thread: one.
class SpendImport {
 public:
  struct Options {
    std::string publisher;
    std::string place;
    files::SpendOptions reading;
    bool skip_bad = false;
  };

  /// `key`: the publisher's; null to read and add up only. Borrows all three.
  SpendImport(ReadingLedger& reading, const files::LayoutBook& book, const SecretKey* key,
              Options options);

  /// Reads the file twice: for what it adds up to and who was paid, then for its lines.
  ImportedSpend import(const std::string& path);
  /// Waits until the views have followed, where this process keeps them.
  void close() { outlet_.reset(); }

 private:
  bool add_up(const files::SpendSource& source, SpendSuppliers& suppliers, ImportedSpend& imported);
  [[nodiscard]] std::uint32_t partition() const;
  void publish(const files::SpendSource& source, const SpendRun& run,
               const SpendSuppliers& suppliers, const std::optional<Uuid>& replaces,
               ImportedSpend& imported);
  void announce(OwnedBytes event, ImportedSpend& imported);
  void send_lines(const files::SpendSource& source, EventSpool& lines, ImportedSpend& imported);
  void take(const std::vector<SentEvent>& events, const ledger::Answer& answer,
            ImportedSpend& imported);

  ReadingLedger& reading_;
  const Ledger& ledger_;
  const files::LayoutBook& book_;
  const SecretKey* key_;
  Options options_;
  std::unique_ptr<SpendStandings> standings_;
  std::unique_ptr<Outlet> outlet_;
  std::size_t refusals_shown_ = 0;
};

}  // namespace braid::cli
