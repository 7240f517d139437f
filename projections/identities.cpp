#include "events/date.hpp"
#include "projections/fold.hpp"
#include "projections/schema/views.rows.hpp"

namespace braid::projections {

namespace {

struct IdentityTables {
  Table<IdentityRow> identities;
  Table<OpeningRow> openings;
  Table<LegalBasisRow> bases;
  Table<ErasureRow> erasures;
  IdentityTables(const RowReader& store, TableSet& set)
      : identities(store, set), openings(store, set), bases(store, set), erasures(store, set) {}
};

IdentityRow& identity(IdentityTables& tables, const Record& record, const PersonToken& person) {
  auto& row = tables.identities.change({person});
  row.last_sequence = record.sequence();
  return row;
}

void fold(IdentityTables& tables, const Record& record, Body<schema::PersonLinked> linked) {
  auto& row = identity(tables, record, read(linked.getPerson()));
  row.linked_by = record.event.getPublisher();
  row.linked = record.event.getEffective();
}

void fold(IdentityTables& tables, const Record& record, Body<schema::LegalBasisRecorded> recorded) {
  auto& row = tables.bases.change(
      {read(recorded.getPerson()), std::string(record.event.getPublisher().cStr())});
  row.basis = recorded.getBasis();
  row.condition = recorded.getCondition();
  row.authority = record.event.getAuthority();
  row.from = recorded.getFrom();
  row.until = recorded.getUntil();
  row.last_sequence = record.sequence();
}

void fold(IdentityTables& tables, const Record& record, Body<schema::IdentityOpened> opened) {
  const auto person = read(opened.getPerson());
  ++identity(tables, record, person).openings;
  auto& opening = tables.openings.change({person, record.sequence()});
  opening.organisation = record.event.getPublisher();
  opening.officer = record.event.getOfficer();
  opening.purpose = opened.getPurpose();
  opening.event = read(opened.getEvent());
  opening.place = record.event.getPlace();
  opening.recorded_at = record.head.recorded_at_us;
}

void fold(IdentityTables& tables, const Record& record, Body<schema::IdentityErased> erased) {
  const auto person = read(erased.getPerson());
  identity(tables, record, person).erased = date_of(Instant{record.head.recorded_at_us}).days;
  auto& row = tables.erasures.change({record.sequence()});
  row.person = person;
  row.organisation = record.event.getPublisher();
  row.officer = record.event.getOfficer();
  row.ground = erased.getGround();
  row.by = erased.getBy();
  row.place = record.event.getPlace();
  row.effective = record.event.getEffective();
  row.recorded_at = record.head.recorded_at_us;
}

LeftAlone fold(IdentityTables&, const Record&, RegisterKind auto) { return {}; }
LeftAlone fold(IdentityTables&, const Record&, PersonKind auto) { return {}; }
LeftAlone fold(IdentityTables&, const Record&, PlanKind auto) { return {}; }
LeftAlone fold(IdentityTables&, const Record&, BudgetKind auto) { return {}; }
LeftAlone fold(IdentityTables&, const Record&, PurchaseKind auto) { return {}; }
LeftAlone fold(IdentityTables&, const Record&, PaymentKind auto) { return {}; }
LeftAlone fold(IdentityTables&, const Record&, PoolKind auto) { return {}; }
LeftAlone fold(IdentityTables&, const Record&, OutcomeKind auto) { return {}; }

}  // namespace

const Projection identities_projection = {"identities", 1, TableFold<IdentityTables>::start};

}  // namespace braid::projections
