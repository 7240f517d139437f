#include "ledger/recorded_answers.hpp"

#include <tuple>

#include "events/native_rows.hpp"

namespace braid::ledger {

namespace {

constexpr std::size_t batch_bytes = 1 << 20;
constexpr std::chrono::milliseconds at_once{0};

QueuePosition submission_of(const EntryHead& head) {
  return {head.queue_generation, head.queue_offset, 0};
}

bool is_before(const QueuePosition& a, const QueuePosition& b) {
  return std::tie(a.generation, a.offset) < std::tie(b.generation, b.offset);
}

Bytes entry_at(const EntrySource& source, Sequence sequence, EntryBatch& batch) {
  source.read(sequence, 1, at_once, batch);
  if (batch.entries.empty())
    throw HistoryBroken("entry " + std::to_string(sequence) +
                        " is named by a later one, and the log does not hold it: it was cut");
  return batch.entries.front();
}

}  // namespace

RecordedAnswers::RecordedAnswers(std::uint32_t partition, const EntrySource& own,
                                 const QueuePosition& from)
    : partition_(partition), own_(own), at_(first_entry_of(own, from)) {}

std::optional<RecordedAnswer> RecordedAnswers::next() {
  std::optional<RecordedAnswer> answer;
  for (auto bytes = entry(); !bytes.empty(); bytes = entry()) {
    const auto submission = submission_of(EntryReader(bytes).head());
    if (!answer) answer.emplace().submission = submission;
    if (answer->submission != submission) break;
    take(bytes, *answer);
    ++at_;
  }
  return answer;
}

/// The entry at `at_`; empty at the end.
Bytes RecordedAnswers::entry() {
  if (at_ < batch_.first || at_ >= batch_.first + batch_.entries.size())
    own_.read(at_, batch_bytes, at_once, batch_);
  return batch_.entries.empty() ? Bytes() : batch_.entries[at_ - batch_.first];
}

void RecordedAnswers::take(Bytes bytes, RecordedAnswer& answer) {
  const EntryReader entry(bytes);
  const auto body = entry.get();
  switch (body.which()) {
    case schema::Entry::RECEIVED:
      answer.events = body.getReceived().getCount();
      answer.root = schema::read(body.getReceived().getRoot());
      return;
    case schema::Entry::ACCEPTED:
      answer.receipts.push_back(receipt_of_accepted(partition_, bytes));
      return;
    case schema::Entry::REFUSED:
      return take_refusal(bytes, body.getRefused().getCount(), answer);
    case schema::Entry::REPEATED:
      return take_repeat(body.getRepeated().getFirst(), body.getRepeated().getCount(), answer);
  }
  throw HistoryBroken("an entry of a type that this version does not know");
}

void RecordedAnswers::take_refusal(Bytes entry, std::uint32_t count, RecordedAnswer& answer) {
  auto receipt = receipt_of_refused(partition_, entry);
  for (std::uint32_t i = 0; i < count && !answer.is_whole(); ++i) {
    answer.receipts.push_back(receipt);
    receipt.event = Uuid{};
  }
}

void RecordedAnswers::take_repeat(Sequence first, std::uint32_t count, RecordedAnswer& answer) {
  for (std::uint32_t i = 0; i < count && !answer.is_whole(); ++i) {
    auto receipt = receipt_of_accepted(partition_, entry_at(own_, first + i, looked_up_));
    receipt.repeated = true;
    answer.receipts.push_back(std::move(receipt));
  }
}

void name_events(RecordedAnswer& answer, std::span<const Bytes> events) {
  for (std::size_t i = 0; i < answer.receipts.size() && i < events.size(); ++i)
    answer.receipts[i].event = schema::read(EventReader(events[i]).get().getId());
}

Sequence first_entry_of(const EntrySource& own, const QueuePosition& position) {
  EntryBatch batch;
  Sequence low = 0;
  auto high = own.size();
  while (low < high) {
    const auto middle = low + (high - low) / 2;
    const EntryReader entry(entry_at(own, middle, batch));
    if (is_before(submission_of(entry.head()), position))
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

}  // namespace braid::ledger
