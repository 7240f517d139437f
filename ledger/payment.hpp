#pragma once
#include "ledger/postings.hpp"

// What the ledger asks and does about accounts, invoices, payments, recharges, recovery, spend
// lists. For each kind: `check_state`, what the state has against it; `post`, where its money goes;
// `apply`, what is known after it.

namespace braid::ledger {

Checked check_state(const Context& context, Body<schema::AccountApproved> body);
Checked check_state(const Context& context, Body<schema::InvoiceReceived> body);
Checked check_state(const Context& context, Body<schema::PaymentInstructed> body);
Checked check_state(const Context& context, Body<schema::PaymentSettled> body);
Checked check_state(const Context& context, Body<schema::PaymentReturned> body);
Checked check_state(const Context& context, Body<schema::AccountCredited> body);
Checked check_state(const Context& context, Body<schema::TransactionReported> body);
Checked check_state(const Context& context, Body<schema::RechargeRaised> body);
Checked check_state(const Context& context, Body<schema::RechargeSettled> body);
Checked check_state(const Context& context, Body<schema::RepaymentNoticeIssued> body);
Checked check_state(const Context& context, Body<schema::Repaid> body);
Checked check_state(const Context& context, Body<schema::ContributionReceived> body);
Checked check_state(const Context& context, Body<schema::ContributionRefunded> body);
Checked check_state(const Context& context, Body<schema::PaymentsStopped> body);
Checked check_state(const Context& context, Body<schema::SpendListPublished> body);
Checked check_state(const Context& context, Body<schema::SpendPublished> body);
Checked check_state(const Context& context, Body<schema::EventReversed> body);

void post(const Context& context, Body<schema::PaymentSettled> body, Legs& legs);
void post(const Context& context, Body<schema::PaymentReturned> body, Legs& legs);
void post(const Context& context, Body<schema::AccountCredited> body, Legs& legs);
void post(const Context& context, Body<schema::TransactionReported> body, Legs& legs);
void post(const Context& context, Body<schema::RechargeRaised> body, Legs& legs);
void post(const Context& context, Body<schema::RechargeSettled> body, Legs& legs);
void post(const Context& context, Body<schema::Repaid> body, Legs& legs);
void post(const Context& context, Body<schema::ContributionReceived> body, Legs& legs);
void post(const Context& context, Body<schema::ContributionRefunded> body, Legs& legs);
void post(const Context& context, Body<schema::EventReversed> body, Legs& legs);
/// These move no money.
inline void post(const Context&,
                 AnyOf<schema::AccountApproved, schema::InvoiceReceived, schema::PaymentInstructed,
                       schema::RepaymentNoticeIssued, schema::PaymentsStopped,
                       schema::SpendListPublished, schema::SpendPublished> auto,
                 Legs&) {}

void apply(State& state, const Record& record, Body<schema::AccountApproved> body);
void apply(State& state, const Record& record, Body<schema::InvoiceReceived> body);
void apply(State& state, const Record& record, Body<schema::PaymentInstructed> body);
void apply(State& state, const Record& record, Body<schema::PaymentSettled> body);
void apply(State& state, const Record& record, Body<schema::PaymentReturned> body);
void apply(State& state, const Record& record, Body<schema::AccountCredited> body);
void apply(State& state, const Record& record, Body<schema::TransactionReported> body);
void apply(State& state, const Record& record, Body<schema::RechargeRaised> body);
void apply(State& state, const Record& record, Body<schema::RechargeSettled> body);
void apply(State& state, const Record& record, Body<schema::RepaymentNoticeIssued> body);
void apply(State& state, const Record& record, Body<schema::Repaid> body);
void apply(State& state, const Record& record, Body<schema::ContributionReceived> body);
void apply(State& state, const Record& record, Body<schema::ContributionRefunded> body);
void apply(State& state, const Record& record, Body<schema::PaymentsStopped> body);
void apply(State& state, const Record& record, Body<schema::SpendListPublished> body);
void apply(State& state, const Record& record, Body<schema::SpendPublished> body);
void apply(State& state, const Record& record, Body<schema::EventReversed> body);

}  // namespace braid::ledger
