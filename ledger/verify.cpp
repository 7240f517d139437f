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
        audit_(std::move(ledger_name), history_) {
    std::ranges::sort(options_.checkpoints, {}, &KnownRoot::size);
  }

  Verified run() {
    try {
      follow_all();
    } catch (const HistoryBroken& broken) {  // the engine itself cannot read on
      fail(Question::whole, chain_.size(), broken.what(), "a readable entry");
    }
    check_signatures();
    collect_signatures();
    for (const auto& known : options_.checkpoints)
      if (!result_.bad && known.size > chain_.size())
        fail(Question::whole, chain_.size(),
             "the log ends here, and a checkpoint was signed for " + std::to_string(known.size) +
                 " entries",
             "an entry");
    result_.chain = chain_;
    result_.entries = chain_.size();
    return std::move(result_);
  }

 private:
  void follow_all() {
    size_ = own_.size();
    PreparedEntries now;
    PreparedEntries next;
    now.read(own_, 0, options_.redecide);
    while (!now.batch.entries.empty() && !result_.bad) {
      const auto from = now.batch.first + now.batch.entries.size();
      auto ahead = [&] {
        if (from < size_)
          next.read(own_, from, options_.redecide);
        else
          next.batch.entries.clear();
        check_signatures();
      };
      if (options_.threads > 1) {
        auto running = std::async(std::launch::async, ahead);
        take(now);
        running.get();
      } else {
        take(now);
        ahead();
      }
      collect_signatures();
      std::swap(now, next);
    }
  }

  void take(const PreparedEntries& prepared) {
    for (std::size_t i = 0; i < prepared.batch.entries.size(); ++i) {
      const auto sequence = prepared.batch.first + i;
      if (sequence >= size_) return;
      if (i == prepared.readable)
        return fail(Question::whole, sequence, prepared.unreadable,
                    "an entry that continues the chain");
      try {
        take(prepared.entries[i], prepared.leaves[i], prepared.event_hashes[i]);
      } catch (const HistoryBroken& broken) {
        fail(Question::whole, sequence, broken.what(), "an entry that continues the chain");
      }
      if (result_.bad) return;
      if (options_.each) options_.each(prepared.batch.entries[i], prepared.leaves[i]);
    }
    if (options_.progress) options_.progress(chain_.size(), size_);
    if (state_.dirty_rows() > State::max_dirty_rows) state_.flush();
  }

  void take(const PreparedEntry& prepared, const Digest& leaf, const Digest& event_hash) {
    const auto head = prepared.reader->head();
    const auto entry = prepared.reader->get();
    if (head.sequence != chain_.size())
      return fail(Question::whole, chain_.size(),
                  "entry " + std::to_string(head.sequence) + " stands in its place",
                  "entry " + std::to_string(chain_.size()));
    if (head.previous != chain_.last_leaf()) return blame(head, leaf);
    check_head(head, entry);
    if (result_.bad) return;
    if (const auto wrong = audit_.take(head, entry, event_hash))
      return fail(Question::who, head.sequence, *wrong,
                  "each event of a submission answered once, as signed");
    if (auto statement = audit_.completed()) waiting_.push_back(std::move(*statement));
    judge_again(head, entry, prepared, event_hash);
    if (result_.bad) return;
    chain_.follow(head, leaf);
    check_checkpoint();
    if (result_.bad) return;
    if (options_.redecide || of_register_) {
      const auto event = prepared.event ? prepared.event->get() : schema::Event::Reader();
      take_entry(state_, {head, entry, event, prepared.postings}, leaf, of_register_);
    }
    count(entry);
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
         "previous leaf hash " + chain_.last_leaf().hex());
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
      history_.source().read(tree.size(), PreparedEntries::batch_bytes,
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
    while (known != options_.checkpoints.end() && known->size < chain_.size()) ++known;
    next_checkpoint_ = known - options_.checkpoints.begin();
    if (known == options_.checkpoints.end() || known->size != chain_.size() ||
        known->root == chain_.root())
      return;
    fail(Question::whole, chain_.size() - 1,
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

  void judge_again(const EntryHead& head, schema::Entry::Reader entry,
                   const PreparedEntry& prepared, const Digest& event_hash) {
    result_.postings += prepared.postings.size();
    if (prepared.unbalanced)
      return fail(Question::balanced, head.sequence, *prepared.unbalanced, "zero for every strand");
    if (entry.isReceived()) {  // a key speaks, or not, for a whole submission
      key_may_ = check_key(state_, audit_.publisher(), audit_.key());
      return;
    }
    if (entry.isRefused() && prepared.event_bytes.empty()) {
      if (key_may_ || !same_finding(key_may_.error(), entry.getRefused().getFinding()))
        fail(Question::who, head.sequence,
             "a whole submission is refused although its key speaks for its publisher",
             "each event judged");
      return;
    }
    if (!key_may_)
      return fail(Question::who, head.sequence, key_may_.error().sentence,
                  "a key registered to the publisher");
    if (options_.redecide && prepared.event) decide_again(head, entry, prepared, event_hash);
  }

  void decide_again(const EntryHead& head, schema::Entry::Reader entry,
                    const PreparedEntry& prepared, const Digest& hash) {
    if (prepared.formless)
      return fail(Question::lawful, head.sequence, "its event has no form: " + *prepared.formless,
                  "an event");
    const Submitted submitted{audit_.publisher(), audit_.key(), prepared.event->get(),
                              prepared.event_bytes, hash};
    const auto decision =
        decide(state_, submitted, Moment{head.recorded_at_us, head.rule_book, head.register_size});
    if (!agrees(decision, entry, prepared.postings))
      fail(Question::lawful, head.sequence, "judged again, it comes out otherwise than recorded",
           describe(decision));
  }

  void count(schema::Entry::Reader entry) {
    result_.submissions += entry.isReceived();
    result_.accepted += entry.isAccepted();
    result_.refused += entry.isRefused();
  }

  /// Runs on the second thread, over the statements that `collect_signatures` handed it before.
  void check_signatures() {
    for (const auto& statement : checking_)
      if (!verify(statement.key, as_bytes(statement.text), statement.signature) &&
          (!forged_ || statement.sequence < *forged_))
        forged_ = statement.sequence;
  }

  void collect_signatures() {
    result_.signatures += checking_.size();
    checking_ = std::exchange(waiting_, {});
    if (options_.threads <= 1 || result_.bad) {
      check_signatures();
      result_.signatures += checking_.size();
      checking_.clear();
    }
    if (forged_ && (!result_.bad || *forged_ < result_.bad->sequence))
      result_.bad = BadEntry{Question::who, partition_, *forged_,
                             "the signature is not that key's over these events",
                             "a valid Ed25519 signature"};
  }

  void fail(Question question, Sequence sequence, std::string found, std::string expected) {
    if (!result_.bad)
      result_.bad = BadEntry{question, partition_, sequence, std::move(found), std::move(expected)};
  }

  std::uint32_t partition_;
  bool of_register_;
  const EntrySource& own_;
  const EntrySource& registry_;
  Options options_;
  PendingHistory history_;
  State state_;
  SubmissionAudit audit_;
  tl::expected<void, Refusal> key_may_;  ///< of the submission that is open
  EntryChain chain_;
  EntryHead last_;
  Sequence size_ = 0;
  std::ptrdiff_t next_checkpoint_ = 0;
  std::vector<SubmissionAudit::Statement> waiting_;
  std::vector<SubmissionAudit::Statement> checking_;
  std::optional<Sequence> forged_;
  Verified result_;
};

Verifier::Verifier(std::string ledger_name, std::uint32_t partition, Sources sources,
                   RowStore& scratch, Options options)
    : impl_(std::make_unique<Impl>(std::move(ledger_name), partition, sources, scratch,
                                   std::move(options))) {}
Verifier::~Verifier() = default;
Verified Verifier::run() { return impl_->run(); }

}  // namespace braid::ledger
