#pragma once
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "events/entry.hpp"

namespace braid::ledger {

/// An entry with all that can be known of it without what came before.
struct PreparedEntry {
  std::optional<EntryReader> reader;
  std::optional<EventReader> event;
  Bytes event_bytes;
  std::vector<Posting> postings;
  std::optional<std::string> unbalanced;
  std::optional<std::string> formless;

  /// Throws HistoryBroken where the bytes are no entry.
  void prepare(Bytes bytes, bool with_form);
};

/// A batch of a history with what an auditor can find out of each entry alone: on another thread
/// than the one that follows the chain. Reused: its memory is kept.
struct PreparedEntries {
  static constexpr std::size_t batch_bytes = 4 << 20;

  EntryBatch batch;
  std::vector<Digest> leaves;
  std::vector<Digest> event_hashes;  ///< zero where an entry has no event
  std::deque<PreparedEntry> entries;
  std::size_t readable = 0;  ///< of them; the next one is no entry
  std::string unreadable;    ///< why not

  /// Reads and prepares a batch from `from` on. `with_form`: asks whether each event has form, too.
  void read(const EntrySource& source, Sequence from, bool with_form);
};

}  // namespace braid::ledger
