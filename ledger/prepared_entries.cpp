#include "ledger/prepared_entries.hpp"

#include "events/merkle.hpp"

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

void PreparedEntry::prepare(Bytes bytes, bool with_form) {
  event.reset();
  event_bytes = {};
  postings.clear();
  unbalanced.reset();
  formless.reset();
  reader.emplace(bytes);
  if (const auto found = reader->event_bytes()) {
    event_bytes = *found;
    event.emplace(event_bytes);
    if (with_form)
      if (auto form = check_form(event_bytes); !form) formless = std::move(form.error().sentence);
  }
  if (!reader->get().isAccepted()) return;
  postings = postings_of(reader->get().getAccepted());
  unbalanced = why_unbalanced(postings);
}

void PreparedEntries::read(const EntrySource& source, Sequence from, bool with_form) {
  source.read(from, batch_bytes, std::chrono::milliseconds{0}, batch);
  const auto& bytes = batch.entries;
  leaves.resize(bytes.size());
  leaf_hashes(bytes, leaves);
  if (entries.size() < bytes.size()) entries.resize(bytes.size());
  std::vector<Bytes> events(bytes.size());
  readable = 0;
  try {
    for (; readable < bytes.size(); ++readable) {
      entries[readable].prepare(bytes[readable], with_form);
      events[readable] = entries[readable].event_bytes;
    }
  } catch (const HistoryBroken& broken) {
    unreadable = broken.what();
  }
  event_hashes.resize(bytes.size());
  leaf_hashes(events, event_hashes);
}

}  // namespace braid::ledger
