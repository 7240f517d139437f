#pragma once
#include "ledger/decide.hpp"

namespace braid::ledger {

/// The gate of authority: the key is registered to the publisher and not revoked; the publisher is registered, and not
/// abolished (an abolished body's successor publishes for it); the officer is appointed; and what the kind needs: the operator,
/// the organisation itself, or an officer with a delegated power for the sectors and up to the limit. Refusals have rule
/// "authority".
tl::expected<void, Refusal> check_authority(const State& state, const Submitted& submitted,
                                            const Moment& moment);

}  // namespace braid::ledger
