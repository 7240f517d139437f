#pragma once
#include "ledger/postings.hpp"

// What the ledger asks and does about persons: consent, eligibility, who is liable, who may know
// them and who no longer can.
// For each kind: `check_state`, what the state has against it; `post`, where its money goes;
// `apply`, what is known after it.

namespace braid::ledger {

Checked check_state(const Context& context, Body<schema::PersonLinked> body);
Checked check_state(const Context& context, Body<schema::PersonDied> body);
Checked check_state(const Context& context, Body<schema::ConsentGiven> body);
Checked check_state(const Context& context, Body<schema::ConsentWithdrawn> body);
Checked check_state(const Context& context, Body<schema::RepresentativeAppointed> body);
Checked check_state(const Context& context, Body<schema::EligibilityRequested> body);
Checked check_state(const Context& context, Body<schema::EligibilityDecided> body);
Checked check_state(const Context& context, Body<schema::LiabilityReassigned> body);
Checked check_state(const Context& context, Body<schema::BudgetRequested> body);
Checked check_state(const Context& context, Body<schema::RequestDecided> body);
Checked check_state(const Context& context, Body<schema::EhcPlanIssued> body);
Checked check_state(const Context& context, Body<schema::LegalBasisRecorded> body);
Checked check_state(const Context& context, Body<schema::IdentityOpened> body);
Checked check_state(const Context& context, Body<schema::IdentityErased> body);

/// These move no money.
inline void post(
    const Context&,
    AnyOf<schema::PersonLinked, schema::PersonDied, schema::ConsentGiven, schema::ConsentWithdrawn,
          schema::RepresentativeAppointed, schema::EligibilityRequested, schema::EligibilityDecided,
          schema::LiabilityReassigned, schema::BudgetRequested, schema::RequestDecided,
          schema::EhcPlanIssued, schema::LegalBasisRecorded, schema::IdentityOpened,
          schema::IdentityErased> auto,
    Legs&) {}

void apply(State& state, const Record& record, Body<schema::PersonLinked> body);
void apply(State& state, const Record& record, Body<schema::PersonDied> body);
void apply(State& state, const Record& record, Body<schema::ConsentGiven> body);
void apply(State& state, const Record& record, Body<schema::ConsentWithdrawn> body);
void apply(State& state, const Record& record, Body<schema::RepresentativeAppointed> body);
void apply(State& state, const Record& record, Body<schema::EligibilityRequested> body);
void apply(State& state, const Record& record, Body<schema::EligibilityDecided> body);
void apply(State& state, const Record& record, Body<schema::LiabilityReassigned> body);
void apply(State& state, const Record& record, Body<schema::BudgetRequested> body);
void apply(State& state, const Record& record, Body<schema::RequestDecided> body);
void apply(State& state, const Record& record, Body<schema::EhcPlanIssued> body);
void apply(State& state, const Record& record, Body<schema::LegalBasisRecorded> body);
void apply(State& state, const Record& record, Body<schema::IdentityOpened> body);
void apply(State& state, const Record& record, Body<schema::IdentityErased> body);

}  // namespace braid::ledger
