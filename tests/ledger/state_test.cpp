#include "ledger/state.hpp"

#include <catch2/catch.hpp>

#include "events/faults.hpp"
#include "events/merkle.hpp"
#include "events/table/memory_row_store.hpp"
#include "tests/support/ledger_world.hpp"

using namespace braid;
using namespace braid::test;
using ledger::State;

namespace {

struct NoHistory : ledger::History {
  [[nodiscard]] OwnedBytes entry_at(Sequence) const override {
    throw HistoryBroken("there is no history");
  }
};

void commit_position(MemoryRowStore& store, const OwnedBytes& position) {
  store.commit({}, position);
}

}  // namespace

TEST_CASE("a flushed state stands where it stood when it is opened again") {
  MemoryRowStore store;
  const NoHistory history;
  EntryChain chain;
  {
    State state(store, history);
    state.own_chain.follow({}, sha256(as_bytes("an entry")));
    state.register_chain = state.own_chain;
    state.register_chain.follow({.sequence = 1, .previous = sha256(as_bytes("an entry"))},
                                sha256(as_bytes("another")));
    state.last_recorded_at_us = -5;
    state.next = {3, 4'000'000'000'000, 7};
    state.open_count = 9;
    state.budgets.change({id("maya")}).live = true;
    CHECK(state.dirty_rows() == 1);
    state.flush();
    CHECK(state.dirty_rows() == 0);
    chain = state.own_chain;
  }
  const State again(store, history);
  CHECK(again.own_chain.size() == 1);
  CHECK(again.own_chain.root() == chain.root());
  CHECK(again.register_chain.size() == 2);
  CHECK(again.last_recorded_at_us == -5);
  CHECK(again.next == ledger::QueuePosition{3, 4'000'000'000'000, 7});
  CHECK(again.open_count == 9);
  CHECK(again.budgets.find({id("maya")})->live);
}

TEST_CASE("a position that is cut, longer or of another version is not read as one") {
  MemoryRowStore store;
  const NoHistory history;
  State(store, history).flush();
  const OwnedBytes whole(store.position()->begin(), store.position()->end());
  for (std::size_t size = 0; size < whole.size(); ++size) {
    commit_position(store, {whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size)});
    CHECK_THROWS_AS(State(store, history), HistoryBroken);
  }
  auto longer = whole;
  longer.push_back({});
  commit_position(store, longer);
  CHECK_THROWS_AS(State(store, history), HistoryBroken);
  auto other = whole;
  other[0] ^= std::byte{0xff};
  commit_position(store, other);
  CHECK_THROWS_AS(State(store, history), HistoryBroken);
}

TEST_CASE("an accepted event is read back from the log with what the ledger found") {
  const auto said = allocation_set(care, 2027, 5'00).numbered(id("set")).on("2026-05-01");
  auto given = history().with(said);
  const auto original = given.state().original(id("set"));
  REQUIRE(original);
  CHECK(original->event == said.bytes());
  CHECK(original->postings.size() == 2);
  CHECK_FALSE(given.state().original(id("nothing")));
}

TEST_CASE("the trial balance is the sum of postings, of a fund and of a budget") {
  auto given = history().with(a_joint_budget("maya", {.social_care = 90'00}));
  CHECK(given.state().balance(Account::ALLOCATED, id("maya"), care, 2026) == 90'00);
  CHECK(given.state().balance(Account::ALLOCATED, id("maya"), care, 2027) == 0);
  CHECK(given.state().balance(Account::ALLOCATED, id("noor"), care, 2026) == 0);
}
