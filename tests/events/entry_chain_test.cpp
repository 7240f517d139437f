#include "events/entry_chain.hpp"

#include <catch2/catch.hpp>

using namespace braid;
using Catch::Matchers::Contains;

namespace {

Digest leaf(std::uint64_t number) { return sha256(as_bytes(std::to_string(number))); }

/// A chain over the leaves 0 .. size-1.
EntryChain chain_of(std::uint64_t size) {
  EntryChain chain;
  for (std::uint64_t i = 0; i < size; ++i) {
    chain.follow({.sequence = i, .previous = chain.last_leaf()}, leaf(i));
  }
  return chain;
}

}  // namespace

TEST_CASE("A chain follows entries and keeps the root over their leaves") {
  std::vector<Digest> leaves;
  for (std::uint64_t size = 0; size < 20; ++size) {
    const EntryChain chain = chain_of(size);
    CHECK(chain.size() == size);
    CHECK(chain.root() == root_of(leaves));
    leaves.push_back(leaf(size));
  }
}

TEST_CASE("A chain stops at an entry that is missing, repeated or out of order") {
  EntryChain chain = chain_of(5);
  for (const std::uint64_t sequence : {0, 4, 6}) {
    CHECK_THROWS_WITH(
        chain.follow({.sequence = sequence, .previous = leaf(4)}, leaf(5)),
        Contains("entry 5 was expected") && Contains("calls itself " + std::to_string(sequence)));
  }
  CHECK(chain.size() == 5);
}

TEST_CASE("A chain stops at an entry that follows another than the last") {
  EntryChain chain = chain_of(5);
  CHECK_THROWS_AS(chain.follow({.sequence = 5, .previous = leaf(3)}, leaf(5)), HistoryBroken);
  CHECK_THROWS_WITH(chain.follow({.sequence = 5, .previous = leaf(3)}, leaf(5)),
                    Contains("entry 5") && Contains(leaf(3).hex()) && Contains(leaf(4).hex()));
  EntryChain none;
  CHECK_THROWS_AS(none.follow({.sequence = 0, .previous = leaf(0)}, leaf(0)), HistoryBroken);
}

TEST_CASE("A chain read back goes on as if it had never stopped") {
  for (std::uint64_t size = 0; size < 20; ++size) {
    EntryChain chain = chain_of(size);
    auto again = EntryChain::parse(chain.bytes()).value();
    CHECK(again.size() == size);
    CHECK(again.root() == chain.root());
    CHECK(again.last_leaf() == chain.last_leaf());
    const EntryHead next{.sequence = size, .previous = chain.last_leaf()};
    chain.follow(next, leaf(99));
    again.follow(next, leaf(99));
    CHECK(again.bytes() == chain.bytes());
  }
}

TEST_CASE("Bytes that are no chain are refused") {
  OwnedBytes bytes = chain_of(5).bytes();
  CHECK_FALSE(EntryChain::parse({}));
  CHECK_FALSE(EntryChain::parse(Bytes(bytes).first(39)));
  CHECK_FALSE(EntryChain::parse(Bytes(bytes).first(bytes.size() - 1)));
  CHECK_FALSE(EntryChain::parse(Bytes(bytes).first(bytes.size() - 32)));
  bytes[0] = std::byte{7};  // 7 entries have three peaks
  CHECK_FALSE(EntryChain::parse(bytes));
  OwnedBytes empty = EntryChain().bytes();
  empty.back() = std::byte{1};  // no entries, yet a last leaf
  CHECK_FALSE(EntryChain::parse(empty));
}
