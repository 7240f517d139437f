#include "ledger/submission_audit.hpp"

#include <algorithm>

#include "events/merkle.hpp"
#include "events/native_rows.hpp"
#include "events/submission.hpp"

namespace braid::ledger {

namespace {

Bytes bytes_of(capnp::Data::Reader data) {
  return {reinterpret_cast<const std::byte*>(data.begin()), data.size()};
}

}  // namespace

SubmissionAudit::SubmissionAudit(std::string ledger_name, const History& history)
    : ledger_name_(std::move(ledger_name)), history_(history) {}

std::optional<std::string> SubmissionAudit::take(const EntryHead& head, schema::Entry::Reader entry,
                                                 const Digest& event_hash) {
  switch (entry.which()) {
    case schema::Entry::RECEIVED:
      return open(head, entry.getReceived());
    case schema::Entry::ACCEPTED:
      hashes_.push_back(event_hash);
      return answer(entry.getAccepted().getIndex(), 1);
    case schema::Entry::REFUSED: {
      const auto refused = entry.getRefused();
      const auto hash = read(refused.getHash());
      if (refused.getEvent().size() != 0) {
        if (hash != event_hash) return "the refused event's hash is not that of its bytes";
        hashes_.push_back(event_hash);
        return answer(refused.getIndex(), 1);
      }
      if (hash != root_) return "a refusal of a whole submission names another root";
      root_known_ = true;
      return answer(refused.getIndex(), refused.getCount());
    }
    case schema::Entry::REPEATED:
      return repeat(entry.getRepeated());
  }
  return "an entry of a type that this version does not know";
}

std::optional<std::string> SubmissionAudit::open(const EntryHead& head,
                                                 schema::Received::Reader received) {
  if (is_open_)
    return "a submission begins before the one at sequence " + std::to_string(received_at_) +
           " has an answer to each of its events";
  const auto key = PublicKey::from_bytes(bytes_of(received.getKey()));
  const auto signature = Signature::from_bytes(bytes_of(received.getSignature()));
  if (!key || !signature) return "the key has not 32 bytes or the signature not 64";
  is_open_ = true;
  received_at_ = head.sequence;
  publisher_ = received.getPublisher();
  std::ranges::copy(key->bytes, key_.bytes.begin());
  signature_ = *signature;
  count_ = received.getCount();
  answered_ = 0;
  root_ = read(received.getRoot());
  root_known_ = false;
  hashes_.clear();
  if (count_ == 0 || count_ > Submission::max_events)
    return "a submission of no or too many events";
  return std::nullopt;
}

std::optional<std::string> SubmissionAudit::repeat(schema::Repeated::Reader repeated) {
  const auto count = repeated.getCount();
  if (count == 0 || count > Submission::max_events) return "a repeat of no or too many events";
  const auto before = hashes_.size();
  for (std::uint32_t i = 0; i < count; ++i) {
    const auto bytes = history_.entry_at(repeated.getFirst() + i);
    const EntryReader first(bytes);
    const auto event = first.event_bytes();
    if (!first.get().isAccepted() || !event)
      return "it says that entry " + std::to_string(repeated.getFirst() + i) +
             " accepted its event; it did not";
    hashes_.push_back(leaf_hash(*event));
  }
  if (count == 1 && hashes_[before] != read(repeated.getHash()))
    return "it names another event than the entry it says it repeats";
  return answer(repeated.getIndex(), count);
}

std::optional<std::string> SubmissionAudit::answer(std::uint32_t index, std::uint32_t count) {
  if (!is_open_) return "an event's answer stands outside any submission";
  if (index != answered_)
    return "event " + std::to_string(index) + " of its submission is answered where event " +
           std::to_string(answered_) + " is due";
  answered_ += count;
  if (answered_ > count_) return "more answers than its submission has events";
  if (answered_ < count_) return std::nullopt;
  is_open_ = false;
  if (!root_known_ && root_of(hashes_) != root_)
    return "the events of the submission at sequence " + std::to_string(received_at_) +
           " are not those under its signed root";
  PublicKey key;
  std::ranges::copy(key_.bytes, key.bytes.begin());
  completed_ = Statement{received_at_, signed_statement(ledger_name_, publisher_, count_, root_),
                         key, signature_};
  return std::nullopt;
}

std::optional<SubmissionAudit::Statement> SubmissionAudit::completed() {
  return std::exchange(completed_, std::nullopt);
}

}  // namespace braid::ledger
