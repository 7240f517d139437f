#pragma once
#include "ledger/context.hpp"

namespace braid::ledger {

// Look-ups that several families make: the row, or the refusal that says what is missing.

tl::expected<const PlanRow*, Refusal> known_plan(const Context& context, std::string field,
                                                 const Uuid& plan);
tl::expected<const BudgetRow*, Refusal> known_budget(const Context& context, std::string field,
                                                     const Uuid& budget);
/// And not closed.
tl::expected<const BudgetRow*, Refusal> open_budget(const Context& context, std::string field,
                                                    const Uuid& budget);

/// The strand's organisation has registered its fund, for this sector.
Checked fund_is_known(const Context& context, std::string field, schema::Strand::Reader strand);
/// The organisation's books are open for at least one day of this financial year.
Checked year_is_open(const Context& context, std::string field, std::string_view organisation,
                     std::uint16_t year);

/// The strand of a budget as its funder agreed it; nothing where it has not.
const BudgetStrand* agreed_strand(const BudgetRow& budget, const Strand& strand);
/// What a plan puts into its budget for a strand.
std::int64_t planned(const PlanRow& plan, const Strand& strand);
/// Whether an exception to this rule, for one of these subjects, lasts until `day` or later.
bool has_exception(const State& state, std::string_view rule, std::span<const Uuid> subjects,
                   Date day);

/// What an officer has done about a subject, to be changed. Keeps duties apart by R69.
DutyRow& duty(State& state, const Uuid& subject, const Record& record);
/// What the event's officer has done about a subject; all false where nothing.
const DutyRow& duty_of(const Context& context, const Uuid& subject);
/// Where the duties about a subject are kept: an order's and a payment's with its budget, any
/// other's with itself.
Uuid duty_subject(const State& state, const Uuid& subject, schema::SubjectKind kind);

}  // namespace braid::ledger
