#pragma once
#include "ledger/postings.hpp"

// What the ledger asks and does about budgets: opening, agreeing strands, contributions,
// allocations. For each kind: `check_state`, what the state has against it; `post`, where its money
// goes; `apply`, what is known after it.

namespace braid::ledger {

Checked check_state(const Context& context, Body<schema::BudgetOpened> body);
Checked check_state(const Context& context, Body<schema::StrandAgreed> body);
Checked check_state(const Context& context, Body<schema::ContributionAssessed> body);
Checked check_state(const Context& context, Body<schema::BudgetClosed> body);
Checked check_state(const Context& context, Body<schema::UpliftApproved> body);
Checked check_state(const Context& context, Body<schema::UpliftApplied> body);
Checked check_state(const Context& context, Body<schema::AllocationSet> body);
Checked check_state(const Context& context, Body<schema::AllocationVaried> body);

void post(const Context& context, Body<schema::StrandAgreed> body, Legs& legs);
void post(const Context& context, Body<schema::BudgetClosed> body, Legs& legs);
void post(const Context& context, Body<schema::UpliftApplied> body, Legs& legs);
void post(const Context& context, Body<schema::AllocationSet> body, Legs& legs);
void post(const Context& context, Body<schema::AllocationVaried> body, Legs& legs);
/// These move no money.
inline void post(
    const Context&,
    AnyOf<schema::BudgetOpened, schema::ContributionAssessed, schema::UpliftApproved> auto, Legs&) {
}

void apply(State& state, const Record& record, Body<schema::BudgetOpened> body);
void apply(State& state, const Record& record, Body<schema::StrandAgreed> body);
void apply(State& state, const Record& record, Body<schema::ContributionAssessed> body);
void apply(State& state, const Record& record, Body<schema::BudgetClosed> body);
void apply(State& state, const Record& record, Body<schema::UpliftApproved> body);
void apply(State& state, const Record& record, Body<schema::UpliftApplied> body);
void apply(State& state, const Record& record, Body<schema::AllocationSet> body);
void apply(State& state, const Record& record, Body<schema::AllocationVaried> body);

}  // namespace braid::ledger
