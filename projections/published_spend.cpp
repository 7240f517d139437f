#include "projections/fold.hpp"
#include "projections/schema/views.rows.hpp"

namespace braid::projections {

namespace {

struct PublishedSpendTables {
  Table<PublishedSpendRow> lines;
  Table<SpendListRow> lists;
  Table<SpendListKeyRow> keys;
  PublishedSpendTables(const RowReader& store, TableSet& set)
      : lines(store), lists(store), keys(store) {
    set.add(lines);
    set.add(lists);
    set.add(keys);
  }

  SpendListRow* list_of(const Uuid& run) {
    const auto* key = keys.find({run});
    return key == nullptr ? nullptr
                          : lists.change_existing({key->organisation, key->from, key->to, run});
  }
};

void fold(PublishedSpendTables& tables, const Record& record,
          Body<schema::SpendListPublished> list) {
  const Uuid run = read(list.getRun());
  auto& key = tables.keys.change({run});
  key.organisation = list.getOrganisation();
  key.from = list.getFrom();
  key.to = list.getTo();
  auto& row = tables.lists.change({key.organisation, key.from, key.to, run});
  row.layout = list.getLayout();
  row.rows = list.getRows();
  row.paid = list.getPaid();
  row.credited = list.getCredited();
  row.file_hash = read(list.getFileHash());
  row.last_sequence = record.sequence();
  if (!list.hasReplaces()) return;
  if (auto* replaced = tables.list_of(read(list.getReplaces()))) replaced->replaced_by = run;
}

void fold(PublishedSpendTables& tables, const Record& record, Body<schema::SpendPublished> line) {
  const Uuid run = read(line.getRun());
  auto& row = tables.lines.change({run, line.getRow()});
  row.date = line.getDate();
  row.reference = line.getReference();
  row.expense_type = line.getExpenseType();
  row.expense_area = line.getExpenseArea();
  row.supplier = read(line.getSupplier());
  row.supplier_name = read(line.getSupplierName());
  row.redacted = line.getRedacted();
  row.direction = line.getDirection();
  row.pence = line.getPence();
  row.sequence = record.sequence();
  auto* list = tables.list_of(run);
  if (list == nullptr) return;
  row.organisation = list->organisation;
  ++list->rows_seen;
  (line.getDirection() == schema::Direction::PAID ? list->paid_seen : list->credited_seen) +=
      line.getPence();
  list->last_sequence = record.sequence();
}

LeftAlone fold(PublishedSpendTables&, const Record&, RegisterKind auto) { return {}; }
LeftAlone fold(PublishedSpendTables&, const Record&, PersonKind auto) { return {}; }
LeftAlone fold(PublishedSpendTables&, const Record&, PlanKind auto) { return {}; }
LeftAlone fold(PublishedSpendTables&, const Record&, BudgetKind auto) { return {}; }
LeftAlone fold(PublishedSpendTables&, const Record&, PurchaseKind auto) { return {}; }
LeftAlone fold(PublishedSpendTables&, const Record&, PaymentKind auto) { return {}; }
LeftAlone fold(PublishedSpendTables&, const Record&, PoolKind auto) { return {}; }
LeftAlone fold(PublishedSpendTables&, const Record&, OutcomeKind auto) { return {}; }

}  // namespace

const Projection published_spend_projection = {"published_spend", 1,
                                               TableFold<PublishedSpendTables>::start};

}  // namespace braid::projections
