#include "events/merkle.hpp"
#include "projections/fold.hpp"
#include "projections/schema/views.rows.hpp"

namespace braid::projections {

namespace {

struct RunTables {
  Table<RunRow> rows;
  RunTables(const RowReader& store, TableSet& set) : rows(store) { set.add(rows); }
};

void settle(RunRow& row, const Record& record, const MerkleTree& members) {
  row.complete = !row.kind.empty() && row.seen == row.count && row.seen_total == row.total &&
                 members.root() == row.root;
  row.last_sequence = record.sequence();
}

MerkleTree members_of(const RunRow& row) {
  auto tree = MerkleTree::from(row.seen, row.peaks);
  check(tree.has_value(), "a run's peaks are those this fold stored");
  return *tree;
}

/// What a run says of its members: how many, how much, and the root over their bytes in order.
void declare(RunTables& tables, const Record& record, const Uuid& run, std::uint32_t count,
             std::int64_t total, const Digest& root) {
  auto& row = tables.rows.change({run});
  row.kind = info_of(record.kind).name;
  row.organisation = record.event.getPublisher();
  row.count = count;
  row.total = total;
  row.root = root;
  settle(row, record, members_of(row));
}

void add_member(RunTables& tables, const Record& record, const Uuid& run, std::int64_t pence) {
  auto& row = tables.rows.change({run});
  auto members = members_of(row);
  members.add(record.event_hash);
  ++row.seen;
  row.seen_total += pence;
  row.peaks = members.peaks();
  settle(row, record, members);
}

void fold(RunTables& tables, const Record& record, Body<schema::UpliftApproved> uplift) {
  declare(tables, record, read(uplift.getRun()), uplift.getCount(), uplift.getTotal(),
          read(uplift.getRoot()));
}

void fold(RunTables& tables, const Record& record, Body<schema::UpliftApplied> uplift) {
  add_member(tables, record, read(uplift.getRun()), uplift.getPence());
}

void fold(RunTables& tables, const Record& record, Body<schema::SpendListPublished> list) {
  declare(tables, record, read(list.getRun()), list.getRows(), list.getPaid() - list.getCredited(),
          read(list.getRoot()));
}

void fold(RunTables& tables, const Record& record, Body<schema::SpendPublished> line) {
  const bool paid = line.getDirection() == schema::Direction::PAID;
  add_member(tables, record, read(line.getRun()), paid ? line.getPence() : -line.getPence());
}

LeftAlone fold(RunTables&, const Record&, RegisterKind auto) { return {}; }
LeftAlone fold(RunTables&, const Record&, PersonKind auto) { return {}; }
LeftAlone fold(RunTables&, const Record&, PlanKind auto) { return {}; }
LeftAlone fold(RunTables&, const Record&, BudgetKind auto) { return {}; }
LeftAlone fold(RunTables&, const Record&, PurchaseKind auto) { return {}; }
LeftAlone fold(RunTables&, const Record&, PaymentKind auto) { return {}; }
LeftAlone fold(RunTables&, const Record&, PoolKind auto) { return {}; }
LeftAlone fold(RunTables&, const Record&, OutcomeKind auto) { return {}; }

}  // namespace

const Projection runs_projection = {"runs", 1, TableFold<RunTables>::start};

}  // namespace braid::projections
