#pragma once
#include <span>
#include <string>

#include "events/entry.hpp"
#include "ledger/decide.hpp"

namespace braid::ledger {

/// A decision in words, for whoever compares it: "refused by R69 at officer".
std::string describe(const Decision& decision);

/// Whether rule and field are the same. Sentences may be reworded.
bool same_finding(const Finding& ours, schema::Finding::Reader theirs);

/// Whether an entry says what judging again says: outcome, rule and field, flags, postings.
bool agrees(const Decision& decision, schema::Entry::Reader entry,
            std::span<const Posting> recorded);

}  // namespace braid::ledger
