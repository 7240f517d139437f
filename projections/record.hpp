#pragma once
#include "events/read_entries.hpp"
#include "events/visit.hpp"

namespace braid::projections {

/// An entry as folds take it: facts that the ledger found, in place.
using Record = ReadEntry;

/// What a view says of the kinds that it leaves alone: the compiler has asked, and no such entry
/// costs the view anything.
///     LeftAlone fold(PoolTables&, const Record&, PersonKind auto) { return {}; }
struct LeftAlone {};

/// Satisfied by the reader of one of these kinds.
template <class Reader, class... Kinds>
concept AnyOf = (std::same_as<Reader, typename Kinds::Reader> || ...);

}  // namespace braid::projections
