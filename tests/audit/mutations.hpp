#pragma once
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "ledger/verify.hpp"
#include "tests/support/tampered_source.hpp"
#include "tools/synth/event_writer.hpp"

namespace braid::test {

/// A history that was tampered with, and which answer must name it.
struct Mutated {
  TamperedSource history;
  ledger::Question question = ledger::Question::whole;
  Sequence at = 0;
  /// What the auditor has been given beside the entries.
  std::vector<ledger::KnownRoot> checkpoints;
};

/// A class of tampering with the place of `audited_ledger`.
struct Mutation {
  std::string_view name;
  Mutated (*make)(synth::Dice& dice);
  bool with_checkpoint;  ///< without: found by nothing but the entries themselves
  int at_least = 0;      ///< cases in every run, where more than a share of them is worth its time
};

/// Every class of them: what an auditor meets, and finds by the question that names it.
std::span<const Mutation> mutations();

/// An untouched copy of the place's history.
Mutated untouched();
/// Another history that hangs together, by the same keys, from some submission on: whoever runs a
/// ledger can make one. Nothing about its entries tells; a checkpoint does.
Mutated fork_well(synth::Dice& dice);
/// Both legs of one strand are changed, so that it still balances: only judging again shows it.
Mutated change_an_amount(synth::Dice& dice);

/// What an auditor finds in it.
ledger::Verified audit(const Mutated& mutated);

}  // namespace braid::test
