#include "projections/fold.hpp"
#include "projections/schema/views.rows.hpp"

namespace braid::projections {

namespace {

struct TrialBalanceTables {
  Table<TrialBalanceRow> rows;
  TrialBalanceTables(const RowReader& store, TableSet& set) : rows(store) { set.add(rows); }
};

/// Sums postings by strand and account. Each strand's rows sum to zero after every entry.
void fold_entry(TrialBalanceTables& tables, const Record& record) {
  for (const auto& posting : record.postings) {
    auto& row = tables.rows.change(
        {posting.strand.organisation, posting.strand.sector, posting.strand.fund, posting.account});
    row.pence += posting.pence;
    ++row.postings;
    row.last_sequence = record.sequence();
  }
}

}  // namespace

const Projection trial_balance_projection = {"trial_balance", 1,
                                             TableFold<TrialBalanceTables>::start};

}  // namespace braid::projections
