#include "ledger/verify.hpp"

#include <algorithm>
#include <future>
#include <tuple>

#include "events/native_rows.hpp"
#include "ledger/authority.hpp"
#include "ledger/pending_history.hpp"
#include "ledger/prepared_entries.hpp"
#include "ledger/replay.hpp"
#include "ledger/submission_audit.hpp"

namespace braid::ledger {

namespace {

std::string describe(const Decision& decision) {
  if (const auto* refusal = std::get_if<Refusal>(&decision))
    return "refused by " + refusal->rule + " at " + refusal->field;
  if (const auto* already = std::get_if<AlreadyRecorded>(&decision))
    return "a repeat of entry " + std::to_string(already->first);
  const auto& findings = std::get<Findings>(decision);
  auto text = "accepted with " + std::to_string(findings.postings.size()) + " postings";
  for (const auto& flag : findings.flags) text += ", flagged " + flag.rule;
  return text;
}

bool same_finding(const Finding& ours, schema::Finding::Reader theirs) {
  return theirs.getRule() == ours.rule.c_str() && theirs.getField() == ours.field.c_str();
}

/// Whether an entry says what judging again says: outcome, rule and field, flags, postings.
/// Sentences may be reworded.
bool agrees(const Decision& decision, schema::Entry::Reader entry,
            std::span<const Posting> recorded) {
  if (const auto* refusal = std::get_if<Refusal>(&decision))
    return entry.isRefused() && same_finding(*refusal, entry.getRefused().getFinding());
  if (const auto* already = std::get_if<AlreadyRecorded>(&decision))
    return entry.isRepeated() && entry.getRepeated().getFirst() == already->first;
  if (!entry.isAccepted()) return false;
  const auto& findings = std::get<Findings>(decision);
  const auto flags = entry.getAccepted().getFlags();
  if (flags.size() != findings.flags.size() || !std::ranges::equal(findings.postings, recorded))
    return false;
  for (unsigned i = 0; i < flags.size(); ++i)
    if (!same_finding(findings.flags[i], flags[i])) return false;
  return true;
}

}  // namespace

std::string_view name_of(Question question) {
  switch (question) {
    case Question::whole:
      return "whole";
    case Question::who:
      return "who";
    case Question::lawful:
      return "lawful";
    case Question::balanced:
      return "balanced";
  }
  return "";
}

class Verifier::Impl {
 public:
  Impl(std::string ledger_name, std::uint32_t partition, Sources sources, RowStore& scratch,
       Options options)
      : partition_(partition),
        of_register_(partition == register_partition),
        own_(sources.own),
        registry_(sources.registry),
        options_(std::move(options)),
        history_(sources.lookups),
        state_(scratch, history_),
        repeats_(sources.own),
        audit_(std::move(ledger_name), repeats_) {
    std::ranges::sort(options_.checkpoints, {}, &KnownRoot::size);
  }

  Verified run() {
    try {
      follow_all();
    } catch (const HistoryBroken& broken) {  // the engine itself cannot read on
      fail(Question::whole, chain().size(), broken.what(), "a readable entry");
    }
    for (const auto& known : options_.checkpoints)
      if (!result_.bad && known.size > chain().size())
        fail(Question::whole, chain().size(),
             "the log ends here, and a checkpoint was signed for " + std::to_string(known.size) +
                 " entries",
             "an entry");
    result_.chain = chain();
    result_.entries = chain().size();
    return std::move(result_);
  }

 private:
  /// What can be found out of a batch without the state is found out ahead, on a second thread.
  void follow_all() {
    size_ = own_.size();
    PreparedEntries now;
    PreparedEntries next;
    now.prepare(own_, 0, audit_, options_.redecide);
    while (!now.read.empty() && !result_.bad) {
      const auto from = now.read.first() + now.read.bytes().size();
      auto ahead = [&] {
        if (from < size_)
          next.prepare(own_, from, audit_, options_.redecide);
        else
          next.clear();
      };
      if (options_.threads > 1) {
        auto running = std::async(std::launch::async, ahead);
        take(now);
        running.get();
      } else {
        take(now);
        ahead();
      }
      std::swap(now, next);
    }
  }

  void take(const PreparedEntries& prepared) {
    take_each(prepared);
    result_.signatures += prepared.signatures;
    if (prepared.forged && (!result_.bad || *prepared.forged < result_.bad->sequence))
      result_.bad = BadEntry{Question::who, partition_, *prepared.forged,
                             "the signature is not that key's over these events",
                             "a valid Ed25519 signature"};
    if (result_.bad) return;
    if (options_.progress) options_.progress(chain().size(), size_);
    state_.flush_if_large();
  }

