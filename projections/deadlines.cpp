#include <algorithm>

#include "events/date.hpp"
#include "projections/fold.hpp"
#include "projections/schema/views.rows.hpp"

namespace braid::projections {

namespace {

struct DeadlineTables {
  Table<DeadlineRow> rows;
  Table<DeadlineBudgetRow> budgets;
  DeadlineTables(const RowReader& store, TableSet& set) : rows(store), budgets(store) {
    set.add(rows);
    set.add(budgets);
  }
};

/// The reviews that a first direct payment starts, by the sector of the strand that pays.
struct ReviewRule {
  Sector sector;
  std::string_view rule;
  int first_months;  ///< from the first payment
  int then_months;   ///< from each review
};
constexpr ReviewRule review_rules[] = {
    {Sector::HEALTH, "R16", 3, 12},  // SI 2013/1617 (wording read in its predecessor)
    {Sector::SOCIAL_CARE, "R32", 6,
     12},                               // Care and Support (Direct Payments) Regulations 2014 reg 7
    {Sector::EDUCATION, "R42", 3, 12},  // SI 2014/1652 reg 11
};

DeadlineRow& start(DeadlineTables& tables, const Record& record, std::string_view rule,
                   const Uuid& subject, const PersonToken& person, Date since, Date due) {
  auto& row = tables.rows.change({std::string(rule), subject});
  row.person = person;
  row.place = record.event.getPlace();
  row.since = since.days;
  row.due = due.days;
  row.last_sequence = record.sequence();
  return row;
}

void finish(DeadlineTables& tables, const Record& record, std::string_view rule,
            const Uuid& subject, std::int32_t on) {
  auto* row = tables.rows.change_existing({std::string(rule), subject});
  if (row == nullptr || row->done != no_day) return;
  row->done = on;
  row->last_sequence = record.sequence();
}

/// The first direct payment from a strand starts the clock of its sector's reviews; the regulations
/// are about no other.
void pay(DeadlineTables& tables, const Record& record, const Uuid& budget,
         capnp::List<schema::StrandAmount>::Reader amounts, Date on) {
  const auto* known = tables.budgets.find({budget});
  if (known == nullptr) return;
  for (const auto amount : amounts)
    for (const auto& review : review_rules) {
      if (amount.getStrand().getSector() != review.sector) continue;
      if (tables.rows.find({std::string(review.rule), budget}) != nullptr) continue;
      auto& row = start(tables, record, review.rule, budget, known->person, on,
                        add_months(on, review.first_months));
      row.organisation = amount.getStrand().getOrganisation();
    }
}

void fold(DeadlineTables& tables, const Record&, Body<schema::BudgetOpened> opened) {
  tables.budgets.change({read(opened.getBudget())}).person = read(opened.getPerson());
}

void fold(DeadlineTables& tables, const Record& record, Body<schema::AccountCredited> credited) {
  pay(tables, record, read(credited.getBudget()), credited.getAmounts(), Date{credited.getOn()});
}

/// A review answers every clock of its budget, and starts the next: at the day it sets, at most the
/// rule's months on.
void fold(DeadlineTables& tables, const Record& record, Body<schema::ReviewCompleted> reviewed) {
  const Uuid budget = read(reviewed.getBudget());
  for (const auto& review : review_rules) {
    auto* row = tables.rows.change_existing({std::string(review.rule), budget});
    if (row == nullptr) continue;
    const auto latest = add_months(Date{reviewed.getOn()}, review.then_months);
    row->since = reviewed.getOn();
    row->due = std::min(latest.days, reviewed.getNextDue());
    row->last_sequence = record.sequence();
  }
}

void fold(DeadlineTables& tables, const Record& record, Body<schema::BudgetClosed> closed) {
  for (const auto& review : review_rules)
    finish(tables, record, review.rule, read(closed.getBudget()), closed.getOn());
}

/// 28 days for continuing healthcare (R63), 20 weeks for an education, health and care plan (R47).
void fold(DeadlineTables& tables, const Record& record,
          Body<schema::EligibilityRequested> requested) {
  const Date on{requested.getOn()};
  const Uuid request = read(requested.getRequest());
  const PersonToken person = read(requested.getPerson());
  if (requested.getScheme() == schema::Scheme::CHC)
    start(tables, record, "R63", request, person, on, add_days(on, 28)).organisation =
        record.event.getPublisher();
  if (requested.getScheme() == schema::Scheme::EHC_PLAN)
    start(tables, record, "R47", request, person, on, add_weeks(on, 20)).organisation =
        record.event.getPublisher();
}

void fold(DeadlineTables& tables, const Record& record, Body<schema::EligibilityDecided> decided) {
  finish(tables, record, "R63", read(decided.getRequest()), decided.getFrom());
}

void fold(DeadlineTables& tables, const Record& record, Body<schema::EhcPlanIssued> issued) {
  finish(tables, record, "R47", read(issued.getRequest()), record.event.getEffective());
}

LeftAlone fold(DeadlineTables&, const Record&, RegisterKind auto) { return {}; }
LeftAlone fold(DeadlineTables&, const Record&, PersonKind auto) { return {}; }
LeftAlone fold(DeadlineTables&, const Record&, PlanKind auto) { return {}; }
LeftAlone fold(DeadlineTables&, const Record&, BudgetKind auto) { return {}; }
LeftAlone fold(DeadlineTables&, const Record&, PurchaseKind auto) { return {}; }
LeftAlone fold(DeadlineTables&, const Record&, PaymentKind auto) { return {}; }
LeftAlone fold(DeadlineTables&, const Record&, PoolKind auto) { return {}; }
LeftAlone fold(DeadlineTables&, const Record&, OutcomeKind auto) { return {}; }

}  // namespace

const Projection deadlines_projection = {"deadlines", 1, TableFold<DeadlineTables>::start};

}  // namespace braid::projections
