#include "ledger/rules/contribution.hpp"

#include <algorithm>

#include "events/wide.hpp"
#include "ledger/known.hpp"

namespace braid::ledger {

namespace {

using schema::Sector;

/// What is charged a week for a strand by an assessment, in all its shares.
Wide weekly_charge(Body<schema::ContributionAssessed> assessed, const Strand& strand) {
  Wide sum = 0;
  for (const auto share : assessed.getShares())
    if (is(strand, share.getStrand())) sum += share.getWeekly();
  return sum;
}

bool exceeds_cost(const BudgetRow& budget, const BudgetStrand& agreed, Wide weekly) {
  const Wide days = Wide{budget.to} - budget.from + 1;
  return weekly * days > Wide{agreed.pence} * 7;
}

std::int64_t weekly_cost(const BudgetRow& budget, const BudgetStrand& agreed) {
  const Wide days = std::max<Wide>(1, Wide{budget.to} - budget.from + 1);
  return static_cast<std::int64_t>(Wide{agreed.pence} * 7 / days);
}

/// Who had to pay for the person's care on a day in place of `organisation`, where that is the NHS.
const Liability* nhs_liability(const Asked& asked, const PersonRow& person,
                               std::string_view organisation, Date day) {
  const auto found = std::ranges::find_if(person.liabilities, [&](const Liability& each) {
    return each.from == organisation && each.since <= day.days && day.days <= each.until &&
           is_nhs_body(asked.state, each.to);
  });
  return found == person.liabilities.end() ? nullptr : &*found;
}

}  // namespace

Verdict triple_adds_up(const Asked&, Body<schema::StrandAgreed> agreed) {
  if (Wide{agreed.getAdultPays()} + agreed.getBodyPays() == agreed.getPence()) return holds;
  return breaks("pence", "The cost is ", pounds(agreed.getPence()), ", but the adult pays ",
                pounds(agreed.getAdultPays()), " and the body ", pounds(agreed.getBodyPays()),
                ". The two must add up to the cost.");
}

Verdict charge_is_within_cost(const Asked& asked, Body<schema::ContributionAssessed> assessed) {
  const auto* budget = asked.state.budgets.find({read(assessed.getBudget())});
  if (budget == nullptr) return holds;
  const auto shares = assessed.getShares();
  for (unsigned i = 0; i < shares.size(); ++i) {
    if (budget->scheme == schema::Scheme::CARER && shares[i].getWeekly() > 0)
      return breaks(at("shares", i, "weekly"),
                    "This is a carer's budget; a carer is not charged for the adult's care.");
    const auto* agreed = agreed_strand(*budget, read(shares[i].getStrand()));
    if (agreed == nullptr ||
        !exceeds_cost(*budget, *agreed, weekly_charge(assessed, agreed->strand)))
      continue;
    return breaks(at("shares", i, "weekly"), "The charge is more than the ", agreed->strand,
                  " costs, which is ", pounds(weekly_cost(*budget, *agreed)),
                  " a week. Charge no more than that.");
  }
  return holds;
}

Verdict contribution_spares_nhs_money(const Asked&, Body<schema::StrandAgreed> agreed) {
  if (agreed.getStrand().getSector() != Sector::HEALTH) return holds;
  if (!agreed.getChargeable() && agreed.getAdultPays() == 0) return holds;
  return breaks(agreed.getChargeable() ? "chargeable" : "adultPays", "The ", agreed.getStrand(),
                " is NHS money; nobody may be charged for it. Agree it as not chargeable, with "
                "nothing for the adult to pay.");
}

Verdict contribution_spares_nhs_money(const Asked& asked,
                                      Body<schema::ContributionAssessed> assessed) {
  const auto* budget = asked.state.budgets.find({read(assessed.getBudget())});
  const auto shares = assessed.getShares();
  for (unsigned i = 0; i < shares.size(); ++i) {
    const auto strand = shares[i].getStrand();
    if (strand.getSector() == Sector::HEALTH)
      return breaks(at("shares", i, "strand"), "The ", strand,
                    " is NHS money; nobody may be charged for it. Leave this share out.");
    const auto* agreed = budget == nullptr ? nullptr : agreed_strand(*budget, read(strand));
    if (agreed != nullptr && !agreed->chargeable)
      return breaks(at("shares", i, "strand"), "The ", strand,
                    " of this budget was agreed as not chargeable. Leave this share out.");
  }
  return holds;
}

Verdict contribution_spares_nhs_money(const Asked& asked,
                                      Body<schema::ContributionReceived> received) {
  const auto towards = received.getTowards();
  if (towards.getSector() == Sector::HEALTH)
    return breaks("towards", pounds(received.getPence()), " was taken towards ", towards,
                  ", for which nobody may be charged. Refund it.");
  const auto* budget = asked.state.budgets.find({read(received.getBudget())});
  const auto* person = budget == nullptr ? nullptr : asked.state.persons.find({budget->person});
  if (person == nullptr) return holds;
  const auto* liability =
      nhs_liability(asked, *person, view(towards.getOrganisation()), Date{received.getOn()});
  if (liability == nullptr) return holds;
  return breaks("towards", pounds(received.getPence()), " was taken for a day on which ",
                liability->to,
                " had to pay for this care; nobody may be charged for that. Refund it.");
}

}  // namespace braid::ledger
