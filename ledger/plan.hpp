#pragma once
#include "ledger/postings.hpp"

// What the ledger asks and does about plans, their approvals and reviews.
// For each kind: `check_state`, what the state has against it; `post`, where its money goes;
// `apply`, what is known after it.

namespace braid::ledger {

Checked check_state(const Context& context, Body<schema::PlanProposed> body);
Checked check_state(const Context& context, Body<schema::PlanSignedOff> body);
Checked check_state(const Context& context, Body<schema::ApprovalRequested> body);
Checked check_state(const Context& context, Body<schema::ApprovalGiven> body);
Checked check_state(const Context& context, Body<schema::ApprovalRefused> body);
Checked check_state(const Context& context, Body<schema::ExceptionApproved> body);
Checked check_state(const Context& context, Body<schema::ReviewCompleted> body);

/// These move no money.
inline void post(const Context&,
                 AnyOf<schema::PlanProposed, schema::PlanSignedOff, schema::ApprovalRequested,
                       schema::ApprovalGiven, schema::ApprovalRefused, schema::ExceptionApproved,
                       schema::ReviewCompleted> auto,
                 Legs&) {}

void apply(State& state, const Record& record, Body<schema::PlanProposed> body);
void apply(State& state, const Record& record, Body<schema::PlanSignedOff> body);
void apply(State& state, const Record& record, Body<schema::ApprovalRequested> body);
void apply(State& state, const Record& record, Body<schema::ApprovalGiven> body);
void apply(State& state, const Record& record, Body<schema::ApprovalRefused> body);
void apply(State& state, const Record& record, Body<schema::ExceptionApproved> body);
void apply(State& state, const Record& record, Body<schema::ReviewCompleted> body);

}  // namespace braid::ledger
