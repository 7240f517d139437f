#pragma once
#include "ledger/postings.hpp"

// What the ledger asks and does about suppliers, orders, deliveries.
// For each kind: `check_state`, what the state has against it; `post`, where its money goes;
// `apply`, what is known after it.

namespace braid::ledger {

Checked check_state(const Context& context, Body<schema::SupplierRegistered> body);
Checked check_state(const Context& context, Body<schema::OrderPlaced> body);
Checked check_state(const Context& context, Body<schema::OrderEnded> body);
Checked check_state(const Context& context, Body<schema::ServiceDelivered> body);
Checked check_state(const Context& context, Body<schema::PersonalAssistantEngaged> body);

void post(const Context& context, Body<schema::OrderPlaced> body, Legs& legs);
void post(const Context& context, Body<schema::OrderEnded> body, Legs& legs);
/// These move no money.
inline void post(const Context&,
                 AnyOf<schema::SupplierRegistered, schema::ServiceDelivered,
                       schema::PersonalAssistantEngaged> auto,
                 Legs&) {}

void apply(State& state, const Record& record, Body<schema::SupplierRegistered> body);
void apply(State& state, const Record& record, Body<schema::OrderPlaced> body);
void apply(State& state, const Record& record, Body<schema::OrderEnded> body);
void apply(State& state, const Record& record, Body<schema::ServiceDelivered> body);
void apply(State& state, const Record& record, Body<schema::PersonalAssistantEngaged> body);

}  // namespace braid::ledger