  void take_each(const PreparedEntries& prepared) {
    const auto entries = prepared.read.entries();
    for (std::size_t i = 0; i < prepared.read.bytes().size(); ++i) {
      const auto sequence = prepared.read.first() + i;
      if (sequence >= size_) return;
      if (i == entries.size())
        return fail(Question::whole, sequence, prepared.read.unreadable(),
                    "an entry that continues the chain");
      const auto wrong = prepared.wrong.find(i);
      try {
        take(entries[i], wrong == prepared.wrong.end() ? nullptr : &wrong->second);
      } catch (const HistoryBroken& broken) {
        fail(Question::whole, sequence, broken.what(), "an entry that continues the chain");
      }
      if (result_.bad) return;
      if (options_.each) options_.each(prepared.read.bytes()[i], entries[i].leaf);
    }
  }

  void take(const ReadEntry& read, const PreparedEntries::Wrong* wrong) {
    const auto& head = read.head;
    if (head.sequence != chain().size())
      return fail(Question::whole, chain().size(),
                  "entry " + std::to_string(head.sequence) + " stands in its place",
                  "entry " + std::to_string(chain().size()));
    if (head.previous != chain().last_leaf()) return blame(head, read.leaf);
    check_head(head, read.entry);
    if (result_.bad) return;
    result_.postings += read.postings.size();
    if (wrong != nullptr) return fail(head.sequence, *wrong);
    judge_again(read);
    if (result_.bad) return;
    if (options_.redecide || of_register_)
      take_entry(state_, read, of_register_);
    else
      state_.own_chain.follow(head, read.leaf);
    check_checkpoint();
    if (result_.bad) return;
    count(read.entry);
  }

  void fail(Sequence sequence, const PreparedEntries::Wrong& wrong) {
    switch (wrong.what) {
      case PreparedEntries::Wrong::What::unreadable:
        return fail(Question::whole, sequence, wrong.why, "an entry that continues the chain");
      case PreparedEntries::Wrong::What::unsigned_events:
        return fail(Question::who, sequence, wrong.why,
                    "each event of a submission answered once, as signed");
      case PreparedEntries::Wrong::What::unbalanced:
        return fail(Question::balanced, sequence, wrong.why, "zero for every strand");
    }
  }

  /// An entry that does not follow the one before it: one of the two is altered. If what comes
  /// after still follows this entry as it stands, it is the one before; so it is, at the end of the
  /// log, if a checkpoint agrees.
  void blame(const EntryHead& head, const Digest& leaf) {
    const auto sequence = head.sequence;
    const bool is_first = sequence == 0;
    if (!is_first && (next_follows(sequence, leaf) || checkpoint_agrees(head, leaf)))
      return fail(Question::whole, sequence - 1,
                  "it is not the entry that was recorded: the next one followed another",
                  "leaf hash " + head.previous.hex());
    fail(Question::whole, sequence, "it does not follow the entry before it",
         "previous leaf hash " + chain().last_leaf().hex());
  }

  [[nodiscard]] bool next_follows(Sequence sequence, const Digest& leaf) const {
    EntryBatch next;
    history_.source().read(sequence + 1, 1, std::chrono::milliseconds{0}, next);
    if (next.entries.empty()) return false;
    try {
      return EntryReader(next.entries[0]).head().previous == leaf;
    } catch (const HistoryBroken&) {
      return false;
    }
  }

  [[nodiscard]] bool checkpoint_agrees(const EntryHead& head, const Digest& leaf) const {
    const auto known = std::ranges::find(options_.checkpoints, head.sequence + 1, &KnownRoot::size);
    if (known == options_.checkpoints.end()) return false;
    MerkleTree tree;
    EntryBatch batch;
    while (tree.size() + 1 < head.sequence) {
      history_.source().read(tree.size(), ReadEntries::batch_bytes,
                             std::chrono::milliseconds{0}, batch);
      for (std::size_t i = 0; i < batch.entries.size() && tree.size() + 1 < head.sequence; ++i)
        tree.add(leaf_hash(batch.entries[i]));
    }
    tree.add(head.previous);
    tree.add(leaf);
    return tree.root() == known->root;
  }

  void check_checkpoint() {
    auto known = options_.checkpoints.begin() + next_checkpoint_;
    while (known != options_.checkpoints.end() && known->size < chain().size()) ++known;
    next_checkpoint_ = known - options_.checkpoints.begin();
    if (known == options_.checkpoints.end() || known->size != chain().size() ||
        known->root == chain().root())
      return;
    fail(Question::whole, chain().size() - 1,
         "a checkpoint signed for " + std::to_string(known->size) +
             " entries says that another one stood here",
         known->root.hex());
  }

