#include "ledger/sequencer.hpp"

#include <algorithm>
#include <tuple>

#include "events/native_rows.hpp"
#include "ledger/pending_history.hpp"
#include "ledger/replay.hpp"
#include "ledger/signing_key.hpp"

namespace braid::ledger {

namespace {

Digest digest_of_key(const PublicKey& key) {
  Digest digest;
  std::ranges::copy(Bytes{key.bytes}, digest.bytes.begin());
  return digest;
}

Uuid id_of(schema::Event::Reader event) {
  return {event.getId().getHigh(), event.getId().getLow()};
}

/// Whether a whole submission at `position` may be judged when `next` is due.
bool is_ahead(const QueuePosition& position, const QueuePosition& next) {
  return position.index == 0 && std::tie(position.generation, position.offset) >=
                                    std::tie(next.generation, next.offset);
}

}  // namespace

class Sequencer::Impl {
 public:
  Impl(std::uint32_t partition, const EntrySource& own, const EntrySource& registry,
       RowStore& store, std::function<std::int64_t()> now_us, StateLimits limits)
      : partition_(partition),
        of_register_(partition == register_partition),
        registry_(registry),
        now_us_(std::move(now_us)),
        history_(own),
        state_(store, history_, limits) {
    follow();
  }

  void follow(const std::function<bool()>& stopping = {}) {
    check(writer_ == nullptr, "who leads writes the log itself, and has nobody to follow");
    if (!of_register_) follow_register(state_, registry_, registry_.size());
    replay(state_, history_.source(), of_register_, stopping);
  }

  void lead(LogWriter& writer) {
    follow();
    writer_ = &writer;
    ends_with_received_ = last_is_received();
  }

  void stop_leading() {
    check(!spent_, "a spent sequencer's state is ahead of the log");
    writer_ = nullptr;
    ends_with_received_ = false;
  }

  std::vector<std::vector<Receipt>> decide_all(std::span<const Queued> queue) {
    check(writer_ != nullptr, "only who leads may judge");
    check(!spent_, "a sequencer whose append failed is destroyed, not asked again");
    spent_ = true;  // until everything below went well
    if (!of_register_) follow_register(state_, registry_, registry_.size());
    const auto first = state_.own_chain.size();
    std::vector<std::vector<Receipt>> receipts;
    receipts.reserve(queue.size());
    for (const auto& queued : queue) receipts.push_back(judge(queued));
    append(first);
    state_.flush_if_large();
    spent_ = false;
    return receipts;
  }

  void flush() {
    check(!spent_, "a spent sequencer's state is ahead of the log");
    state_.flush();
  }

  [[nodiscard]] const State& state() const { return state_; }

  [[nodiscard]] bool is_inside_submission() const {
    return state_.next.index != 0 || ends_with_received_;
  }

 private:
  [[nodiscard]] bool last_is_received() const {
    if (state_.own_chain.size() == 0) return false;
    const auto last = history_.entry_at(state_.own_chain.size() - 1);
    return EntryReader(last).get().isReceived();
  }

  void append(Sequence first) {
    const auto entries = history_.pending();
    if (!entries.empty() && writer_->append(first, entries) != first + entries.size())
      throw OutcomeUnknown(
          "the log took only a part of what was appended; reading back what it holds");
    history_.clear();
    encoder_.clear();
  }

  std::vector<Receipt> judge(const Queued& queued) {
    const bool resumed = is_inside_submission();
    check(resumed ? queued.position == state_.next : is_ahead(queued.position, state_.next),
          "submissions are judged in the queue's order");
    ends_with_received_ = false;
    const auto& submission = queued.checked->submission;
    moment_.recorded_at_us = std::max(now_us_(), state_.last_recorded_at_us);
    moment_.rule_book = state_.rule_book_at(moment_.recorded_at_us).version;
    moment_.register_size = state_.register_chain.size();
    position_ = queued.position;
    if (!resumed) receive(*queued.checked);
    const auto key = digest_of_key(submission.key);
    if (auto may = check_key(state_, submission.publisher, key, moment_); !may)
      return refuse_whole(*queued.checked, may.error());
    if (queued.position.index == 0)
      if (const auto first = whole_repeat(*queued.checked))
        return repeat_whole(*queued.checked, *first);
    return judge_each(*queued.checked, key);
  }

