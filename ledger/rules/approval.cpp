#include "ledger/rules/approval.hpp"

#include "ledger/known.hpp"
#include "ledger/powers.hpp"

namespace braid::ledger {

namespace {

using schema::SubjectKind;

Verdict is_recorded(Body<schema::ApprovalGiven> given) {
  if (!given.hasReasons()) return breaks("reasons", "An approval states its reasons. Add them.");
  if (!given.hasAlternatives())
    return breaks(
        "alternatives",
        "An approval states the alternatives that were considered and rejected. Add them.");
  if (!given.getInterestsDeclared())
    return breaks(
        "interestsDeclared",
        "An approval says whether the officer declared conflicts of interest. Ask, and say so.");
  return holds;
}

/// Whom to ask instead, who holds the power for this money.
std::string ask_another(const Asked& asked, Power power) {
  return holders_of(asked, power, decided_by(asked));
}

Verdict did_before(const Asked& asked, std::string_view did, std::string_view what,
                   const Uuid& subject, std::string_view cannot, Power power) {
  return breaks("officer", asked.officer, " ", did, " ", what, " ", subject, " and cannot ", cannot,
                ". ", ask_another(asked, power));
}

std::string_view what(SubjectKind kind) {
  switch (kind) {
    case SubjectKind::PLAN:
      return "plan";
    case SubjectKind::BUDGET:
      return "budget";
    case SubjectKind::POOL:
      return "pool";
    case SubjectKind::SCHEME:
      return "scheme";
    case SubjectKind::UPLIFT:
      return "uplift";
    case SubjectKind::PAY_RUN:
      return "pay run";
    case SubjectKind::ORDER:
      return "order";
    case SubjectKind::PAYMENT:
      return "payment";
  }
  return "subject";
}

Verdict may_approve_order(const Asked& asked, const Uuid& budget) {
  const auto& done = duty_of(asked, budget);
  if (done.brokered)
    return did_before(asked, "brokered for", "budget", budget, "approve its brokerage",
                      Power::APPROVE);
  if (done.paid || done.approved_payment)
    return did_before(asked, "handles payments of", "budget", budget, "approve its brokerage",
                      Power::APPROVE);
  return holds;
}

Verdict may_approve_payment(const Asked& asked, const Uuid& budget) {
  const auto& done = duty_of(asked, budget);
  if (done.paid)
    return did_before(asked, "instructed payments of", "budget", budget, "approve them",
                      Power::APPROVE);
  if (done.brokered || done.approved_brokerage)
    return did_before(asked, "took part in brokerage for", "budget", budget, "approve its payments",
                      Power::APPROVE);
  return holds;
}

/// Whether these amounts, with what the officer approved before of the same subject, are of both
/// sectors.
bool joins_education_and_care(const Asked& asked, Body<schema::ApprovalGiven> given) {
  Sectors sectors;
  for (const auto amount : given.getAmounts()) sectors.add(amount.getStrand().getSector());
  if (const auto* row = asked.state.approvals.find({read(given.getSubject())}))
    for (const auto& earlier : row->given)
      if (earlier.officer == asked.officer && earlier.organisation == asked.publisher)
        sectors.add(earlier.strand.sector);
  return sectors.has(Sector::EDUCATION) && sectors.has(Sector::SOCIAL_CARE);
}

}  // namespace

Verdict executive_decision_is_recorded(const Asked& asked, Body<schema::ApprovalGiven> given) {
  return asked.event.getAuthority().size() == 0 ? Verdict(holds) : is_recorded(given);
}

Verdict officer_decision_is_recorded(const Asked& asked, Body<schema::ApprovalGiven> given) {
  return asked.event.getAuthority().size() == 0 ? is_recorded(given) : Verdict(holds);
}

Verdict duties_are_apart(const Asked& asked, Body<schema::ApprovalGiven> given) {
  const auto subject = read(given.getSubject());
  if (duty_of(asked, subject).proposed)
    return did_before(asked, "proposed", what(given.getKind()), subject, "approve it",
                      Power::APPROVE);
  const auto budget = duty_subject(asked.state, subject, given.getKind());
  if (given.getKind() == SubjectKind::ORDER) return may_approve_order(asked, budget);
  if (given.getKind() == SubjectKind::PAYMENT) return may_approve_payment(asked, budget);
  if (joins_education_and_care(asked, given))
    return breaks("officer", asked.officer,
                  " cannot approve both the education and the socialCare money of one ",
                  what(given.getKind()), ". Let another officer approve one of them. ",
                  ask_another(asked, Power::APPROVE));
  return holds;
}

Verdict duties_are_apart(const Asked& asked, Body<schema::OrderPlaced> placed) {
  const auto budget = read(placed.getBudget());
  const auto& done = duty_of(asked, budget);
  if (done.approved_brokerage)
    return did_before(asked, "approved brokerage for", "budget", budget, "broker for it",
                      Power::BROKER);
  if (done.paid || done.approved_payment)
    return did_before(asked, "handles payments of", "budget", budget, "broker for it",
                      Power::BROKER);
  return holds;
}

Verdict duties_are_apart(const Asked& asked, Body<schema::PaymentInstructed> instructed) {
  const auto budget = read(instructed.getBudget());
  const auto& done = duty_of(asked, budget);
  if (done.approved_payment)
    return did_before(asked, "approved payments of", "budget", budget, "instruct them", Power::PAY);
  if (done.brokered || done.approved_brokerage)
    return did_before(asked, "took part in brokerage for", "budget", budget, "pay for it",
                      Power::PAY);
  return holds;
}

Verdict duties_are_apart(const Asked& asked, Body<schema::UpliftApproved> approved) {
  if (view(approved.getProposedBy()) != asked.officer) return holds;
  return did_before(asked, "proposed", "uplift", read(approved.getRun()), "approve it",
                    Power::APPROVE);
}

Verdict review_finds_four_things(const Asked&, Body<schema::ReviewCompleted> review) {
  using Found = schema::ReviewCompleted::Finding;
  const std::pair<std::string_view, Found> findings[] = {
      {"planStillRight", review.getPlanStillRight()},
      {"moneyUsedEffectively", review.getMoneyUsedEffectively()},
      {"amountSufficient", review.getAmountSufficient()},
      {"obligationsMet", review.getObligationsMet()}};
  for (const auto& [field, found] : findings)
    if (found == Found::NOT_FOUND)
      return breaks(
          std::string(field),
          "A review finds four things, and this one is missing. Find out, and say yes or no.");
  return holds;
}

}  // namespace braid::ledger
