#include <catch2/catch.hpp>

#include "ledger/memory_log.hpp"
#include "ledger/verify.hpp"
#include "tests/support/small_ledger.hpp"
#include "tests/support/tampered_source.hpp"
#include "tools/synth/event_writer.hpp"

namespace braid::test {
namespace {

/// An honest history, and what its operator signed of it.
struct Honest {
  Honest() : county({.seed = 11, .people = 12, .panel = 4}), small(log) {
    for (const auto& batch : county.registry(SmallLedger::name, 1)) small.publish(county, batch);
    for (int i = 0; i < 40; ++i) small.publish(county, county.next(12));
    const auto& chain = small.state().own_chain;
    checkpoints.push_back({chain.size(), chain.root()});
  }

  [[nodiscard]] std::optional<ledger::BadEntry> first_bad(const TamperedSource& tampered) const {
    const auto registry = log.reader(register_partition);
    MemoryRowStore scratch;
    ledger::Verifier::Options options{.threads = 1};
    options.checkpoints = checkpoints;
    return ledger::Verifier(std::string(SmallLedger::name), 0, {tampered, tampered, *registry},
                            scratch, options)
        .run()
        .bad;
  }

  ledger::MemoryLog log;
  synth::County county;
  SmallLedger small;
  std::vector<ledger::KnownRoot> checkpoints;
};

const Honest& honest() {
  static const Honest one;
  return one;
}

TamperedSource copy_of_history() { return TamperedSource(*honest().log.reader(0)); }

}  // namespace

TEST_CASE("an untouched copy has no bad entry") {
  const auto bad = honest().first_bad(copy_of_history());
  INFO((bad ? bad->found : ""));
  CHECK_FALSE(bad.has_value());
}

TEST_CASE("each of 1,000 flipped bits is found, and its entry named") {
  synth::Dice dice(2026);
  auto tampered = copy_of_history();
  for (int i = 0; i < 1'000; ++i) {
    const auto sequence = dice.below(tampered.entries.size());
    auto& entry = tampered.entries[sequence];
    const auto bit = dice.below(entry.size() * 8);
    entry[bit / 8] ^= std::byte{1} << (bit % 8);
    const auto bad = honest().first_bad(tampered);
    INFO("flip " << i << ": bit " << bit << " of entry " << sequence << ": "
                 << (bad ? bad->found : "nothing found"));
    REQUIRE(bad.has_value());
    CHECK(bad->sequence == sequence);
    entry[bit / 8] ^= std::byte{1} << (bit % 8);
  }
}

TEST_CASE("each removed, swapped or replaced entry is found, and the first bad place named") {
  synth::Dice dice(7);
  const auto pristine = copy_of_history();
  const auto size = pristine.entries.size();
  const auto named_first = [](const TamperedSource& tampered, Sequence at) {
    const auto bad = honest().first_bad(tampered);
    INFO("entry " << at << ": " << (bad ? bad->found : "nothing found"));
    REQUIRE(bad.has_value());
    CHECK(bad->sequence == at);
  };
  for (int i = 0; i < 100; ++i) {
    const auto at = dice.below(size - 1);
    const auto place = static_cast<std::ptrdiff_t>(at);
    auto removed = pristine;
    removed.entries.erase(removed.entries.begin() + place);
    named_first(removed, at);
    auto swapped = pristine;
    std::swap(swapped.entries[at], swapped.entries[at + 1]);
    named_first(swapped, at);
    auto replaced = pristine;
    replaced.entries[at] = pristine.entries[(at + 1 + dice.below(size - 1)) % size];
    named_first(replaced, at);
  }
}

TEST_CASE("a log that is cut is found by the checkpoint signed for more") {
  auto tampered = copy_of_history();
  tampered.entries.pop_back();
  const auto bad = honest().first_bad(tampered);
  REQUIRE(bad.has_value());
  CHECK(bad->sequence == tampered.entries.size());
}

}  // namespace braid::test
