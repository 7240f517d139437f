#pragma once
#include "ledger/context.hpp"

namespace braid::ledger {

/// The gate of authority: the key speaks for the publisher and the officer (`signing_key.hpp`); the
/// publisher is registered, and not abolished (an abolished body's successor publishes for it); the
/// officer is appointed; and what the kind needs: the operator, the organisation itself, or an
/// officer with a delegated power for the sectors and up to the limit, in person where the body
/// asks for it. Refusals have rule "authority".
Checked check_authority(const Context& context, const Submitted& submitted);

}  // namespace braid::ledger
