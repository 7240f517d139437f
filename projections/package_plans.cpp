#include <algorithm>

#include "projections/packages.hpp"

namespace braid::projections {

namespace {

JointOutcome* outcome_numbered(std::vector<JointOutcome>& outcomes, std::uint16_t number) {
  const auto found = std::ranges::find(outcomes, number, &JointOutcome::number);
  return found == outcomes.end() ? nullptr : &*found;
}

void take_line(PackagePlanRow& plan, schema::PlanLine::Reader line) {
  plan.lines.push_back({.number = line.getNumber(),
                        .outcome = line.getOutcome(),
                        .category = line.getCategory(),
                        .strand = read(line.getStrand()),
                        .pence = line.getPence(),
                        .cost = line.getCost(),
                        .funder = line.getFunder(),
                        .method = {}});
}

}  // namespace

void fold(PackageTables& tables, const Record&, Body<schema::BudgetRequested> requested) {
  auto& row = tables.requests.change({read(requested.getPerson()), requested.getScheme()});
  row.requested = requested.getOn();
}

void fold(PackageTables& tables, const Record& record, Body<schema::RequestDecided> decided) {
  if (decided.getOutcome() != schema::RequestOutcome::GRANTED) return;
  // A decision names the request, not its scheme: it answers whatever the person has open.
  const PersonToken person = read(decided.getPerson());
  for (std::uint16_t scheme = 0; scheme <= static_cast<std::uint16_t>(schema::Scheme::OTHER_HEALTH);
       ++scheme) {
    const auto* open = tables.requests.find({person, static_cast<schema::Scheme>(scheme)});
    if (open == nullptr || open->requested == no_day || open->decided != no_day) continue;
    tables.requests.change({person, static_cast<schema::Scheme>(scheme)}).decided =
        record.event.getEffective();
  }
}

void fold(PackageTables& tables, const Record&, Body<schema::EhcPlanIssued> issued) {
  auto* plan = tables.plans.change_existing({read(issued.getPlan())});
  if (plan == nullptr) return;
  plan->ehc_plan_issued = true;
  plan->section_j = issued.getSectionJ();
  auto* joint = tables.joint_of(plan->budget);
  if (joint == nullptr) return;
  for (const auto& strand : joint->strands) {
    if (strand.strand.sector != Sector::EDUCATION) continue;
    auto& row =
        tables.education.change({joint->budget, strand.strand.organisation, strand.strand.fund});
    row.ehc_plan_issued = true;
    row.section_j = plan->section_j;
  }
}

void fold(PackageTables& tables, const Record&, Body<schema::PlanProposed> proposed) {
  auto& plan = tables.plans.change({read(proposed.getPlan())});
  plan.person = read(proposed.getPerson());
  for (const auto line : proposed.getLines()) take_line(plan, line);
  for (const auto outcome : proposed.getOutcomes())
    plan.outcomes.push_back({.number = outcome.getNumber(),
                             .wellbeing = outcome.getWellbeing(),
                             .words = read(outcome.getWords()),
                             .reported = false,
                             .achieved = 0,
                             .holder_words = {}});
}

void fold(PackageTables& tables, const Record&, Body<schema::PlanSignedOff> signed_off) {
  auto* plan = tables.plans.change_existing({read(signed_off.getPlan())});
  if (plan == nullptr) return;
  plan->signed_off = true;
  if (auto* joint = tables.joint_of(plan->budget)) joint->signed_off = true;
}

void fold(PackageTables& tables, const Record& record, Body<schema::ApprovalGiven> given) {
  auto* plan = tables.plans.change_existing({read(given.getSubject())});
  if (plan == nullptr) return;
  for (const auto amount : given.getAmounts())
    plan->approvals.push_back(
        {.strand = read(amount.getStrand()), .officer = record.event.getOfficer()});
}

void fold(PackageTables& tables, const Record&, Body<schema::ReviewCompleted> reviewed) {
  auto* joint = tables.joint_of(read(reviewed.getBudget()));
  if (joint == nullptr) return;
  for (const auto& strand : joint->strands) {
    const auto& [organisation, sector, fund] = strand.strand;
    if (sector == Sector::HEALTH)
      tables.health.change({joint->budget, organisation, fund}).review_due = reviewed.getNextDue();
    if (sector == Sector::SOCIAL_CARE)
      tables.social_care.change({joint->budget, organisation, fund}).review_due =
          reviewed.getNextDue();
    if (sector == Sector::EDUCATION)
      tables.education.change({joint->budget, organisation, fund}).annual_review_due =
          reviewed.getNextDue();
  }
}

void fold(PackageTables& tables, const Record&, Body<schema::OutcomeReported> reported) {
  auto* plan = tables.plans.change_existing({read(reported.getPlan())});
  if (plan == nullptr) return;
  const auto take = [&](std::vector<JointOutcome>& outcomes) {
    auto* outcome = outcome_numbered(outcomes, reported.getOutcome());
    if (outcome == nullptr) return false;
    const bool first = !std::exchange(outcome->reported, true);
    outcome->achieved = static_cast<std::uint16_t>(reported.getAchieved());
    outcome->holder_words = read(reported.getWords());
    return first;
  };
  const bool first = take(plan->outcomes);
  auto* joint = tables.joint_of(plan->budget);
  if (joint == nullptr) return;
  take(joint->outcomes);
  for (const auto& strand : joint->strands)
    if (strand.strand.sector == Sector::HEALTH && first)
      ++tables.health.change({joint->budget, strand.strand.organisation, strand.strand.fund})
            .outcomes_reported;
}

}  // namespace braid::projections
