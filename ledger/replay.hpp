#pragma once
#include <functional>

#include "events/read_entries.hpp"
#include "ledger/decide.hpp"

namespace braid::ledger {

/// Takes an entry of the state's own partition into the state, whatever its type: chain, queue
/// position, and what was accepted. The same for a sequencer that wrote it, one that replays it,
/// and an auditor. Throws HistoryBroken where it does not continue the chain.
void take_entry(State& state, const ReadEntry& read, bool of_register);

/// Lets the state follow the register to its `size` first entries, or to its end. The register's
/// own state never needs it.
void follow_register(State& state, const EntrySource& registry, Sequence size);

/// Replays a partition's log from where the state stands to the log's end, or until `stopping` says
/// so.
void replay(State& state, const EntrySource& own, bool of_register,
            const std::function<bool()>& stopping = {});

}  // namespace braid::ledger
