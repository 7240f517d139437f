#include "tests/audit/mutations.hpp"

#include <map>
#include <stdexcept>

#include "tests/audit/audited_ledger.hpp"
#include "tests/audit/forgery.hpp"

namespace braid::test {

using ledger::Question;

namespace {

using Entries = std::vector<OwnedBytes>;

std::ptrdiff_t offset(Sequence at) { return static_cast<std::ptrdiff_t>(at); }


/// A random entry that `is` true of.
template <class Is>
Sequence some_entry(const Entries& entries, synth::Dice& dice, Is is) {
  for (std::size_t tries = 0; tries < 100 * entries.size(); ++tries) {
    const auto at = dice.below(entries.size());
    if (is(EntryReader(entries[at]).get())) return at;
  }
  throw std::runtime_error("the audited ledger holds no such entry");
}

Mutated flip_a_bit(synth::Dice& dice) {
  auto made = untouched();
  made.at = dice.below(made.history.entries.size());
  auto& entry = made.history.entries[made.at];
  const auto bit = dice.below(entry.size() * 8);
  entry[bit / 8] ^= std::byte{1} << (bit % 8);
  return made;
}

Mutated remove_an_entry(synth::Dice& dice) {
  auto made = untouched();
  made.at = dice.below(made.history.entries.size() - 1);
  made.history.entries.erase(made.history.entries.begin() + offset(made.at));
  return made;
}

Mutated insert_a_copy(synth::Dice& dice) {
  auto made = untouched();
  auto& entries = made.history.entries;
  made.at = dice.below(entries.size());
  auto copy = entries[(made.at + 1 + dice.below(entries.size() - 1)) % entries.size()];
  entries.insert(entries.begin() + offset(made.at), std::move(copy));
  return made;
}

Mutated swap_neighbours(synth::Dice& dice) {
  auto made = untouched();
  made.at = dice.below(made.history.entries.size() - 1);
  std::swap(made.history.entries[made.at], made.history.entries[made.at + 1]);
  return made;
}

Mutated replace_an_entry(synth::Dice& dice) {
  auto made = untouched();
  auto& entries = made.history.entries;
  made.at = dice.below(entries.size());
  const OwnedBytes other = entries[(made.at + 1 + dice.below(entries.size() - 1)) % entries.size()];
  entries[made.at] = other;
  return made;
}

/// The event of an accepted entry is another's; all behind it is chained anew. Its publisher never
/// signed it there: the submission's last answer shows it.
Mutated forge_an_event(synth::Dice& dice) {
  auto made = untouched();
  auto& entries = made.history.entries;
  const auto at = some_entry(entries, dice, [](auto entry) { return entry.isAccepted(); });
  const EntryReader entry(entries[at]);
  auto event = OwnedBytes(entry.event_bytes()->begin(), entry.event_bytes()->end());
  for (std::size_t i = 0; i < 8; ++i) event[8 + i] ^= std::byte{1};  // its identifier
  const auto findings = findings_of(entries[at]);
  EntryEncoder encoder;
  const auto forged = encoder.encode(
      entry.head(), AcceptedBody{.index = entry.get().getAccepted().getIndex(),
                                 .event = event,
                                 .postings = findings.postings,
                                 .flags = findings.flags});
  entries[at] = OwnedBytes(forged.begin(), forged.end());
  chain_again(entries, at + 1);
  made.question = Question::who;
  made.at = at;
  while (made.at + 1 < entries.size() && !EntryReader(entries[made.at + 1]).get().isReceived())
    ++made.at;
  return made;
}

Mutated change_a_posting(synth::Dice& dice) {
  auto made = untouched();
  auto& entries = made.history.entries;
  made.at = some_entry(entries, dice, [](auto entry) {
    return entry.isAccepted() && entry.getAccepted().getPostings().size() != 0;
  });
  auto findings = findings_of(entries[made.at]);
  findings.postings[dice.below(findings.postings.size())].pence += 1;
  entries[made.at] = with_findings(entries[made.at], findings);
  chain_again(entries, made.at + 1);
  made.question = Question::balanced;
  return made;
}

Mutated change_a_flag(synth::Dice& dice) {
  auto made = untouched();
  auto& entries = made.history.entries;
  made.at = some_entry(entries, dice, [](auto entry) { return entry.isAccepted(); });
  auto findings = findings_of(entries[made.at]);
  if (findings.flags.empty())
    findings.flags.push_back({"R19", "notice", "raised by nobody"});
  else
    findings.flags.pop_back();
  entries[made.at] = with_findings(entries[made.at], findings);
  chain_again(entries, made.at + 1);
  made.question = Question::lawful;
  return made;
}

Mutated truncate(synth::Dice& dice) {
  auto made = untouched();
  made.at = 1 + dice.below(made.history.entries.size() - 1);
  made.history.entries.resize(made.at);
  return made;
}

/// From one entry on another history, which hangs together; the checkpoint was signed for the first.
Mutated fork(synth::Dice& dice) {
  auto made = untouched();
  auto& entries = made.history.entries;
  const auto at = some_entry(entries, dice, [](auto entry) { return entry.isReceived(); });
  static const auto other = AuditedLedger(12, 1, 12).entries(0);
  entries[at] = other.front();
  made.at = at;
  return made;
}

/// What was refused stands as accepted, with nothing moved, or with what some other event moved.
Mutated accept_a_refusal(synth::Dice& dice) {
  auto made = untouched();
  auto& entries = made.history.entries;
  made.at = some_entry(entries, dice, [](auto entry) {
    return entry.isRefused() && entry.getRefused().getCount() == 1 &&
           entry.getRefused().getEvent().size() != 0;
  });
  Findings findings;
  if (dice.one_in(2))
    findings = findings_of(
        entries[some_entry(entries, dice, [](auto entry) { return entry.isAccepted(); })]);
  const EntryReader entry(entries[made.at]);
  EntryEncoder encoder;
  const auto forged = encoder.encode(
      entry.head(), AcceptedBody{.index = entry.get().getRefused().getIndex(),
                                 .event = *entry.event_bytes(),
                                 .postings = findings.postings,
                                 .flags = findings.flags});
  entries[made.at] = OwnedBytes(forged.begin(), forged.end());
  chain_again(entries, made.at + 1);
  made.question = Question::lawful;
  return made;
}

/// What was accepted stands as refused, by a rule that there is.
Mutated refuse_what_was_accepted(synth::Dice& dice) {
  auto made = untouched();
  auto& entries = made.history.entries;
  made.at = some_entry(entries, dice, [](auto entry) { return entry.isAccepted(); });
  const EntryReader entry(entries[made.at]);
  const Finding finding{"R29", "shares[0].strand", "nobody may be charged for it"};
  EntryEncoder encoder;
  const auto forged = encoder.encode(
      entry.head(), RefusedBody{.index = entry.get().getAccepted().getIndex(),
                                .id = schema::read(entry.event()->getId()),
                                .hash = leaf_hash(*entry.event_bytes()),
                                .event = *entry.event_bytes(),
                                .finding = &finding});
  entries[made.at] = OwnedBytes(forged.begin(), forged.end());
  chain_again(entries, made.at + 1);
  made.question = Question::lawful;
  return made;
}

/// The same county lives on, but for one submission that never arrived.
const Entries& without_batch(int batch) {
  static std::map<int, Entries> histories;
  auto& entries = histories[batch];
  if (entries.empty())
    entries = AuditedLedger(AuditedLedger::usual_seed, AuditedLedger::usual_batches, 12, {}, batch)
                  .entries(0);
  return entries;
}

// clang-format off
constexpr Mutation all_mutations[] = {
    {"a flipped bit", flip_a_bit, true, 1'000},
    {"a removed entry", remove_an_entry, true, 100},
    {"an inserted entry", insert_a_copy, true},
    {"two entries swapped", swap_neighbours, true, 100},
    {"a replaced entry", replace_an_entry, true, 100},
    {"a forged event, chained again", forge_an_event, false},
    {"a changed posting, chained again", change_a_posting, false},
    {"a changed amount, balanced and chained again", change_an_amount, false},
    {"a changed flag, chained again", change_a_flag, false},
    {"a refusal turned into an acceptance, chained again", accept_a_refusal, false},
    {"an acceptance turned into a refusal, chained again", refuse_what_was_accepted, false},
    {"a log cut behind an honest older checkpoint", truncate, true},
    {"another history pasted in at some entry", fork, true},
    {"a fork that hangs together, signed by every publisher", fork_well, false},
};
// clang-format on

}  // namespace

std::span<const Mutation> mutations() { return all_mutations; }

Mutated untouched() { return {TamperedSource(*audited_ledger().log.reader(0))}; }

Mutated fork_well(synth::Dice& dice) {
  auto made = untouched();
  const auto honest = std::move(made.history.entries);
  constexpr int forks = 8;  // each is made once
  const int every = AuditedLedger::usual_batches / forks;
  made.history.entries = without_batch(static_cast<int>(dice.below(forks)) * every);
  const auto& entries = made.history.entries;
  Sequence same = 0;
  while (same < entries.size() && entries[same] == honest[same]) ++same;
  // the auditor has a checkpoint of any size behind the fork
  const auto size = same + 1 + dice.below(honest.size() - same);
  made.checkpoints.push_back({size, audited_ledger().root(0, size)});
  made.at = size <= entries.size() ? size - 1 : entries.size();
  return made;
}

Mutated change_an_amount(synth::Dice& dice) {
  auto made = untouched();
  auto& entries = made.history.entries;
  made.at = some_entry(entries, dice, [](auto entry) {
    return entry.isAccepted() && entry.getAccepted().getPostings().size() == 2;
  });
  auto findings = findings_of(entries[made.at]);
  for (auto& posting : findings.postings) posting.pence *= 2;
  entries[made.at] = with_findings(entries[made.at], findings);
  chain_again(entries, made.at + 1);
  made.question = Question::lawful;
  return made;
}

ledger::Verified audit(const Mutated& mutated) {
  const auto registry = audited_ledger().log.reader(register_partition);
  MemoryRowStore scratch;
  ledger::Verifier::Options options{.threads = 1};
  options.checkpoints = mutated.checkpoints;
  return ledger::Verifier(std::string(SmallLedger::name), 0,
                          {mutated.history, mutated.history, *registry}, scratch, options)
      .run();
}

}  // namespace braid::test
