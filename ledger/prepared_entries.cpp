#include "ledger/prepared_entries.hpp"

#include <optional>

namespace braid::ledger {

namespace {

/// Whether every strand's postings sum to zero; otherwise the strand that does not.
std::optional<std::string> why_unbalanced(std::span<const Posting> postings) {
  for (const auto& posting : postings) {
    std::int64_t sum = 0;
    for (const auto& other : postings)
      if (other.strand == posting.strand && __builtin_add_overflow(sum, other.pence, &sum))
        return "the postings of " + posting.strand.organisation + " " + posting.strand.fund +
               " overflow";
    if (sum != 0)
      return "the postings of " + posting.strand.organisation + " " + posting.strand.fund +
             " sum to " + std::to_string(sum) + " pence";
  }
  return std::nullopt;
}

}  // namespace

void PreparedEntries::prepare(const EntrySource& source, Sequence from, SubmissionAudit& audit,
                              bool with_form) {
  clear();
  const auto begun = now_us();
  read.read(source, from, ReadEntries::batch_bytes, std::chrono::milliseconds{0},
            with_form ? ReadEntries::Events::formed : ReadEntries::Events::readable);
  const auto has_read = now_us();
  const auto entries = read.entries();
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (auto found = look_at(entries[i], audit)) wrong.emplace(i, std::move(*found));
    if (auto why = why_unbalanced(entries[i].postings))
      wrong.emplace(i, Wrong{Wrong::What::unbalanced, std::move(*why)});
  }
  reading_us = has_read - begun;
  looking_us = now_us() - has_read;
}

void PreparedEntries::clear() {
  read.clear();
  wrong.clear();
  signatures = 0;
  reading_us = looking_us = 0;
  forged.reset();
}

std::optional<PreparedEntries::Wrong> PreparedEntries::look_at(const ReadEntry& entry,
                                                               SubmissionAudit& audit) {
  try {
    if (auto why = audit.take(entry.head, entry.entry, entry.event_hash))
      return Wrong{Wrong::What::unsigned_events, std::move(*why)};
  } catch (const HistoryBroken& broken) {
    return Wrong{Wrong::What::unreadable, broken.what()};
  }
  if (const auto statement = audit.completed()) check_signature(*statement);
  return std::nullopt;
}

void PreparedEntries::check_signature(const SubmissionAudit::Statement& statement) {
  ++signatures;
  if (!verify(statement.key, as_bytes(statement.text), statement.signature) && !forged)
    forged = statement.sequence;
}

}  // namespace braid::ledger
