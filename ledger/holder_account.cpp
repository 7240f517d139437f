// The holder's account: what it reports, pays back, and what the person contributes. Declared in payment.hpp.
#include <algorithm>

#include "events/native_rows.hpp"
#include "events/split.hpp"
#include "ledger/budget_money.hpp"
#include "ledger/payment.hpp"

namespace braid::ledger {

namespace {

Checked budget_is_known(const Context& context, schema::Uuid::Reader budget) {
  const auto row = known_budget(context, budget);
  if (!row) return tl::unexpected(row.error());
  return {};
}

/// The strand that bears what no strand has money for: the lead payer's, or the first.
const Strand& strand_of_last_resort(const BudgetRow& budget) {
  const auto lead = std::ranges::find_if(budget.strands, [&](const BudgetStrand& strand) {
    return strand.strand.organisation == budget.lead_payer;
  });
  return lead == budget.strands.end() ? budget.strands.front().strand : lead->strand;
}

/// Moves pence of a budget between two purses, over its strands in proportion to what each has in
/// `from`, exactly. What none has falls on the strand of last resort: a report is recorded even
/// when the account was overdrawn.
void move_in_proportion(const BudgetRow& budget, const Purse& from, const Purse& to, std::int64_t pence, Date on,
                        Legs& legs) {
  if (budget.strands.empty())
    return legs.refuse("budget", say("Budget ", budget.budget, " has no strand that this money could be of."));
  std::vector<std::int64_t> weights;
  std::int64_t there = 0;
  const auto strands = strands_with_money(budget);
  for (const auto* strand : strands) {
    weights.push_back(legs.available(from, *strand));
    there = saturating_add(there, weights.back());
  }
  const auto covered = std::min(pence, there);
  if (covered > 0) {
    const auto shares = split(covered, weights);
    check(shares.has_value(), "weights that are not negative and not all zero split");
    for (std::size_t i = 0; i < shares->size(); ++i)
      if ((*shares)[i] != 0) legs.draw(from, to, *strands[i], (*shares)[i], on);
  }
  if (pence > covered) legs.draw(from, to, strand_of_last_resort(budget), pence - covered, on);
}

}  // namespace

Checked check_state(const Context& context, Body<schema::TransactionReported> body) {
  const auto budget = known_budget(context, body.getBudget());
  if (!budget) return tl::unexpected(budget.error());
  const Uuid id = read(body.getAccount());
  const auto* account = context.state.accounts.find({id});
  if (account == nullptr) return unknown("account", "account", id);
  if (account->budget != (*budget)->budget)
    return by_state("account", "Account ", id, " is of budget ", account->budget, ". Name that budget.");
  return {};
}

Checked check_state(const Context& context, Body<schema::RepaymentNoticeIssued> body) {
  const Uuid id = read(body.getNotice());
  if (context.state.notices.find({id}) != nullptr) return known_already("notice", "notice", id);
  return budget_is_known(context, body.getBudget());
}

Checked check_state(const Context& context, Body<schema::Repaid> body) {
  const auto budget = known_budget(context, body.getBudget());
  if (!budget) return tl::unexpected(budget.error());
  return amounts_of_budget(**budget, body.getAmounts());
}

Checked check_state(const Context& context, Body<schema::ContributionReceived> body) {
  return budget_is_known(context, body.getBudget());
}

Checked check_state(const Context& context, Body<schema::ContributionRefunded> body) {
  return budget_is_known(context, body.getBudget());
}

Checked check_state(const Context& context, Body<schema::PaymentsStopped> body) {
  return budget_is_known(context, body.getBudget());
}

void post(const Context& context, Body<schema::TransactionReported> body, Legs& legs) {
  const auto* budget = context.state.budgets.find({read(body.getBudget())});
  if (budget == nullptr) return;
  const bool paid = body.getDirection() == schema::Direction::PAID;
  const auto from = paid ? held(budget->budget) : spent(budget->budget);
  const auto to = paid ? spent(budget->budget) : held(budget->budget);
  move_in_proportion(*budget, from, to, body.getPence(), Date{body.getOn()}, legs);
}

void post(const Context&, Body<schema::Repaid> body, Legs& legs) {
  const Uuid budget = read(body.getBudget());
  for (const auto amount : body.getAmounts())
    legs.draw(held(budget), recovered(budget), read(amount.getStrand()), amount.getPence(), Date{body.getOn()});
}

void post(const Context& context, Body<schema::ContributionReceived> body, Legs& legs) {
  const Uuid budget = read(body.getBudget());
  const Strand strand = read(body.getStrand());
  legs.move(contribution(budget), allocated(budget), strand, year_of(context, strand, body.getOn()), body.getPence());
}

void post(const Context&, Body<schema::ContributionRefunded> body, Legs& legs) {
  const Uuid budget = read(body.getBudget());
  legs.draw(allocated(budget), contribution(budget), read(body.getStrand()), body.getPence(), Date{body.getOn()});
}

void apply(State&, const Record&, Body<schema::TransactionReported>) {}

void apply(State& state, const Record&, Body<schema::RepaymentNoticeIssued> body) {
  auto& notice = state.notices.change({read(body.getNotice())});
  notice.budget = read(body.getBudget());
  notice.pence = body.getPence();
}

void apply(State& state, const Record&, Body<schema::Repaid> body) {
  if (!body.hasNotice()) return;
  if (auto* notice = state.notices.change_existing({read(body.getNotice())}))
    notice->repaid = saturating_add(notice->repaid, total_of(body.getAmounts()));
}

void apply(State&, const Record&, Body<schema::ContributionReceived>) {}
void apply(State&, const Record&, Body<schema::ContributionRefunded>) {}

void apply(State& state, const Record&, Body<schema::PaymentsStopped> body) {
  if (auto* budget = state.budgets.change_existing({read(body.getBudget())})) budget->stopped = true;
}

}  // namespace braid::ledger
