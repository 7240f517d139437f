#include "ledger/witness.hpp"

#include <catch2/catch.hpp>

#include "tests/support/entry_history.hpp"
#include "tests/support/memory_tiles.hpp"

using namespace braid;
using namespace braid::ledger;
using braid::test::EntryHistory;
using braid::test::MemoryTiles;
using Catch::Matchers::Contains;
using Why = WitnessRefusal::Why;

namespace {

constexpr Sequence size = 600;

/// An honest history, and one that forks from it at its first entry.
struct Histories {
  EntryHistory honest{size};
  EntryHistory forked{size, 1};
  MemoryTiles tiles{honest.leaves()};
  MemoryTiles forked_tiles{forked.leaves()};
};
const Histories& histories() {
  static const Histories both;
  return both;
}

Checkpoint at(const EntryHistory& history, Sequence entries) {
  return {"norfolk/0", entries, history.root(entries)};
}

}  // namespace

TEST_CASE("A witness takes any first checkpoint, and each that continues the last it saw") {
  const auto& [honest, forked, tiles, forked_tiles] = histories();
  CHECK(check_continues({}, at(honest, 7), tiles));
  for (const Sequence last : {0, 1, 255, 256, 257, 599, 600})
    for (const Sequence offered : {1, 256, 258, 600})
      if (last <= offered) CHECK(check_continues(at(honest, last), at(honest, offered), tiles));
}

TEST_CASE("A witness refuses a fork, whichever tiles it is shown, and says that both are signed") {
  const auto& [honest, forked, tiles, forked_tiles] = histories();
  const auto same_size = check_continues(at(honest, 300), at(forked, 300), forked_tiles);
  REQUIRE_FALSE(same_size);
  CHECK(same_size.error().why == Why::forked);
  const auto longer = check_continues(at(honest, 300), at(forked, 600), forked_tiles);
  REQUIRE_FALSE(longer);
  CHECK(longer.error().why == Why::forked);
  CHECK_THAT(longer.error().sentence, Contains("has signed two histories: 300 entries"));
  CHECK(check_continues(at(honest, 300), at(forked, 600), tiles).error().why == Why::inconclusive);
}

TEST_CASE("A witness refuses an older checkpoint than it has seen") {
  const auto& honest = histories().honest;
  const auto refused = check_continues(at(honest, 300), at(honest, 299), histories().tiles);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().why == Why::older);
  CHECK_THAT(refused.error().sentence, Contains("299 entries") && Contains("300"));
}

TEST_CASE("What a log sends to a witness has the lines that C2SP tlog-witness describes") {
  const auto& honest = histories().honest;
  const auto proof = consistency_proof(histories().tiles, 5, 9);
  std::string lines;
  for (const auto& hash : proof) lines += hash.base64() + "\n";
  CHECK(add_checkpoint_request(5, proof, "note\n") == "old 5\n" + lines + "\nnote\n");
  CHECK(add_checkpoint_request(0, {}, at(honest, 9).text()) == "old 0\n\n" + at(honest, 9).text());
}
