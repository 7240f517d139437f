#pragma once
#include "ledger/postings.hpp"

// What the ledger asks and does about outcomes and promises.
// For each kind: `check_state`, what the state has against it; `post`, where its money goes;
// `apply`, what is known after it.

namespace braid::ledger {

Checked check_state(const Context& context, Body<schema::OutcomeReported> body);
Checked check_state(const Context& context, Body<schema::ActionOwned> body);
Checked check_state(const Context& context, Body<schema::ActionDone> body);

/// These move no money.
inline void post(const Context&,
                 AnyOf<schema::OutcomeReported, schema::ActionOwned, schema::ActionDone> auto,
                 Legs&) {}

void apply(State& state, const Record& record, Body<schema::OutcomeReported> body);
void apply(State& state, const Record& record, Body<schema::ActionOwned> body);
void apply(State& state, const Record& record, Body<schema::ActionDone> body);

}  // namespace braid::ledger
