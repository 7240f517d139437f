#pragma once
#include "ledger/context.hpp"

namespace braid::ledger {

/// Whether this key speaks for this publisher: registered to it (or to a body it succeeds), not
/// revoked. What it refuses is refused for a whole submission. In an empty register any key may
/// found the ledger: the founding event names it.
Checked check_key(const State& state, std::string_view publisher, const Digest& key);

/// The gate of authority: the key is registered to the publisher and not revoked; the publisher is
/// registered, and not abolished (an abolished body's successor publishes for it); the officer is
/// appointed; and what the kind needs: the operator, the organisation itself, or an officer with a
/// delegated power for the sectors and up to the limit. Refusals have rule "authority".
Checked check_authority(const Context& context, const Submitted& submitted);

}  // namespace braid::ledger
