#include "events/date.hpp"
#include "events/split.hpp"
#include "projections/packages.hpp"

namespace braid::projections {

namespace {

/// The first direct payment from a strand sets when its first review is due: health 3 months (R16),
/// social care 6 (R32), education 3 (R42). `deadlines` keeps the same clock for who must act.
void start_review_clock(PackageTables& tables, const Uuid& budget,
                        capnp::List<schema::StrandAmount>::Reader amounts, Date on) {
  if (tables.joint_of(budget) == nullptr) return;
  const auto start = [](std::int32_t& due, Date first) {
    if (due == no_day) due = first.days;
  };
  for (const auto amount : amounts) {
    const Strand strand = read(amount.getStrand());
    change_sector_row(tables, budget, strand, [&](auto& row) {
      using Row = std::remove_cvref_t<decltype(row)>;
      if constexpr (std::same_as<Row, HealthRow>) start(row.review_due, add_months(on, 3));
      if constexpr (std::same_as<Row, SocialCareRow>) start(row.review_due, add_months(on, 6));
      if constexpr (std::same_as<Row, EducationRow>)
        start(row.annual_review_due, add_months(on, 3));
    });
  }
}

std::int64_t& contribution_received(PackageTables& tables, const PackageContributionRow& paid) {
  return tables.social_care.change({paid.budget, paid.towards.organisation, paid.towards.fund})
      .contribution_received;
}

/// Kept by event, for the postings of a contribution, and so of its reversal, do not say towards
/// whose care it was.
void contribute(PackageTables& tables, const Record& record, const Uuid& budget,
                const Strand& towards, std::int64_t pence) {
  if (towards.sector != Sector::SOCIAL_CARE || tables.joint_of(budget) == nullptr) return;
  auto& paid = tables.contributions.change({id_of(record.event)});
  paid.budget = budget;
  paid.towards = towards;
  paid.pence = pence;
  contribution_received(tables, paid) += pence;
}

}  // namespace

void fold(PackageTables& tables, const Record& record,
          Body<schema::ContributionReceived> received) {
  contribute(tables, record, read(received.getBudget()), read(received.getTowards()),
             received.getPence());
}

void fold(PackageTables& tables, const Record& record,
          Body<schema::ContributionRefunded> refunded) {
  contribute(tables, record, read(refunded.getBudget()), read(refunded.getTowards()),
             -refunded.getPence());
}

void fold(PackageTables& tables, const Record&, Body<schema::EventReversed> reversed) {
  if (const auto* paid = tables.contributions.find({read(reversed.getEvent())}))
    contribution_received(tables, *paid) -= paid->pence;
}

void fold(PackageTables& tables, const Record&, Body<schema::OrderPlaced> placed) {
  auto& order = tables.orders.change({read(placed.getOrder())});
  order.budget = read(placed.getBudget());
  order.amounts.clear();
  for (const auto amount : placed.getAmounts()) order.amounts.push_back(read(amount));
}

/// What was delivered is worth so much of the order; it falls on the strands as the order does,
/// exactly.
void fold(PackageTables& tables, const Record&, Body<schema::ServiceDelivered> delivered) {
  const auto* order = tables.orders.find({read(delivered.getOrder())});
  if (order == nullptr) return;
  auto* joint = tables.joint_of(order->budget);
  if (joint == nullptr) return;
  std::vector<std::int64_t> weights;
  for (const auto& amount : order->amounts) weights.push_back(amount.pence);
  const auto shares = split(delivered.getPence(), weights);
  for (std::size_t i = 0; i < order->amounts.size(); ++i) {
    const auto& strand = order->amounts[i].strand;
    if (shares)
      change_progress(tables, *joint, strand,
                      [&](Progress& progress) { progress.delivered += (*shares)[i]; });
    if (i == 0 && strand.sector == Sector::SOCIAL_CARE)
      tables.social_care.change({joint->budget, strand.organisation, strand.fund}).unpaid_minutes +=
          delivered.getUnpaidMinutes();
  }
}

void fold(PackageTables& tables, const Record&, Body<schema::InvoiceReceived> invoice) {
  const auto* order = tables.orders.find({read(invoice.getOrder())});
  if (order == nullptr) return;
  auto* joint = tables.joint_of(order->budget);
  if (joint == nullptr) return;
  for (const auto amount : invoice.getAmounts())
    change_progress(tables, *joint, read(amount.getStrand()),
                    [&](Progress& progress) { progress.invoiced += amount.getPence(); });
}

void fold(PackageTables& tables, const Record&, Body<schema::AccountCredited> credited) {
  start_review_clock(tables, read(credited.getBudget()), credited.getAmounts(),
                     Date{credited.getOn()});
}

void fold(PackageTables& tables, const Record&, Body<schema::PersonalAssistantEngaged> engaged) {
  auto* joint = tables.joint_of(read(engaged.getBudget()));
  if (joint == nullptr) return;
  auto& assistant = joint->assistants.emplace_back();
  assistant.engagement = read(engaged.getEngagement());
  assistant.weekly_minutes = engaged.getWeeklyMinutes();
  assistant.hourly = engaged.getHourly();
  for (const auto cost : engaged.getHiddenCosts())
    (cost.getCost() == schema::CostPlace::IN_BUDGET ? assistant.hidden_in_budget
                                                    : assistant.hidden_separate) +=
        cost.getYearly();
}

}  // namespace braid::projections
