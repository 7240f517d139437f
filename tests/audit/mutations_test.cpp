#include <catch2/catch.hpp>

#include "events/table/memory_row_store.hpp"
#include "projections/projection.hpp"
#include "projections/schema/views.rows.hpp"
#include "tests/audit/audited_ledger.hpp"
#include "tests/audit/forgery.hpp"
#include "tests/support/tampered_source.hpp"

namespace braid::test {

using ledger::Question;

namespace {

/// What a mutation did, and which answer must name it.
struct Mutated {
  TamperedSource history;
  Question question = Question::whole;
  Sequence at = 0;
};

using Entries = std::vector<OwnedBytes>;

std::ptrdiff_t offset(Sequence at) { return static_cast<std::ptrdiff_t>(at); }

Mutated pristine() { return {TamperedSource(*audited_ledger().log.reader(0))}; }

/// A random entry that `is` true of.
template <class Is>
Sequence some_entry(const Entries& entries, synth::Dice& dice, Is is) {
  for (;;) {
    const auto at = dice.below(entries.size());
    if (is(EntryReader(entries[at]).get())) return at;
  }
}

Mutated flip_a_bit(synth::Dice& dice) {
  auto made = pristine();
  made.at = dice.below(made.history.entries.size());
  auto& entry = made.history.entries[made.at];
  const auto bit = dice.below(entry.size() * 8);
  entry[bit / 8] ^= std::byte{1} << (bit % 8);
  return made;
}

Mutated remove_an_entry(synth::Dice& dice) {
  auto made = pristine();
  made.at = dice.below(made.history.entries.size() - 1);
  made.history.entries.erase(made.history.entries.begin() + offset(made.at));
  return made;
}

Mutated insert_a_copy(synth::Dice& dice) {
  auto made = pristine();
  auto& entries = made.history.entries;
  made.at = dice.below(entries.size());
  auto copy = entries[(made.at + 1 + dice.below(entries.size() - 1)) % entries.size()];
  entries.insert(entries.begin() + offset(made.at), std::move(copy));
  return made;
}

Mutated swap_neighbours(synth::Dice& dice) {
  auto made = pristine();
  made.at = dice.below(made.history.entries.size() - 1);
  std::swap(made.history.entries[made.at], made.history.entries[made.at + 1]);
  return made;
}

Mutated replace_an_entry(synth::Dice& dice) {
  auto made = pristine();
  auto& entries = made.history.entries;
  made.at = dice.below(entries.size());
  const OwnedBytes other = entries[(made.at + 1 + dice.below(entries.size() - 1)) % entries.size()];
  entries[made.at] = other;
  return made;
}

/// The event of an accepted entry is another's; all behind it is chained anew. Its publisher never
/// signed it there: the submission's last answer shows it.
Mutated forge_an_event(synth::Dice& dice) {
  auto made = pristine();
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
  auto made = pristine();
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

/// Both legs of one strand are changed, so that it still balances: only judging again shows it.
Mutated change_an_amount(synth::Dice& dice) {
  auto made = pristine();
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

Mutated change_a_flag(synth::Dice& dice) {
  auto made = pristine();
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
  auto made = pristine();
  made.at = 1 + dice.below(made.history.entries.size() - 1);
  made.history.entries.resize(made.at);
  return made;
}

/// From one entry on another history, which hangs together; the checkpoint was signed for the first.
Mutated fork(synth::Dice& dice) {
  auto made = pristine();
  auto& entries = made.history.entries;
  const auto at = some_entry(entries, dice, [](auto entry) { return entry.isReceived(); });
  static const auto other = AuditedLedger(12, 1, 12).entries(0);
  entries[at] = other.front();
  made.at = at;
  return made;
}

struct Mutation {
  std::string_view name;
  Mutated (*make)(synth::Dice& dice);
  bool with_checkpoint;  ///< without: found by nothing but the entries themselves
};

// What the auditor meets, and finds by the question that names it.
constexpr Mutation mutations[] = {
    {"a flipped bit", flip_a_bit, true},
    {"a removed entry", remove_an_entry, true},
    {"an inserted entry", insert_a_copy, true},
    {"two entries swapped", swap_neighbours, true},
    {"a replaced entry", replace_an_entry, true},
    {"a forged event, chained again", forge_an_event, false},
    {"a changed posting, chained again", change_a_posting, false},
    {"a changed amount, balanced and chained again", change_an_amount, false},
    {"a changed flag, chained again", change_a_flag, false},
    {"a log cut behind an honest older checkpoint", truncate, true},
    {"another history from some entry on", fork, true},
};

ledger::Verified audit(const Mutated& mutated, bool with_checkpoint) {
  const auto& honest = audited_ledger();
  const auto registry = honest.log.reader(register_partition);
  MemoryRowStore scratch;
  ledger::Verifier::Options options{.threads = 1};
  if (with_checkpoint) {
    options.checkpoints.push_back({1, honest.root(0, 1)});
    options.checkpoints.push_back({honest.size(0), honest.root(0, honest.size(0))});
  }
  return ledger::Verifier(std::string(SmallLedger::name), 0,
                          {mutated.history, mutated.history, *registry}, scratch, options)
      .run();
}

}  // namespace

TEST_CASE("whatever is done to a history is found, and named by the question that it fails") {
  constexpr std::uint64_t seed = 20261125;
  for (const auto& mutation : mutations) {
    synth::Dice dice(seed);
    for (int i = 0; i < BRAID_MUTATIONS; ++i) {
      const auto mutated = mutation.make(dice);
      const auto found = audit(mutated, mutation.with_checkpoint);
      const auto& bad = found.answer(mutated.question).bad;
      INFO(mutation.name << ", seed " << seed << ", case " << i << ", entry " << mutated.at << ": "
                         << (found.bad ? found.bad->found : "nothing found"));
      REQUIRE(bad);
      CHECK(bad->sequence == mutated.at);
    }
  }
}

TEST_CASE("what is chained again but keeps a signed checkpoint is found by the checkpoint, too") {
  synth::Dice dice(7);
  const auto mutated = change_an_amount(dice);
  const auto found = audit(mutated, true);
  REQUIRE(found.answer(Question::whole).bad);
  CHECK(found.answer(Question::whole).bad->sequence == audited_ledger().size(0) - 1);
  REQUIRE(found.answer(Question::lawful).bad);
  CHECK(found.bad->question == Question::lawful);
}

TEST_CASE("a row that is changed, taken away or put into a view gives its digest away") {
  const auto honest = projections::views_digest(audited_ledger().views);
  synth::Dice dice(2026);
  std::vector<std::string_view> filled;
  for (const auto& table : projections::views_tables())
    if (audited_ledger().views.last_key(table.name)) filled.push_back(table.name);
  const auto copy = [&] {
    auto rows = std::make_unique<MemoryRowStore>();
    for (const auto name : filled)
      audited_ledger().views.scan(name, {}, [&](Bytes key, Bytes value) {
        const std::array row = {RowChange{key, value}};
        const std::array change = {TableChanges{name, row}};
        rows->commit(change, {});
        return true;
      });
    return rows;
  };
  CHECK(projections::views_digest(*copy()) == honest);
  for (int i = 0; i < std::max(3, BRAID_MUTATIONS / 50); ++i) {
    const auto rows = copy();
    const auto table = filled[dice.below(filled.size())];
    const auto last = rows->last_key(table);
    const OwnedBytes key(last->begin(), last->end());
    const auto stored = rows->get(table, key);
    OwnedBytes value(stored->begin(), stored->end());
    value[dice.below(value.size())] ^= std::byte{1};
    const bool taken_away = dice.below(3) == 0;
    const std::array row = {
        RowChange{key, taken_away ? std::nullopt : std::optional(Bytes(value))}};
    const std::array change = {TableChanges{table, row}};
    rows->commit(change, {});
    INFO("case " << i << ", table " << table);
    CHECK(projections::views_digest(*rows) != honest);
  }
}

TEST_CASE("views of another ledger are not what this history gives") {
  const AuditedLedger other(12, 5, 12);
  CHECK(projections::views_digest(other.views) != projections::views_digest(audited_ledger().views));
}

TEST_CASE("a checkpoint of another origin, or by another key, is believed by nobody") {
  const auto& honest = audited_ledger();
  const auto note = honest.note(0, honest.size(0));
  const auto key = honest.operator_key().public_key();
  CHECK(ledger::verify_checkpoint(note, {ledger::origin_of(SmallLedger::name, 0), key}));
  CHECK_FALSE(ledger::verify_checkpoint(note, {ledger::origin_of("other", 0), key}));
  CHECK_FALSE(ledger::verify_checkpoint(note, {ledger::origin_of(SmallLedger::name, 1), key}));
  const auto stranger = SecretKey::generate().public_key();
  CHECK_FALSE(ledger::verify_checkpoint(note, {ledger::origin_of(SmallLedger::name, 0), stranger}));
}

TEST_CASE("a proof proves one leaf at one place, and none other") {
  const auto entries = audited_ledger().entries(0);
  std::vector<Digest> leaves;
  for (const auto& entry : entries) leaves.push_back(leaf_hash(entry));
  const auto root = root_of(leaves);
  synth::Dice dice(33);
  for (int i = 0; i < BRAID_MUTATIONS; ++i) {
    const auto at = dice.below(leaves.size());
    const auto other = (at + 1 + dice.below(leaves.size() - 1)) % leaves.size();
    const auto proof = inclusion_proof(std::span<const Digest>(leaves), at);
    INFO("leaf " << at << " and " << other);
    CHECK(verify_inclusion(leaves[at], at, leaves.size(), proof, root));
    CHECK_FALSE(verify_inclusion(leaves[other], at, leaves.size(), proof, root));
    CHECK_FALSE(verify_inclusion(leaves[at], other, leaves.size(), proof, root));
  }
}

}  // namespace braid::test
