#pragma once
#include "ledger/postings.hpp"

// What the ledger asks and does about the register: organisations, officers, keys, funds, rule
// books. For each kind: `check_state`, what the state has against it; `post`, where its money goes;
// `apply`, what is known after it.

namespace braid::ledger {

Checked check_state(const Context& context, Body<schema::LedgerFounded> body);
Checked check_state(const Context& context, Body<schema::OrganisationRegistered> body);
Checked check_state(const Context& context, Body<schema::OrganisationSucceeded> body);
Checked check_state(const Context& context, Body<schema::OfficerAppointed> body);
Checked check_state(const Context& context, Body<schema::OfficerEnded> body);
Checked check_state(const Context& context, Body<schema::DelegationSet> body);
Checked check_state(const Context& context, Body<schema::SigningKeyAdded> body);
Checked check_state(const Context& context, Body<schema::SigningKeyRevoked> body);
Checked check_state(const Context& context, Body<schema::OwnKeyLimitSet> body);
Checked check_state(const Context& context, Body<schema::RuleBookAdopted> body);
Checked check_state(const Context& context, Body<schema::PeriodClosed> body);
Checked check_state(const Context& context, Body<schema::FundRegistered> body);

/// These move no money.
inline void post(
    const Context&,
    AnyOf<schema::LedgerFounded, schema::OrganisationRegistered, schema::OrganisationSucceeded,
          schema::OfficerAppointed, schema::OfficerEnded, schema::DelegationSet,
          schema::SigningKeyAdded, schema::SigningKeyRevoked, schema::OwnKeyLimitSet,
          schema::RuleBookAdopted, schema::PeriodClosed, schema::FundRegistered> auto,
    Legs&) {}

void apply(State& state, const Record& record, Body<schema::LedgerFounded> body);
void apply(State& state, const Record& record, Body<schema::OrganisationRegistered> body);
void apply(State& state, const Record& record, Body<schema::OrganisationSucceeded> body);
void apply(State& state, const Record& record, Body<schema::OfficerAppointed> body);
void apply(State& state, const Record& record, Body<schema::OfficerEnded> body);
void apply(State& state, const Record& record, Body<schema::DelegationSet> body);
void apply(State& state, const Record& record, Body<schema::SigningKeyAdded> body);
void apply(State& state, const Record& record, Body<schema::SigningKeyRevoked> body);
void apply(State& state, const Record& record, Body<schema::OwnKeyLimitSet> body);
void apply(State& state, const Record& record, Body<schema::RuleBookAdopted> body);
void apply(State& state, const Record& record, Body<schema::PeriodClosed> body);
void apply(State& state, const Record& record, Body<schema::FundRegistered> body);

}  // namespace braid::ledger
