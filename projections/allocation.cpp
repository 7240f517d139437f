#include "projections/fold.hpp"
#include "projections/schema/views.rows.hpp"

namespace braid::projections {

namespace {

struct AllocationTables {
  Table<AllocationRow> rows;
  AllocationTables(const RowReader& store, TableSet& set) : rows(store) { set.add(rows); }
};

/// The column that an account's postings move; nothing for the accounts a fund's year does not
/// show.
std::int64_t AllocationRow::* column_of(Account account) {
  switch (account) {
    case Account::ALLOCATED:
      return &AllocationRow::allocated;
    case Account::COMMITTED:
      return &AllocationRow::committed;
    case Account::HELD:
      return &AllocationRow::held;
    case Account::POOL:
      return &AllocationRow::pooled;
    case Account::DUE:
      return &AllocationRow::due;
    case Account::SPENT:
      return &AllocationRow::spent;
    case Account::RECOVERED:
      return &AllocationRow::recovered;
    case Account::FUNDING:
      return &AllocationRow::allocation;
    case Account::ALLOCATION:
    case Account::CONTRIBUTION:
      return nullptr;
  }
  return nullptr;
}

/// How a fund's year stands: what the organisation allocated, and where it is now. What is left is
/// the allocation less all other columns.
void fold_entry(AllocationTables& tables, const Record& record) {
  for (const auto& posting : record.postings) {
    if (posting.strand.fund.empty()) continue;  // people's own contributions have no allocation
    auto& row =
        tables.rows.change({posting.strand.fund, posting.year, posting.strand.organisation});
    row.sector = posting.strand.sector;
    if (const auto column = column_of(posting.account))
      row.*column += posting.account == Account::FUNDING ? -posting.pence : posting.pence;
    row.last_sequence = record.sequence();
  }
  if (!record.is_accepted()) return;
  for (const auto flag : record.entry.getAccepted().getFlags()) {
    if (flag.getRule() != "allocation_exceeded" || record.postings.empty()) continue;
    const auto& posting = record.postings.front();
    ++tables.rows.change({posting.strand.fund, posting.year, posting.strand.organisation}).exceeded;
  }
}

}  // namespace

const Projection allocation_projection = {"allocation", 1, TableFold<AllocationTables>::start};

}  // namespace braid::projections
