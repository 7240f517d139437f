#pragma once
#include <array>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "events/entry_chain.hpp"
#include "events/table/row_store.hpp"
#include "ledger/decide.hpp"

namespace braid::ledger {

/// What an auditor asks of a history (docs: whole, who, lawful, balanced).
enum class Question { whole, who, lawful, balanced };
std::string_view name_of(Question question);

/// The first entry that fails a question, and why.
struct BadEntry {
  Question question{};
  std::uint32_t partition = 0;
  Sequence sequence = 0;
  std::string found;  ///< what is wrong, in a sentence
  std::string expected;
};

/// A size and the root that somebody has signed for it.
struct KnownRoot {
  Sequence size = 0;
  Digest root;
};

/// What came of one question.
struct Answer {
  Sequence asked = 0;       ///< entries that had a good answer, one after another from the first
  std::int64_t time_us = 0;  ///< that it took, by the clock of the options, on whichever thread
  std::optional<BadEntry> bad;
};

struct Verified {
  Sequence entries = 0;
  std::uint64_t submissions = 0;
  std::uint64_t signatures = 0;
  std::uint64_t accepted = 0;
  std::uint64_t refused = 0;
  std::uint64_t postings = 0;
  EntryChain chain;  ///< size and root reached
  std::array<Answer, 4> answers;  ///< by `Question`
  std::optional<BadEntry> bad;    ///< the first of theirs; nothing: all answered well
  bool whole_submissions = true;  ///< the history does not end in the middle of one

  [[nodiscard]] const Answer& answer(Question question) const {
    return answers[static_cast<std::size_t>(question)];
  }
};

/// Checks one partition's history against nothing but itself and the register's: gapless, unbroken
/// and under one root; every submission signed over the root of the events that follow, by a key
/// that spoke for its publisher then; every judgement the same when judged again by the rules of
/// its day; every entry's postings zero for each strand. Each question is answered by itself: one
/// that has failed is asked no further, and neither are those that rest on it (all on `whole`,
/// `lawful` on `who`), but the others are. Pure reading: it never writes to the ledger. Threads:
/// signatures and leaf hashes are checked on a second one.
class Verifier {
 public:
  struct Options {
    bool redecide = true;  ///< ask `lawful`
    /// What signed checkpoints say of this partition, by size: the history must pass through each.
    std::vector<KnownRoot> checkpoints = {};
    unsigned threads = 2;
    bool keep_state = false;  ///< leave in `scratch` what a later run can go on from
    std::function<std::int64_t()> clock_us = {};  ///< for the times of the answers
    std::function<void(Sequence done, Sequence size)> progress;
    /// Called with every entry that passed, in order: for views folded in the same pass.
    std::function<void(Bytes entry, const Digest& leaf)> each;
  };

  /// The readers of one ledger's partition that a verifier needs: each is used by one thread at a
  /// time.
  struct Sources {
    const EntrySource& own;
    const EntrySource& lookups;  ///< a second reader of the same partition
    const EntrySource& registry;
  };

  /// Borrows all; they outlive it. `scratch` holds the state of judging again: give an empty store,
  /// or one that an earlier run over this history kept, from whose end this one goes on. What it
  /// read before is then not read again, but for the last entry.
  Verifier(std::string ledger_name, std::uint32_t partition, Sources sources, RowStore& scratch,
           Options options);
  ~Verifier();

  /// Reads to the end of what is there now, or to the first bad entry.
  Verified run();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace braid::ledger
