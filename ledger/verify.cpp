#include "ledger/verify.hpp"

#include <algorithm>
#include <future>
#include <tuple>

#include "events/native_rows.hpp"
#include "ledger/agreement.hpp"
#include "ledger/pending_history.hpp"
#include "ledger/prepared_entries.hpp"
#include "ledger/replay.hpp"
#include "ledger/signing_key.hpp"
#include "ledger/submission_audit.hpp"

namespace braid::ledger {

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
      if (is_open(Question::whole) && known.size > chain().size())
        fail(Question::whole, chain().size(),
             "the log ends here, and a checkpoint was signed for " + std::to_string(known.size) +
                 " entries",
             "an entry");
    if (options_.keep_state && is_open(Question::lawful)) state_.flush();
    result_.whole_submissions = !audit_.is_open();
    result_.chain = chain();
    result_.entries = chain().size();
    for (const auto question : in_order_of_blame) sum_up(question);
    return std::move(result_);
  }

 private:
  // Of two that name one entry, the one that says most of it comes first.
  static constexpr std::array in_order_of_blame = {Question::whole, Question::balanced,
                                                   Question::who, Question::lawful};

  [[nodiscard]] Answer& answer(Question question) {
    return result_.answers[static_cast<std::size_t>(question)];
  }
  [[nodiscard]] bool is_open(Question question) const { return !result_.answer(question).bad; }

  void sum_up(Question question) {
    auto& mine = answer(question);
    mine.asked = mine.bad ? mine.bad->sequence : chain().size();
    const auto rests_on = question == Question::lawful                ? Question::who
                          : question == Question::who && of_register_ ? Question::lawful
                                                                      : Question::whole;
    for (const auto other : {rests_on, Question::whole})
      if (!is_open(other)) mine.asked = std::min(mine.asked, answer(other).bad->sequence);
    if (mine.bad && (!result_.bad || mine.bad->sequence < result_.bad->sequence))
      result_.bad = mine.bad;
  }

  /// Where an earlier run ended: its last entry must still stand there, and says what the next one
  /// continues.
  void go_on() {
    const auto done = chain().size();
    if (done == 0) return;
    if (own_.size() < done)
      return fail(Question::whole, own_.size(),
                  "the log ends here, and " + std::to_string(done) +
                      " entries were verified before: the log was cut",
                  "an entry");
    const auto bytes = history_.entry_at(done - 1);
    if (leaf_hash(bytes) != chain().last_leaf())
      return fail(Question::whole, done - 1, "it is not the entry that was verified before",
                  "leaf hash " + chain().last_leaf().hex());
    last_ = EntryReader(bytes).head();
  }

  /// What can be found out of a batch without the state is found out ahead, on a second thread.
  void follow_all() {
    go_on();
    size_ = own_.size();
    PreparedEntries now{.clock_us = options_.clock_us};
    PreparedEntries next{.clock_us = options_.clock_us};
    if (is_open(Question::whole)) now.prepare(own_, chain().size(), audit_, options_.redecide);
    while (!now.read.empty() && is_open(Question::whole)) {
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
    const auto begun = options_.clock_us ? options_.clock_us() : 0;
    take_each(prepared);
    const auto ended = options_.clock_us ? options_.clock_us() : 0;
    answer(options_.redecide ? Question::lawful : Question::whole).time_us += ended - begun;
    answer(Question::whole).time_us += prepared.reading_us;
    answer(Question::who).time_us += prepared.looking_us;
    result_.signatures += prepared.signatures;
    auto& who = answer(Question::who).bad;
    if (prepared.forged && (!who || *prepared.forged < who->sequence))
      who = BadEntry{Question::who, partition_, *prepared.forged,
                     "the signature is not that key's over these events",
                     "a valid Ed25519 signature"};
    if (!is_open(Question::whole)) return;
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
      try {
        take(entries[i], prepared.wrong.equal_range(i));
      } catch (const HistoryBroken& broken) {
        fail(Question::whole, sequence, broken.what(), "an entry that continues the chain");
      }
      if (!is_open(Question::whole)) return;
      if (options_.each) options_.each(prepared.read.bytes()[i], entries[i].leaf);
    }
  }

  void take(const ReadEntry& read, auto wrong) {
    const auto& head = read.head;
    if (head.sequence != chain().size())
      return fail(Question::whole, chain().size(),
                  "entry " + std::to_string(head.sequence) + " stands in its place",
                  "entry " + std::to_string(chain().size()));
    if (head.previous != chain().last_leaf()) return blame(head, read.leaf);
    check_head(head, read.entry);
    if (!is_open(Question::whole)) return;
    result_.postings += read.postings.size();
    for (auto each = wrong.first; each != wrong.second; ++each) fail(head.sequence, each->second);
    if (!is_open(Question::whole)) return;
    if (knows_the_keys()) judge_again(read);
    follow(read);
    check_checkpoint();
    if (is_open(Question::whole)) count(read.entry);
  }

  /// The register's own keys are part of the state in which it is judged.
  [[nodiscard]] bool knows_the_keys() const {
    return is_open(Question::who) && (!of_register_ || is_open(Question::lawful));
  }
  /// Once an entry was not what it should have been, what follows was judged in another state.
  [[nodiscard]] bool knows_the_state() const {
    return is_open(Question::lawful) && is_open(Question::who);
  }

  void follow(const ReadEntry& read) {
    if ((options_.redecide || of_register_) && knows_the_state())
      return take_entry(state_, read, of_register_);
    state_.own_chain.follow(read.head, read.leaf);
    if (of_register_) state_.register_chain = state_.own_chain;
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
    const auto another = [&](const KnownRoot& one) { return one.root != chain().root(); };
    const auto behind = std::find_if(known, options_.checkpoints.end(), [&](const KnownRoot& one) {
      return one.size != chain().size();
    });
    known = std::find_if(known, behind, another);  // two may be signed for one size
    if (known == behind) return;
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
      key_may_ = check_key(state_, publisher_, key_, moment_of(read.head));
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
    if (options_.redecide && knows_the_state() && !read.entry.isRepeated()) decide_again(read);
  }

  void decide_again(const ReadEntry& read) {
    if (!read.formless.empty())
      return fail(Question::lawful, read.sequence(),
                  "its event has no form: " + std::string(read.formless), "an event");
    const Submitted submitted{publisher_, key_, read.event, read.event_bytes, read.event_hash};
    const auto decision = decide(state_, submitted, moment_of(read.head));
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
    if (is_open(question))
      answer(question).bad =
          BadEntry{question, partition_, sequence, std::move(found), std::move(expected)};
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
