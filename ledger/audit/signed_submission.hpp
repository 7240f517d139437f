#pragma once
#include <vector>

#include "events/entry.hpp"

namespace braid::ledger {

/// One submission as a history holds it: its arrival, and the hashes under the root that its
/// publisher signed.
struct SignedSubmission {
  Sequence received = 0;  ///< sequence of its arrival
  OwnedBytes arrival;     ///< that entry
  std::vector<Digest> hashes;  ///< leaf hash of each event, in their order

  /// Whether the entry is its arrival or answers one of its events.
  [[nodiscard]] bool holds(Sequence sequence) const {
    return sequence >= received && sequence <= received + hashes.size();
  }
};

/// The submission whose event number `index` is answered by an entry. Each event of a submission has
/// one entry behind its arrival, so the arrival stands right before the first of them. Throws
/// HistoryBroken where the history is not so.
SignedSubmission submission_of(const EntrySource& source, Sequence sequence, std::uint32_t index);

/// Which event of its submission an entry answers; nothing where it answers none by itself.
std::optional<std::uint32_t> index_of(const EntryReader& entry);

/// A copy of one entry. Throws HistoryBroken where the history ends before it.
OwnedBytes entry_at(const EntrySource& source, Sequence sequence);

}  // namespace braid::ledger
