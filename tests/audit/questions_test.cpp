#include <catch2/catch.hpp>

#include "tests/audit/audited_ledger.hpp"
#include "tests/audit/forgery.hpp"
#include "tests/support/tampered_source.hpp"

namespace braid::test {

using ledger::Question;

namespace {

/// The place's history, verified from `scratch` on.
ledger::Verified verify(const EntrySource& own, RowStore& scratch,
                        std::vector<ledger::KnownRoot> checkpoints = {}) {
  const auto registry = audited_ledger().log.reader(register_partition);
  ledger::Verifier::Options options{.threads = 1};
  options.keep_state = true;
  options.checkpoints = std::move(checkpoints);
  return ledger::Verifier(std::string(SmallLedger::name), 0, {own, own, *registry}, scratch,
                          options)
      .run();
}

TamperedSource first_entries(Sequence size) {
  TamperedSource source(*audited_ledger().log.reader(0));
  source.entries.resize(size);
  return source;
}

/// Where a submission begins, behind `from`.
Sequence next_submission(Sequence from) {
  const auto entries = audited_ledger().entries(0);
  while (!EntryReader(entries[from]).get().isReceived()) ++from;
  return from;
}

}  // namespace

TEST_CASE("a verification that goes on from an earlier one reaches the same end, reading less") {
  const auto half = next_submission(audited_ledger().size(0) / 2);
  MemoryRowStore kept;
  const auto first = verify(first_entries(half), kept);
  REQUIRE_FALSE(first.bad);
  CHECK(first.whole_submissions);
  const auto second = verify(first_entries(audited_ledger().size(0)), kept);
  REQUIRE_FALSE(second.bad);
  MemoryRowStore fresh;
  const auto whole = verify(first_entries(audited_ledger().size(0)), fresh);
  CHECK(second.chain.root() == whole.chain.root());
  CHECK(second.entries == whole.entries);
  CHECK(first.signatures + second.signatures == whole.signatures);
  CHECK(first.accepted + second.accepted == whole.accepted);
}

TEST_CASE("a verification that goes on meets another history at once") {
  const auto half = next_submission(audited_ledger().size(0) / 2);
  MemoryRowStore kept;
  REQUIRE_FALSE(verify(first_entries(half), kept).bad);
  SECTION("one whose last verified entry is another") {
    auto other = first_entries(audited_ledger().size(0));
    other.entries[half - 1][60] ^= std::byte{1};
    const auto found = verify(other, kept);
    REQUIRE(found.bad);
    CHECK(found.bad->question == Question::whole);
    CHECK(found.bad->sequence == half - 1);
  }
  SECTION("one that was cut behind it") {
    const auto found = verify(first_entries(half - 2), kept);
    REQUIRE(found.bad);
    CHECK(found.bad->question == Question::whole);
    CHECK(found.bad->sequence == half - 2);
  }
}

TEST_CASE("a fault of one question leaves those that do not rest on it to be asked to the end") {
  const auto all = audited_ledger().size(0);
  auto source = first_entries(all);
  Sequence at = 0;
  while (!EntryReader(source.entries[at]).get().isAccepted() ||
         EntryReader(source.entries[at]).get().getAccepted().getPostings().size() != 2)
    ++at;
  auto findings = findings_of(source.entries[at]);
  for (auto& posting : findings.postings) posting.pence *= 2;
  source.entries[at] = with_findings(source.entries[at], findings);
  chain_again(source.entries, at + 1);
  MemoryRowStore scratch;
  const auto found = verify(source, scratch);
  REQUIRE(found.bad);
  CHECK(found.bad->question == Question::lawful);
  CHECK(found.bad->sequence == at);
  CHECK(found.answer(Question::lawful).asked == at);
  for (const auto question : {Question::whole, Question::who, Question::balanced}) {
    CHECK_FALSE(found.answer(question).bad);
    CHECK(found.answer(question).asked == all);
  }
}

}  // namespace braid::test
