#pragma once
#include "ledger/context.hpp"

// Who a key speaks for. A body's keys stand in the register, any number beside one another; each is
// registered once, and once revoked signs nothing more. An officer's own key is registered for one
// officer and signs only what that officer decides. All of it is judged by the register as far as
// it was seen, so that what a key signed while it was good stays good.

namespace braid::ledger {

/// A public key as the state's tables name it.
Digest key_of(capnp::Data::Reader key);

/// Whether this key speaks for this publisher: registered to it and not revoked. What it refuses is
/// refused for a whole submission. In an empty register any key may found the ledger: the founding
/// event names it. By rule book 1 a body's keys signed for its successors too.
Checked check_key(const State& state, std::string_view publisher, const Digest& key,
                  const Moment& moment);

/// Whether this is the own key of the event's officer, given in the appointment that lasts.
bool is_own_key(const Context& context, const Digest& key);

/// Whether the key may sign for the event's officer at all, and for this kind: an officer's own
/// signs for no other officer, and of the register only what is about that officer's own keys.
Checked signs_for_officer(const Context& context, const Digest& key);

/// Whether a decision on so much money, by this power, is signed as its body asks: above the limit
/// that it set, with the officer's own key. The refusal (rule "authority", field "key") names the
/// limit and what to do.
Checked signs_as_asked(const Context& context, schema::Power power, std::int64_t pence);

/// Whether a body asks for own keys of its officers above any limit. Then its own word alone gives
/// nobody a new one.
bool asks_for_own_keys(const State& state, std::string_view organisation);

}  // namespace braid::ledger
