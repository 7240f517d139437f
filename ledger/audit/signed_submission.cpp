#include "ledger/audit/signed_submission.hpp"

#include "events/merkle.hpp"
#include "events/native_rows.hpp"
#include "ledger/audit/read_range.hpp"

namespace braid::ledger {

namespace {

/// Appends the leaf hashes of the entries' events: nearly all that evidence costs is these.
void add_event_hashes(std::span<const Bytes> entries, std::vector<Digest>& hashes) {
  std::vector<Bytes> events;          // of those that hold one
  std::vector<std::size_t> places;    // theirs among `hashes`
  for (const auto bytes : entries) {
    const EntryReader entry(bytes);
    auto& hash = hashes.emplace_back();
    if (const auto event = entry.event_bytes(); event && !event->empty()) {
      events.push_back(*event);
      places.push_back(hashes.size() - 1);
    } else if (entry.get().isRepeated() && entry.get().getRepeated().getCount() == 1) {
      hash = schema::read(entry.get().getRepeated().getHash());
    } else {
      throw HistoryBroken("entry " + std::to_string(entry.head().sequence) +
                          " stands for several events among others");
    }
  }
  std::vector<Digest> found(events.size());
  leaf_hashes(events, found);
  for (std::size_t i = 0; i < found.size(); ++i) hashes[places[i]] = found[i];
}

}  // namespace

SignedSubmission submission_of(const EntrySource& source, Sequence sequence, std::uint32_t index) {
  if (sequence < std::uint64_t{index} + 1)
    throw HistoryBroken("entry " + std::to_string(sequence) + " stands outside any submission");
  SignedSubmission submission{sequence - index - 1, entry_at(source, sequence - index - 1), {}};
  const EntryReader arrival(submission.arrival);
  if (!arrival.get().isReceived())
    throw HistoryBroken("entry " + std::to_string(submission.received) +
                        " is not the arrival of the submission that entry " +
                        std::to_string(sequence) + " answers");
  const auto first = submission.received + 1;
  read_batches(source, first, first + arrival.get().getReceived().getCount(),
               [&](Sequence, std::span<const Bytes> entries) {
                 add_event_hashes(entries, submission.hashes);
                 return true;
               });
  return submission;
}

std::optional<std::uint32_t> index_of(const EntryReader& entry) {
  const auto body = entry.get();
  if (body.isAccepted()) return body.getAccepted().getIndex();
  if (body.isRefused() && body.getRefused().getCount() == 1) return body.getRefused().getIndex();
  if (body.isRepeated() && body.getRepeated().getCount() == 1)
    return body.getRepeated().getIndex();
  return std::nullopt;
}

OwnedBytes entry_at(const EntrySource& source, Sequence sequence) {
  OwnedBytes copy;
  read_range(source, sequence, sequence + 1, [&](Sequence, Bytes bytes) {
    copy.assign(bytes.begin(), bytes.end());
    return false;
  });
  return copy;
}

}  // namespace braid::ledger
