#include "ledger/audit/signed_submission.hpp"

#include "events/merkle.hpp"
#include "events/native_rows.hpp"
#include "ledger/audit/read_range.hpp"

namespace braid::ledger {

namespace {

Digest event_hash(const EntryReader& entry) {
  if (const auto event = entry.event_bytes(); event && !event->empty()) return leaf_hash(*event);
  if (entry.get().isRepeated() && entry.get().getRepeated().getCount() == 1)
    return schema::read(entry.get().getRepeated().getHash());
  throw HistoryBroken("entry " + std::to_string(entry.head().sequence) +
                      " stands for several events among others");
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
  read_range(source, first, first + arrival.get().getReceived().getCount(),
             [&](Sequence, Bytes bytes) {
               submission.hashes.push_back(event_hash(EntryReader(bytes)));
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
