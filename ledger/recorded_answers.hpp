#pragma once
#include <optional>

#include "events/entry_source.hpp"
#include "ledger/receipt.hpp"
#include "ledger/state.hpp"

namespace braid::ledger {

/// What a partition's history answers to one submission: what whoever recorded it told, or should
/// have told, its publisher.
struct RecordedAnswer {
  QueuePosition submission;      ///< `index` is 0
  std::uint32_t events = 0;      ///< that it has
  Digest root;                   ///< over their bytes
  std::vector<Receipt> receipts; ///< of its events from the first on; where the log ends inside it, fewer

  [[nodiscard]] bool is_whole() const { return receipts.size() == events; }

  bool operator==(const RecordedAnswer&) const = default;
};

/// Receipts as a projection of the log, and of nothing else: equal to those that `decide_all` gave.
/// One thing the log does not hold: a refusal of a whole submission names its first event only, so
/// that the others' receipts have no `event`; see `name_events`. Pure reading. Thread: the reader's.
class RecordedAnswers {
 public:
  /// From the answer to `from` on, or to the first submission behind it that the log holds. Borrows
  /// `own`, which outlives it.
  RecordedAnswers(std::uint32_t partition, const EntrySource& own, const QueuePosition& from);

  /// The next submission's answer, as far as the log goes; nothing at its end. Throws HistoryBroken.
  std::optional<RecordedAnswer> next();

 private:
  Bytes entry();
  void take(Bytes entry, RecordedAnswer& answer);
  void take_refusal(Bytes entry, std::uint32_t count, RecordedAnswer& answer);
  void take_repeat(Sequence first, std::uint32_t count, RecordedAnswer& answer);

  std::uint32_t partition_;
  const EntrySource& own_;
  Sequence at_;
  EntryBatch batch_;
  EntryBatch looked_up_;
};

/// Fills in the events of receipts from the submission itself, as the queue has it.
void name_events(RecordedAnswer& answer, std::span<const Bytes> events);

/// The first entry that answers `position` or a later place of the queue; the log's size where there
/// is none. Looks at few entries: places of the queue only go forward.
Sequence first_entry_of(const EntrySource& own, const QueuePosition& position);

}  // namespace braid::ledger
