#include <catch2/catch.hpp>

#include "events/table/memory_row_store.hpp"
#include "projections/projection.hpp"
#include "projections/schema/views.rows.hpp"
#include "tests/audit/audited_ledger.hpp"
#include "tests/audit/mutation_report.hpp"
#include "tests/audit/mutations.hpp"

namespace braid::test {

using ledger::Question;

namespace {

/// What the operator signed of the honest history: its first entry, and all of it.
std::vector<ledger::KnownRoot> signed_roots() {
  const auto& honest = audited_ledger();
  return {{1, honest.root(0, 1)}, {honest.size(0), honest.root(0, honest.size(0))}};
}

}  // namespace

TEST_CASE("an untouched copy has no bad entry") {
  auto copy = untouched();
  copy.checkpoints = signed_roots();
  const auto found = audit(copy);
  INFO((found.bad ? found.bad->found : ""));
  CHECK_FALSE(found.bad);
  CHECK(found.refused > 0);
}

TEST_CASE("whatever is done to a history is found, and named by the question that it fails") {
  constexpr std::uint64_t seed = 20261125;
  for (const auto& mutation : mutations()) {
    synth::Dice dice(seed);
    MutationReport report(mutation.name);
    for (int i = 0; i < std::max(BRAID_MUTATIONS, mutation.at_least); ++i) {
      auto mutated = mutation.make(dice);
      if (mutation.with_checkpoint) mutated.checkpoints = signed_roots();
      const auto found = audit(mutated);
      const auto& bad = found.answer(mutated.question).bad;
      INFO(mutation.name << ", seed " << seed << ", case " << i << ", entry " << mutated.at << ": "
                         << (found.bad ? found.bad->found : "nothing found"));
      report.note(bad && bad->sequence == mutated.at);
      REQUIRE(bad);
      CHECK(bad->sequence == mutated.at);
    }
  }
}

TEST_CASE("a log that is cut by one entry is found by the checkpoint signed for more") {
  auto cut = untouched();
  cut.history.entries.pop_back();
  cut.checkpoints = signed_roots();
  const auto found = audit(cut);
  REQUIRE(found.bad);
  CHECK(found.bad->sequence == cut.history.entries.size());
}

TEST_CASE("a fork that hangs together answers all four questions well where no checkpoint is known") {
  synth::Dice dice(4);
  for (int i = 0; i < 10; ++i) {
    auto fork = fork_well(dice);
    REQUIRE(audit(fork).bad);
    fork.checkpoints.clear();
    const auto found = audit(fork);
    INFO((found.bad ? found.bad->found : ""));
    CHECK_FALSE(found.bad);
    CHECK(found.entries == fork.history.entries.size());
  }
}

TEST_CASE("what is chained again but keeps a signed checkpoint is found by the checkpoint, too") {
  synth::Dice dice(7);
  auto mutated = change_an_amount(dice);
  mutated.checkpoints = signed_roots();
  const auto found = audit(mutated);
  REQUIRE(found.answer(Question::whole).bad);
  CHECK(found.answer(Question::whole).bad->sequence == audited_ledger().size(0) - 1);
  REQUIRE(found.answer(Question::lawful).bad);
  CHECK(found.bad->question == Question::lawful);
}

namespace {

/// Where a row of the views stands.
struct RowPlace {
  std::string_view table;
  OwnedBytes key;
};

std::vector<RowPlace> rows_of(const RowReader& views) {
  std::vector<RowPlace> places;
  for (const auto& table : projections::views_tables())
    views.scan(table.name, {}, [&](Bytes key, Bytes) {
      places.push_back({table.name, {key.begin(), key.end()}});
      return true;
    });
  return places;
}

void put(MemoryRowStore& rows, const RowPlace& place, std::optional<Bytes> value) {
  const std::array row = {RowChange{place.key, value}};
  const std::array change = {TableChanges{place.table, row}};
  rows.commit(change, {});
}

}  // namespace

TEST_CASE("a row that is changed, taken away or put into a view gives its digest away") {
  const auto& views = audited_ledger().views;
  const auto honest = projections::views_digest(views);
  const auto places = rows_of(views);
  MemoryRowStore rows;
  for (const auto& place : places) put(rows, place, views.get(place.table, place.key));
  CHECK(projections::views_digest(rows) == honest);
  synth::Dice dice(2026);
  MutationReport report("a row changed, taken out of or put into a view");
  for (int i = 0; i < BRAID_MUTATIONS; ++i) {
    auto place = places[dice.below(places.size())];
    const auto stored = *views.get(place.table, place.key);
    OwnedBytes value(stored.begin(), stored.end());
    const auto what = dice.below(3);
    if (what == 1) place.key[dice.below(place.key.size())] ^= std::byte{1};  // a row more
    if (what == 1 && views.get(place.table, place.key)) {
      --i;  // a row that is there already: another case
      continue;
    }
    if (what == 2 && !value.empty()) value[dice.below(value.size())] ^= std::byte{1};
    put(rows, place, what == 0 ? std::nullopt : std::optional<Bytes>(value));
    INFO("case " << i << ", table " << place.table);
    const bool tells = projections::views_digest(rows) != honest;
    report.note(tells);
    CHECK(tells);
    put(rows, place, what == 1 ? std::nullopt : std::optional<Bytes>(stored));
  }
  CHECK(projections::views_digest(rows) == honest);
}

TEST_CASE("views of another ledger are not what this history gives") {
  const AuditedLedger other(12, 5, 12);
  CHECK(projections::views_digest(other.views) != projections::views_digest(audited_ledger().views));
}

}  // namespace braid::test
