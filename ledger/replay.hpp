#pragma once
#include "events/entry_chain.hpp"
#include "ledger/decide.hpp"

namespace braid::ledger {

/// An entry that has been read: its event only where it was accepted or refused, its postings only
/// where accepted. Borrows.
struct ReadEntry {
  EntryHead head;
  schema::Entry::Reader entry;
  schema::Event::Reader event;
  std::span<const Posting> postings;
};

/// Takes an entry of the state's own partition into the state, whatever its type: chain, queue
/// position, and what was accepted. The same for a sequencer that wrote it, one that replays it,
/// and an auditor. Throws HistoryBroken where it does not continue the chain.
void take_entry(State& state, const ReadEntry& read, const Digest& leaf, bool of_register);
void take_entry(State& state, const EntryReader& entry, const Digest& leaf, bool of_register);

/// Lets the state follow the register to its `size` first entries, or to its end. The register's
/// own state never needs it.
void follow_register(State& state, const EntrySource& registry, Sequence size);

/// Replays a partition's log from where the state stands to the log's end.
void replay(State& state, const EntrySource& own, bool of_register);

}  // namespace braid::ledger
