#pragma once
#include "ledger/context.hpp"

namespace braid::ledger {

/// What an event is about, as far as it or the rows it names say: found by the fields of its body,
/// so that a new kind with a `budget` or a `plan` is about it without a line here.
struct Subject {
  Uuid budget, plan, pool, grant;
};
Subject subject_of(const Context& context);

/// Every identifier by which an exception may name what the event is about.
std::vector<Uuid> exception_subjects(const Context& context);

/// Whether the publisher has a part in what the event is about: the budget's lead payer or one of
/// its strands' bodies, who proposed the plan or is asked to pay for it, the pool's host or a
/// partner, the grant's giver. Of what is not known here everybody is a party: the state refuses
/// it.
bool is_party(const Context& context);

}  // namespace braid::ledger
