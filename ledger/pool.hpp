#pragma once
#include "ledger/postings.hpp"

// What the ledger asks and does about pooled funds and grants.
// For each kind: `check_state`, what the state has against it; `post`, where its money goes;
// `apply`, what is known after it.

namespace braid::ledger {

Checked check_state(const Context& context, Body<schema::PoolAgreementProposed> body);
Checked check_state(const Context& context, Body<schema::PartnerSigned> body);
Checked check_state(const Context& context, Body<schema::ContributionCommitted> body);
Checked check_state(const Context& context, Body<schema::ContributionPaid> body);
Checked check_state(const Context& context, Body<schema::SchemeAdded> body);
Checked check_state(const Context& context, Body<schema::PoolSpent> body);
Checked check_state(const Context& context, Body<schema::RiskShareApplied> body);
Checked check_state(const Context& context, Body<schema::RiskShareSettled> body);
Checked check_state(const Context& context, Body<schema::GrantAwarded> body);
Checked check_state(const Context& context, Body<schema::GrantDrawn> body);

void post(const Context& context, Body<schema::ContributionPaid> body, Legs& legs);
void post(const Context& context, Body<schema::PoolSpent> body, Legs& legs);
void post(const Context& context, Body<schema::RiskShareApplied> body, Legs& legs);
void post(const Context& context, Body<schema::RiskShareSettled> body, Legs& legs);
void post(const Context& context, Body<schema::GrantAwarded> body, Legs& legs);
void post(const Context& context, Body<schema::GrantDrawn> body, Legs& legs);
/// These move no money.
inline void post(const Context&,
                 AnyOf<schema::PoolAgreementProposed, schema::PartnerSigned,
                       schema::ContributionCommitted, schema::SchemeAdded> auto,
                 Legs&) {}

void apply(State& state, const Record& record, Body<schema::PoolAgreementProposed> body);
void apply(State& state, const Record& record, Body<schema::PartnerSigned> body);
void apply(State& state, const Record& record, Body<schema::ContributionCommitted> body);
void apply(State& state, const Record& record, Body<schema::ContributionPaid> body);
void apply(State& state, const Record& record, Body<schema::SchemeAdded> body);
void apply(State& state, const Record& record, Body<schema::PoolSpent> body);
void apply(State& state, const Record& record, Body<schema::RiskShareApplied> body);
void apply(State& state, const Record& record, Body<schema::RiskShareSettled> body);
void apply(State& state, const Record& record, Body<schema::GrantAwarded> body);
void apply(State& state, const Record& record, Body<schema::GrantDrawn> body);

}  // namespace braid::ledger
