#pragma once
#include "events/visit.hpp"
#include "ledger/state.hpp"

// What a reversed event no longer says, beside its postings, which are undone by their opposites.
// Each family's file undoes its own kinds.

namespace braid::ledger {

using Postings = std::span<const Posting>;

void undo(State& state, Body<schema::PaymentSettled> body, Postings postings);
void undo(State& state, Body<schema::PaymentReturned> body, Postings postings);
void undo(State& state, Body<schema::AccountCredited> body, Postings postings);
void undo(State& state, Body<schema::Repaid> body, Postings postings);
void undo(State& state, Body<schema::RechargeRaised> body, Postings postings);
void undo(State& state, Body<schema::RechargeSettled> body, Postings postings);
void undo(State& state, Body<schema::OrderPlaced> body, Postings postings);
void undo(State& state, Body<schema::OrderEnded> body, Postings postings);
void undo(State& state, Body<schema::ContributionPaid> body, Postings postings);
void undo(State& state, Body<schema::PoolSpent> body, Postings postings);
void undo(State& state, Body<schema::GrantAwarded> body, Postings postings);
void undo(State& state, Body<schema::GrantDrawn> body, Postings postings);
void undo(State& state, Body<schema::StrandAgreed> body, Postings postings);
void undo(State& state, Body<schema::BudgetClosed> body, Postings postings);
void undo(State& state, Body<schema::UpliftApplied> body, Postings postings);

/// For the kinds whose postings are all that they say, or that move no money and are never
/// reversed.
template <class Reader>
void undo(State&, Reader, Postings) {}

}  // namespace braid::ledger