  std::vector<Receipt> judge_each(const CheckedSubmission& checked, const Digest& key) {
    std::vector<Receipt> receipts;
    receipts.reserve(checked.submission.events.size());
    for (auto i = position_.index; i < checked.submission.events.size(); ++i) {
      const auto event = formed_event(checked.submission.events[i]);
      const Submitted submitted{checked.submission.publisher, key, event,
                                checked.submission.events[i], checked.hashes[i]};
      receipts.push_back(std::visit([&](auto& outcome) { return record(outcome, submitted, i); },
                                    decision(submitted)));
    }
    return receipts;
  }

  Decision& decision(const Submitted& submitted) {
    decision_ = decide(state_, submitted, moment_);
    return decision_;
  }

  [[nodiscard]] EntryHead head() const {
    return {.sequence = state_.own_chain.size(),
            .previous = state_.own_chain.last_leaf(),
            .recorded_at_us = moment_.recorded_at_us,
            .queue_offset = position_.offset,
            .queue_generation = position_.generation,
            .rule_book = moment_.rule_book,
            .register_size = moment_.register_size};
  }

  /// Takes a new entry: it stands in the state at once, in the log when the batch is appended. Of
  /// an accepted one, `accepted` has event and postings.
  Receipt enter(Bytes bytes, const Uuid& event, Receipt::Outcome outcome, ReadEntry accepted = {}) {
    accepted.head = head();
    accepted.entry = EntryReader::of_encoded(bytes).get();
    accepted.leaf = leaf_hash(bytes);
    const Receipt receipt{.event = event,
                          .outcome = outcome,
                          .partition = partition_,
                          .sequence = accepted.head.sequence,
                          .leaf = accepted.leaf};
    history_.add(receipt.sequence, bytes);
    take_entry(state_, accepted, of_register_);
    return receipt;
  }

  void receive(const CheckedSubmission& checked) {
    const auto& submission = checked.submission;
    enter(encoder_.encode(
              head(), ReceivedBody{.publisher = submission.publisher,
                                   .key = Bytes{submission.key.bytes},
                                   .signature = Bytes{submission.signature.bytes},
                                   .count = static_cast<std::uint32_t>(submission.events.size()),
                                   .root = checked.root,
                                   .register_head = state_.register_chain.last_leaf()}),
          Uuid{}, Receipt::Outcome::accepted);
  }

  Receipt record(Findings& findings, const Submitted& submitted, std::uint32_t index) {
    auto receipt = enter(encoder_.encode(head(), AcceptedBody{.index = index,
                                                              .event = submitted.bytes,
                                                              .postings = findings.postings,
                                                              .flags = findings.flags}),
                         id_of(submitted.event), Receipt::Outcome::accepted,
                         {.event_bytes = submitted.bytes,
                          .event = submitted.event,
                          .kind = submitted.event.getBody().which(),
                          .event_hash = submitted.hash,
                          .postings = findings.postings});
    receipt.findings = std::move(findings.flags);
    return receipt;
  }

  Receipt record(Refusal& refusal, const Submitted& submitted, std::uint32_t index) {
    const auto id = id_of(submitted.event);
    auto receipt = enter(encoder_.encode(head(), RefusedBody{.index = index,
                                                             .count = 1,
                                                             .id = id,
                                                             .hash = submitted.hash,
                                                             .event = submitted.bytes,
                                                             .finding = &refusal}),
                         id, Receipt::Outcome::refused);
    receipt.findings.push_back(std::move(refusal));
    return receipt;
  }

  Receipt record(const AlreadyRecorded& already, const Submitted& submitted, std::uint32_t index) {
    const auto id = id_of(submitted.event);
    enter(encoder_.encode(head(), RepeatedBody{.index = index,
                                               .count = 1,
                                               .id = id,
                                               .hash = submitted.hash,
                                               .first = already.first}),
          id, Receipt::Outcome::accepted);
    return receipt_again(already.first);
  }

