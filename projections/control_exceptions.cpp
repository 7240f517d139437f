#include "projections/fold.hpp"
#include "projections/schema/views.rows.hpp"
#include "projections/subject.hpp"

namespace braid::projections {

namespace {

struct ControlExceptionTables {
  Table<ControlExceptionRow> rows;
  ControlExceptionTables(const RowReader& store, TableSet& set) : rows(store) { set.add(rows); }
};

void add(ControlExceptionTables& tables, const Record& record, std::uint16_t number,
         std::string_view outcome, schema::Finding::Reader finding) {
  auto& row = tables.rows.change({record.sequence(), number});
  row.outcome = outcome;
  row.rule = finding.getRule();
  row.field = finding.getField();
  row.sentence = finding.getSentence();
  row.recorded_at = record.head.recorded_at_us;
  if (!record.has_event()) {  // a whole submission whose key had no say
    row.event = read(record.entry.getRefused().getId());
    return;
  }
  row.event = id_of(record.event);
  row.kind = info_of(record.kind).name;
  row.publisher = record.event.getPublisher();
  row.officer = record.event.getOfficer();
  row.place = record.event.getPlace();
  row.subject = subject_of(record.event);
  row.effective = record.event.getEffective();
}

void fold_entry(ControlExceptionTables& tables, const Record& record) {
  if (record.entry.isRefused())
    add(tables, record, 0, "refused", record.entry.getRefused().getFinding());
  if (!record.is_accepted()) return;
  std::uint16_t number = 0;
  for (const auto flag : record.entry.getAccepted().getFlags())
    add(tables, record, number++, "flagged", flag);
}

}  // namespace

const Projection control_exceptions_projection = {"control_exceptions", 1,
                                                  TableFold<ControlExceptionTables>::start};

}  // namespace braid::projections
