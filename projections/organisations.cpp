#include "projections/fold.hpp"
#include "projections/schema/views.rows.hpp"

namespace braid::projections {

namespace {

struct OrganisationTables {
  Table<OrganisationRow> rows;
  OrganisationTables(const RowReader& store, TableSet& set) : rows(store) { set.add(rows); }
};

OrganisationRow& organisation(OrganisationTables& tables, const Record& record, std::string code) {
  auto& row = tables.rows.change({std::move(code)});
  row.last_sequence = record.sequence();
  return row;
}

void fold(OrganisationTables& tables, const Record& record,
          Body<schema::OrganisationRegistered> registered) {
  auto& row = organisation(tables, record, registered.getOrganisation());
  row.name = registered.getName();
  row.kind = registered.getKind();
  row.gss = registered.getGss();
  row.from = registered.getFrom();
}

void fold(OrganisationTables& tables, const Record& record,
          Body<schema::OrganisationSucceeded> succeeded) {
  for (const auto predecessor : succeeded.getPredecessors()) {
    auto& row = organisation(tables, record, predecessor);
    row.abolished = succeeded.getOn();
    row.successors.clear();
    for (const auto share : succeeded.getSuccessors())
      row.successors.emplace_back(share.getOrganisation());
  }
}

void fold(OrganisationTables& tables, const Record& record, Body<schema::OfficerAppointed>) {
  ++organisation(tables, record, record.event.getPublisher()).officers;
}

void fold(OrganisationTables& tables, const Record& record, Body<schema::OfficerEnded>) {
  auto& row = organisation(tables, record, record.event.getPublisher());
  if (row.officers > 0) --row.officers;
}

void fold(OrganisationTables& tables, const Record& record, Body<schema::SigningKeyAdded> added) {
  ++organisation(tables, record, added.getOrganisation()).keys;
}

void fold(OrganisationTables& tables, const Record& record,
          Body<schema::SigningKeyRevoked> revoked) {
  auto& row = organisation(tables, record, revoked.getOrganisation());
  if (row.keys > 0) --row.keys;
}

LeftAlone fold(OrganisationTables&, const Record&, RegisterKind auto) { return {}; }
LeftAlone fold(OrganisationTables&, const Record&, PersonKind auto) { return {}; }
LeftAlone fold(OrganisationTables&, const Record&, PlanKind auto) { return {}; }
LeftAlone fold(OrganisationTables&, const Record&, BudgetKind auto) { return {}; }
LeftAlone fold(OrganisationTables&, const Record&, PurchaseKind auto) { return {}; }
LeftAlone fold(OrganisationTables&, const Record&, PaymentKind auto) { return {}; }
LeftAlone fold(OrganisationTables&, const Record&, PoolKind auto) { return {}; }
LeftAlone fold(OrganisationTables&, const Record&, OutcomeKind auto) { return {}; }

}  // namespace

const Projection organisations_projection = {"organisations", 1,
                                             TableFold<OrganisationTables>::start};

}  // namespace braid::projections