  /// The receipt that was given when the event was accepted.
  [[nodiscard]] Receipt receipt_again(Sequence first) const {
    auto receipt = receipt_of_accepted(partition_, history_.entry_at(first));
    receipt.repeated = true;
    return receipt;
  }

  std::vector<Receipt> refuse_whole(const CheckedSubmission& checked, const Refusal& refusal) {
    const auto& events = checked.submission.events;
    const auto first = formed_event(events[position_.index]);
    const auto told = enter(
        encoder_.encode(head(), RefusedBody{.index = position_.index,
                                            .count = static_cast<std::uint32_t>(events.size()) -
                                                     position_.index,
                                            .id = id_of(first),
                                            .hash = checked.root,
                                            .event = {},
                                            .finding = &refusal}),
        Uuid{}, Receipt::Outcome::refused);
    std::vector<Receipt> receipts(events.size() - position_.index, told);
    for (std::size_t i = 0; i < receipts.size(); ++i) {
      receipts[i].event = id_of(formed_event(events[position_.index + i]));
      receipts[i].findings.push_back(refusal);
    }
    return receipts;
  }

  /// Where the first event of a submission stands, when all of its events were accepted one after
  /// another, with these bytes.
  [[nodiscard]] std::optional<Sequence> whole_repeat(const CheckedSubmission& checked) const {
    const auto& events = checked.submission.events;
    std::optional<Sequence> first;
    for (std::size_t i = 0; i < events.size(); ++i) {
      const auto* row = state_.event_ids.find({id_of(formed_event(events[i]))});
      if (row == nullptr || (first && row->sequence != *first + i)) return std::nullopt;
      if (!first) first = row->sequence;
      const auto bytes = history_.entry_at(row->sequence);
      const auto event = EntryReader(bytes).event_bytes();
      if (!event || !std::ranges::equal(*event, events[i])) return std::nullopt;
    }
    return first;
  }

  std::vector<Receipt> repeat_whole(const CheckedSubmission& checked, Sequence first) {
    const auto& events = checked.submission.events;
    const auto id = id_of(formed_event(events[0]));
    const auto count = static_cast<std::uint32_t>(events.size());
    enter(
        encoder_.encode(head(), RepeatedBody{.index = 0,
                                             .count = count,
                                             .id = id,
                                             .hash = count == 1 ? checked.hashes[0] : checked.root,
                                             .first = first}),
        id, Receipt::Outcome::accepted);
    std::vector<Receipt> receipts;
    for (std::size_t i = 0; i < events.size(); ++i) receipts.push_back(receipt_again(first + i));
    return receipts;
  }

  std::uint32_t partition_;
  bool of_register_;
  const EntrySource& registry_;
  LogWriter* writer_ = nullptr;  ///< none while it follows
  std::function<std::int64_t()> now_us_;
  PendingHistory history_;
  State state_;
  EntryEncoder encoder_;
  Moment moment_;
  QueuePosition position_;
  Decision decision_;
  bool ends_with_received_ = false;  ///< what `next` names is open, and none of it is answered
  bool spent_ = false;
};

Sequencer::Sequencer(std::uint32_t partition, const EntrySource& own, const EntrySource& registry,
                     RowStore& store, std::function<std::int64_t()> now_us, StateLimits limits)
    : impl_(std::make_unique<Impl>(partition, own, registry, store, std::move(now_us), limits)) {}
Sequencer::~Sequencer() = default;

void Sequencer::follow(const std::function<bool()>& stopping) { impl_->follow(stopping); }
void Sequencer::lead(LogWriter& writer) { impl_->lead(writer); }
void Sequencer::stop_leading() { impl_->stop_leading(); }
std::vector<std::vector<Receipt>> Sequencer::decide_all(std::span<const Queued> queue) {
  return impl_->decide_all(queue);
}
QueuePosition Sequencer::next() const { return impl_->state().next; }
bool Sequencer::is_inside_submission() const { return impl_->is_inside_submission(); }
void Sequencer::flush() { impl_->flush(); }
const State& Sequencer::state() const { return impl_->state(); }

}  // namespace braid::ledger
