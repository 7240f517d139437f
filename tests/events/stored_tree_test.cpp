#include "events/stored_tree.hpp"

#include <catch2/catch.hpp>

#include "events/table/memory_row_store.hpp"
#include "tests/support/entry_history.hpp"

using namespace braid;
using braid::test::EntryHistory;
using Catch::Matchers::Contains;

namespace {

constexpr Sequence size = 1000;

const EntryHistory& history() {
  static const EntryHistory one(size);
  return one;
}

void keep(RowStore& store, Sequence from, Sequence to) {
  TreeWriter writer(store);
  CHECK(writer.chain().size() == from);
  writer.follow(history().from(from, to));
  writer.flush();
  CHECK(writer.flushed() == to);
}

}  // namespace

TEST_CASE("A stored tree covers what was flushed, and gives every proof of it") {
  MemoryRowStore store;
  keep(store, 0, size);
  const StoredTree tree(store);
  CHECK(tree.chain().size() == size);
  CHECK(tree.chain().root() == history().root(size));
  for (Sequence at = 0; at <= size; at += 50) CHECK(root_at(tree, at) == history().root(at));
  for (Sequence at = 0; at < size; at += 37)
    CHECK(verify_inclusion(history().leaves()[at], at, size, inclusion_proof(tree, at, size),
                           history().root(size)));
}

TEST_CASE("What was not flushed is not seen, and followed again after a kill") {
  MemoryRowStore store;
  keep(store, 0, 300);
  {
    TreeWriter killed(store);
    killed.follow(history().from(300, 700));
    CHECK(killed.flushed() == 300);
  }
  CHECK(StoredTree(store).chain().size() == 300);
  CHECK(root_at(StoredTree(store), 300) == history().root(300));
  keep(store, 300, size);
  CHECK(root_at(StoredTree(store), size) == history().root(size));
}

TEST_CASE("A tree built anew is written over what is there") {
  MemoryRowStore store;
  {
    const EntryHistory other(size, 1);
    TreeWriter writer(store);
    writer.follow(other.entries());
    writer.flush();
  }
  TreeWriter anew(store, true);
  CHECK(StoredTree(store).chain().size() == 0);
  anew.follow(history().from(0, 700));
  anew.flush();
  CHECK(root_at(StoredTree(store), 700) == history().root(700));
  CHECK(StoredTree(store).chain().root() == history().root(700));
}

TEST_CASE("An empty store is the tree of nothing") {
  const MemoryRowStore store;
  CHECK(StoredTree(store).chain().size() == 0);
  CHECK(root_at(StoredTree(store), 0) == sha256({}));
}

TEST_CASE("A stored tree that lacks a tile, or has another's, says so and what to do") {
  MemoryRowStore store;
  keep(store, 0, size);
  CHECK_THROWS_WITH(StoredTree(store).tile({0, 4}, 1),
                    Contains("lacks tile 4 of level 0") && Contains("project --rebuild"));
  CHECK_THROWS_AS(StoredTree(store).tile({0, 3}, 256), HistoryBroken);
  store.commit({}, EntryChain().bytes());
  TreeWriter other(store);
  const EntryHistory another(900, 1);
  other.follow(another.entries());
  const auto chain = other.chain().bytes();
  store.commit({}, chain);  // a position whose tiles were never written
  CHECK_THROWS_AS(TreeWriter(store), HistoryBroken);
}

TEST_CASE("A history that does not continue what is stored is not followed") {
  MemoryRowStore store;
  keep(store, 0, 300);
  TreeWriter writer(store);
  const EntryHistory other(400, 1);
  CHECK_THROWS_AS(writer.follow(other.from(300, 400)), HistoryBroken);
  CHECK_THROWS_AS(TreeWriter(store).follow(history().from(301, 302)), HistoryBroken);
}