  /// The moment an entry names must be one that could be: time, register and rule book go forward
  /// together.
  void check_head(const EntryHead& head, schema::Entry::Reader entry) {
    if (head.recorded_at_us < last_.recorded_at_us)
      return fail(Question::whole, head.sequence, "it was recorded before the entry before it",
                  "time going forward");
    if (std::tie(head.queue_generation, head.queue_offset) <
        std::tie(last_.queue_generation, last_.queue_offset))
      return fail(Question::who, head.sequence,
                  "it answers an earlier place of the queue than the entry before it",
                  "submissions in the queue's order");
    if (head.register_size < last_.register_size)
      return fail(Question::lawful, head.sequence,
                  "it was judged on an older register than the entry before it",
                  "a register that grows");
    if (!of_register_ && head.register_size != state_.register_chain.size()) {
      if (head.register_size > registry_.size())
        return fail(Question::whole, head.sequence, "it names more register entries than there are",
                    "at most " + std::to_string(registry_.size()));
      follow_register(state_, registry_, head.register_size);
    }
    last_ = head;
    if (entry.isReceived() &&
        read(entry.getReceived().getRegisterHead()) != state_.register_chain.last_leaf())
      return fail(Question::whole, head.sequence, "it was written against another register",
                  state_.register_chain.last_leaf().hex());
    if (entry.isReceived() && head.rule_book != state_.rule_book_at(head.recorded_at_us).version)
      fail(Question::lawful, head.sequence,
           "it was judged by rule book " + std::to_string(head.rule_book),
           std::to_string(state_.rule_book_at(head.recorded_at_us).version));
  }

  void judge_again(const ReadEntry& read) {
    if (read.entry.isReceived()) {  // a key speaks, or not, for a whole submission
      const auto received = read.entry.getReceived();
      publisher_ = received.getPublisher();
      std::ranges::copy(std::as_bytes(std::span(received.getKey().begin(), key_.bytes.size())),
                        key_.bytes.begin());
      key_may_ = check_key(state_, publisher_, key_);
      return;
    }
    if (read.entry.isRefused() && !read.has_event()) {
      if (key_may_ || !same_finding(key_may_.error(), read.entry.getRefused().getFinding()))
        fail(Question::who, read.sequence(),
             "a whole submission is refused although its key speaks for its publisher",
             "each event judged");
      return;
    }
    if (!key_may_)
      return fail(Question::who, read.sequence(), key_may_.error().sentence,
                  "a key registered to the publisher");
    if (options_.redecide && !read.entry.isRepeated()) decide_again(read);
  }

  void decide_again(const ReadEntry& read) {
    if (!read.formless.empty())
      return fail(Question::lawful, read.sequence(),
                  "its event has no form: " + std::string(read.formless), "an event");
    const Submitted submitted{publisher_, key_, read.event, read.event_bytes, read.event_hash};
    const auto decision = decide(
        state_, submitted,
        Moment{read.head.recorded_at_us, read.head.rule_book, read.head.register_size});
    if (!agrees(decision, read.entry, read.postings))
      fail(Question::lawful, read.sequence(),
           "judged again, it comes out otherwise than recorded", describe(decision));
  }

  void count(schema::Entry::Reader entry) {
    result_.submissions += entry.isReceived();
    result_.accepted += entry.isAccepted();
    result_.refused += entry.isRefused();
  }

  void fail(Question question, Sequence sequence, std::string found, std::string expected) {
    if (!result_.bad)
      result_.bad = BadEntry{question, partition_, sequence, std::move(found), std::move(expected)};
  }

  [[nodiscard]] const EntryChain& chain() const { return state_.own_chain; }

  std::uint32_t partition_;
  bool of_register_;
  const EntrySource& own_;
  const EntrySource& registry_;
  Options options_;
  PendingHistory history_;
  State state_;  ///< where nothing is judged again: its chain, and what the register says
  PendingHistory repeats_;  ///< the second thread's, as is all that it prepares
  SubmissionAudit audit_;
  std::string publisher_;                ///< of the submission that is open
  Digest key_;                           ///< likewise
  tl::expected<void, Refusal> key_may_;  ///< likewise
  EntryHead last_;
  Sequence size_ = 0;
  std::ptrdiff_t next_checkpoint_ = 0;
  Verified result_;
};

Verifier::Verifier(std::string ledger_name, std::uint32_t partition, Sources sources,
                   RowStore& scratch, Options options)
    : impl_(std::make_unique<Impl>(std::move(ledger_name), partition, sources, scratch,
                                   std::move(options))) {}
Verifier::~Verifier() = default;
Verified Verifier::run() { return impl_->run(); }

}  // namespace braid::ledger
