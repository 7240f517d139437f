#pragma once
#include "ledger/postings.hpp"
#include "ledger/refusals.hpp"

// What every event about a budget's money asks: which budget, whose strand, how much.

namespace braid::ledger {

using Amounts = capnp::List<schema::StrandAmount>::Reader;

/// The budget, or why there is none. Reports need no more; intentions also `open_budget`.
tl::expected<const BudgetRow*, Refusal> known_budget(const Context& context, schema::Uuid::Reader budget);
/// The budget, live and not closed.
tl::expected<const BudgetRow*, Refusal> open_budget(const Context& context, schema::Uuid::Reader budget);

/// The budget's strand, or nothing. A person's own contribution is a strand of every budget.
const BudgetStrand* strand_of(const BudgetRow& budget, schema::Strand::Reader strand);
/// The strands that money of the budget may be of: those agreed, then those that it has had besides,
/// such as the person's own.
std::vector<const Strand*> strands_with_money(const BudgetRow& budget);
/// Every amount is of a strand that was agreed for the budget, or of the person's own contribution.
Checked amounts_of_budget(const BudgetRow& budget, Amounts amounts);

/// The sum, or nothing where 64 bits do not hold it (form bounds each amount and their number, so they do).
std::int64_t total_of(Amounts amounts);

/// The year in which money of this strand that moves on `on` posts.
inline std::uint16_t year_of(const Context& context, const Strand& strand, std::int32_t on) {
  return posting_year(context, strand.organisation, Date{on});
}

/// Adds signed pence to a strand's amount in a list, which gains the strand where it lacks it.
void add_to(std::vector<StrandAmount>& amounts, const Strand& strand, std::int64_t pence);
std::int64_t pence_of(const std::vector<StrandAmount>& amounts, const Strand& strand);

}  // namespace braid::ledger
