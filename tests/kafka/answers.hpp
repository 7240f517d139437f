#pragma once
#include <vector>

#include "ledger/receipt.hpp"

namespace braid::test {

/// Receipts of so many events, each with a sequence of its own.
inline std::vector<ledger::Receipt> receipts(std::size_t count, Sequence first = 1'000) {
  std::vector<ledger::Receipt> all;
  for (std::size_t i = 0; i < count; ++i)
    all.push_back({.event = {1, i},
                   .outcome = ledger::Receipt::Outcome::accepted,
                   .sequence = first + i});
  return all;
}

}  // namespace braid::test
