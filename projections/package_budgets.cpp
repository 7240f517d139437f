#include <algorithm>

#include "projections/packages.hpp"

namespace braid::projections {

namespace {

schema::Method method_of(const JointBudgetRow& joint, const Strand& strand) {
  for (const auto& line : joint.lines)
    if (line.cost == schema::CostPlace::IN_BUDGET && line.strand == strand) return line.method;
  return schema::Method::NOTIONAL;
}

/// A budget is live when every strand that its plan's lines name is agreed.
bool all_strands_agreed(JointBudgetRow& joint) {
  return std::ranges::all_of(joint.lines, [&](const JointLine& line) {
    return line.cost != schema::CostPlace::IN_BUDGET || strand_of(joint, line.strand) != nullptr;
  });
}

void fill_common(auto& row, const JointBudgetRow& joint, const Strand& strand,
                 Body<schema::StrandAgreed> agreed) {
  row.person = joint.person;
  row.plan = joint.plan;
  row.place = joint.place;
  row.scheme = joint.scheme;
  row.method = method_of(joint, strand);
  row.rate_pence = agreed.getRate().getPence();
  row.rate_period = agreed.getRate().getPeriod();
}

void fill_health(PackageTables& tables, HealthRow& row, const JointBudgetRow& joint) {
  row.lead_payer = joint.lead_payer;
  row.plan_outcomes = static_cast<std::uint16_t>(joint.outcomes.size());
  const auto* request = tables.requests.find({joint.person, joint.scheme});
  if (request == nullptr) return;
  row.requested = request->requested;
  row.decided = request->decided;
  if (row.requested != no_day && row.decided != no_day)
    row.decision_days = row.decided - row.requested;
}

void fill_social_care(SocialCareRow& row, const JointBudgetRow& joint,
                      Body<schema::StrandAgreed> agreed) {
  row.cost += agreed.getPence();
  row.adult_pays += agreed.getAdultPays();
  row.council_pays += agreed.getBodyPays();
  row.carer = joint.scheme == schema::Scheme::CARER;
}

void fill_education(PackageTables& tables, EducationRow& row, const JointBudgetRow& joint,
                    const Strand& strand) {
  if (const auto* plan = tables.plans.find({joint.plan})) {
    row.ehc_plan_issued = plan->ehc_plan_issued;
    row.section_j = plan->section_j;
  }
  for (const auto& line : joint.lines) {
    if (line.strand != strand || line.cost != schema::CostPlace::IN_BUDGET) continue;
    row.provision = line.category;
    break;
  }
}

JointStrand& add_strand(PackageTables& tables, JointBudgetRow& joint, const Strand& strand) {
  if (auto* known = strand_of(joint, strand)) return *known;
  tables.budgets.change({joint.budget}).strands.push_back(strand);
  auto& added = joint.strands.emplace_back();
  added.strand = strand;
  if (const auto* plan = tables.plans.find({joint.plan}))
    for (const auto& approval : plan->approvals)
      if (approval.strand == strand) added.approved_by = approval.officer;
  return added;
}

void go_live(PackageTables& tables, JointBudgetRow& joint, std::int32_t on) {
  joint.live = true;
  for (const auto& strand : joint.strands)
    change_sector_row(tables, joint.budget, strand.strand, [&](auto& row) { row.live = on; });
}

}  // namespace

void fold(PackageTables& tables, const Record& record, Body<schema::BudgetOpened> opened) {
  const Uuid budget = read(opened.getBudget());
  auto& known = tables.budgets.change({budget});
  known.person = read(opened.getPerson());
  known.plan = read(opened.getPlan());
  known.scheme = opened.getScheme();
  auto& joint = tables.joint.change({known.person, budget});
  joint.plan = known.plan;
  joint.place = record.event.getPlace();
  joint.scheme = known.scheme;
  joint.lead_payer = opened.getLeadPayer();
  joint.from = opened.getFrom();
  joint.to = opened.getTo();
  auto* plan = tables.plans.change_existing({known.plan});
  if (plan == nullptr) return;
  plan->budget = budget;
  joint.signed_off = plan->signed_off;
  joint.lines = plan->lines;
  joint.outcomes = plan->outcomes;
  for (auto& line : joint.lines) {
    if (line.cost == schema::CostPlace::IN_BUDGET) joint.cost += line.pence;
    for (const auto chosen : opened.getLines())
      if (chosen.getLine() == line.number) line.method = chosen.getMethod();
  }
}

void fold(PackageTables& tables, const Record& record, Body<schema::StrandAgreed> agreed) {
  auto* joint = tables.joint_of(read(agreed.getBudget()));
  if (joint == nullptr) return;
  const Strand strand = read(agreed.getStrand());
  auto& own = add_strand(tables, *joint, strand);
  own.rate_pence = agreed.getRate().getPence();
  own.rate_period = agreed.getRate().getPeriod();
  own.adult_pays += agreed.getAdultPays();
  change_progress(tables, *joint, strand,
                  [&](Progress& progress) { progress.agreed += agreed.getBodyPays(); });
  change_sector_row(tables, joint->budget, strand, [&](auto& row) {
    fill_common(row, *joint, strand, agreed);
    using Row = std::remove_cvref_t<decltype(row)>;
    if constexpr (std::same_as<Row, HealthRow>) fill_health(tables, row, *joint);
    if constexpr (std::same_as<Row, SocialCareRow>) fill_social_care(row, *joint, agreed);
    if constexpr (std::same_as<Row, EducationRow>) fill_education(tables, row, *joint, strand);
  });
  if (!joint->live && all_strands_agreed(*joint))
    go_live(tables, *joint, record.event.getEffective());
}

void fold(PackageTables& tables, const Record&, Body<schema::UpliftApplied> uplift) {
  auto* joint = tables.joint_of(read(uplift.getBudget()));
  if (joint == nullptr) return;
  change_progress(tables, *joint, read(uplift.getStrand()),
                  [&](Progress& progress) { progress.agreed += uplift.getPence(); });
}

void fold(PackageTables& tables, const Record&, Body<schema::ContributionAssessed> assessed) {
  auto* joint = tables.joint_of(read(assessed.getBudget()));
  if (joint == nullptr) return;
  for (const auto share : assessed.getShares()) {
    const Strand strand = read(share.getStrand());
    if (auto* own = strand_of(*joint, strand)) own->contribution_weekly = share.getWeekly();
    if (strand.sector == Sector::SOCIAL_CARE)
      tables.social_care.change({joint->budget, strand.organisation, strand.fund})
          .contribution_weekly = share.getWeekly();
  }
}

void fold(PackageTables& tables, const Record&, Body<schema::PaymentsStopped> stopped) {
  if (auto* joint = tables.joint_of(read(stopped.getBudget()))) joint->stopped = true;
}

void fold(PackageTables& tables, const Record&, Body<schema::BudgetClosed> closed) {
  auto* joint = tables.joint_of(read(closed.getBudget()));
  if (joint == nullptr) return;
  joint->closed = true;
  for (const auto& strand : joint->strands)
    change_sector_row(tables, joint->budget, strand.strand,
                      [&](auto& row) { row.closed = closed.getOn(); });
}

}  // namespace braid::projections
