#pragma once
#include <vector>

#include "events/entry.hpp"

namespace braid::test {

/// Makes what follows an altered entry follow it: each entry from `from` on names the leaf hash of
/// the one before it, as a forger who owns the whole file would. Entries keep their length.
void chain_again(std::vector<OwnedBytes>& entries, Sequence from);

/// An entry of the same head with other findings; the event's bytes stay.
struct Findings {
  std::vector<Posting> postings;
  std::vector<Finding> flags;
};
/// What an accepted entry says that the ledger found.
Findings findings_of(const OwnedBytes& accepted);
/// The accepted entry with these findings instead.
OwnedBytes with_findings(const OwnedBytes& accepted, const Findings& findings);

}  // namespace braid::test
