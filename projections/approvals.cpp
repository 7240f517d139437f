#include "projections/fold.hpp"
#include "projections/schema/views.rows.hpp"

namespace braid::projections {

namespace {

struct ApprovalTables {
  Table<ApprovalRow> rows;
  ApprovalTables(const RowReader& store, TableSet& set) : rows(store) { set.add(rows); }
};

/// A decision's row: who said what of which subject.
template <class Decision>
ApprovalRow& decide(ApprovalTables& tables, const Record& record, Decision decision,
                    std::string_view outcome) {
  auto& row = tables.rows.change({read(decision.getSubject()), record.sequence()});
  row.kind = decision.getKind();
  row.outcome = outcome;
  row.organisation = record.event.getPublisher();
  row.officer = record.event.getOfficer();
  row.effective = record.event.getEffective();
  row.recorded_at = record.head.recorded_at_us;
  return row;
}

void take_amounts(ApprovalRow& row, capnp::List<schema::StrandAmount>::Reader amounts) {
  for (const auto amount : amounts) {
    row.strands.push_back(read(amount));
    row.pence += amount.getPence();
  }
}

void fold(ApprovalTables& tables, const Record& record, Body<schema::ApprovalRequested> requested) {
  take_amounts(decide(tables, record, requested, "requested"), requested.getAmounts());
}

void fold(ApprovalTables& tables, const Record& record, Body<schema::ApprovalGiven> given) {
  auto& row = decide(tables, record, given, "given");
  take_amounts(row, given.getAmounts());
  row.interests_declared = given.getInterestsDeclared();
}

void fold(ApprovalTables& tables, const Record& record, Body<schema::ApprovalRefused> refused) {
  decide(tables, record, refused, "refused");
}

LeftAlone fold(ApprovalTables&, const Record&, RegisterKind auto) { return {}; }
LeftAlone fold(ApprovalTables&, const Record&, PersonKind auto) { return {}; }
LeftAlone fold(ApprovalTables&, const Record&, PlanKind auto) { return {}; }
LeftAlone fold(ApprovalTables&, const Record&, BudgetKind auto) { return {}; }
LeftAlone fold(ApprovalTables&, const Record&, PurchaseKind auto) { return {}; }
LeftAlone fold(ApprovalTables&, const Record&, PaymentKind auto) { return {}; }
LeftAlone fold(ApprovalTables&, const Record&, PoolKind auto) { return {}; }
LeftAlone fold(ApprovalTables&, const Record&, OutcomeKind auto) { return {}; }

}  // namespace

const Projection approvals_projection = {"approvals", 1, TableFold<ApprovalTables>::start};

}  // namespace braid::projections
