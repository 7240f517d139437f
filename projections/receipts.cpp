#include "projections/fold.hpp"
#include "projections/schema/views.rows.hpp"

namespace braid::projections {

namespace {

struct ReceiptTables {
  Table<ReceiptRow> rows;
  ReceiptTables(const RowReader& store, TableSet& set) : rows(store) { set.add(rows); }
};

void accept(ReceiptTables& tables, const Record& record) {
  auto& row = tables.rows.change({id_of(record.event)});
  row.sequence = record.sequence();
  row.outcome = stored::ReceiptRow::Outcome::ACCEPTED;
  row.rule.clear();
  row.field.clear();
  row.flags = static_cast<std::uint16_t>(record.entry.getAccepted().getFlags().size());
}

/// A refused event may be sent again and is judged afresh: the row says the last. One that reuses
/// an accepted event's identifier leaves that event's row as it was.
void refuse(ReceiptTables& tables, const Record& record) {
  const auto refused = record.entry.getRefused();
  const Uuid id = read(refused.getId());
  const auto* before = tables.rows.find({id});
  if (before != nullptr && before->outcome == stored::ReceiptRow::Outcome::ACCEPTED) return;
  auto& row = tables.rows.change({id});
  row.sequence = record.sequence();
  row.outcome = stored::ReceiptRow::Outcome::REFUSED;
  row.rule = refused.getFinding().getRule();
  row.field = refused.getFinding().getField();
}

void fold_entry(ReceiptTables& tables, const Record& record) {
  switch (record.entry.which()) {
    case schema::Entry::RECEIVED:
      return;
    case schema::Entry::ACCEPTED:
      return accept(tables, record);
    case schema::Entry::REFUSED:
      return refuse(tables, record);
    case schema::Entry::REPEATED:
      if (auto* row = tables.rows.change_existing({read(record.entry.getRepeated().getId())}))
        ++row->repeats;
      return;
  }
}

}  // namespace

const Projection receipts_projection = {"receipts", 1, TableFold<ReceiptTables>::start};

}  // namespace braid::projections
