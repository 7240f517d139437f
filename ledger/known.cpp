#include "ledger/known.hpp"

#include <algorithm>

#include "ledger/refusals.hpp"

namespace braid::ledger {

tl::expected<const PlanRow*, Refusal> known_plan(const Context& context, std::string field,
                                                 const Uuid& plan) {
  const auto* row = context.state.plans.find({plan});
  if (row == nullptr) return unknown(std::move(field), "plan", plan);
  return row;
}

tl::expected<const BudgetRow*, Refusal> known_budget(const Context& context, std::string field,
                                                     const Uuid& budget) {
  const auto* row = context.state.budgets.find({budget});
  if (row == nullptr) return unknown(std::move(field), "budget", budget);
  return row;
}

tl::expected<const BudgetRow*, Refusal> open_budget(const Context& context, std::string field,
                                                    const Uuid& budget) {
  auto row = known_budget(context, field, budget);
  if (row && (*row)->closed)
    return by_state(std::move(field), "Budget ", budget,
                    " is closed. Open another for what comes after.");
  return row;
}

Checked fund_is_known(const Context& context, std::string field, schema::Strand::Reader strand) {
  const auto organisation = view(strand.getOrganisation());
  const auto* row =
      context.state.funds.find({std::string(organisation), std::string(view(strand.getFund()))});
  if (row == nullptr)
    return by_state(std::move(field), organisation, " has no fund ", view(strand.getFund()),
                    ". Register the fund first, or check its code.");
  if (row->sector != strand.getSector())
    return by_state(std::move(field), "The fund ", row->fund, " of ", organisation, " is ",
                    row->sector, " money, not ", strand.getSector(), ". Name its own sector.");
  return {};
}

Checked year_is_open(const Context& context, std::string field, std::string_view organisation,
                     std::uint16_t year) {
  const auto* row = context.state.organisations.find({std::string(organisation)});
  if (row == nullptr || Date{row->closed_through}.is_none()) return {};
  const auto last_day = add_days(first_day_of_financial_year(year + 1), -1);
  if (row->closed_through < last_day.days) return {};
  return by_state(std::move(field), "The books of ", organisation, " are closed through ",
                  Date{row->closed_through}, ". Name an open financial year.");
}

const BudgetStrand* agreed_strand(const BudgetRow& budget, const Strand& strand) {
  const auto found = std::ranges::find(budget.strands, strand, &BudgetStrand::strand);
  return found == budget.strands.end() ? nullptr : &*found;
}

std::int64_t planned(const PlanRow& plan, const Strand& strand) {
  std::int64_t sum = 0;
  for (const auto& line : plan.lines)
    if (line.in_budget && line.strand == strand) sum = saturating_add(sum, line.pence);
  return sum;
}

bool has_exception(const State& state, std::string_view rule, std::span<const Uuid> subjects,
                   Date day) {
  return std::ranges::any_of(subjects, [&](const Uuid& subject) {
    const auto* row = state.exceptions.find({std::string(rule), subject});
    return row != nullptr && row->until >= day.days;
  });
}

DutyRow& duty(State& state, const Uuid& subject, const Record& record) {
  return state.duties.change({subject, std::string(view(record.event.getPublisher())),
                              std::string(view(record.event.getOfficer()))});
}

const DutyRow& duty_of(const Context& context, const Uuid& subject) {
  const auto* row = context.state.duties.find(
      {subject, std::string(context.publisher), std::string(context.officer)});
  static const DutyRow none;
  return row == nullptr ? none : *row;
}

Uuid duty_subject(const State& state, const Uuid& subject, schema::SubjectKind kind) {
  if (kind == schema::SubjectKind::ORDER)
    if (const auto* order = state.orders.find({subject})) return order->budget;
  if (kind == schema::SubjectKind::PAYMENT)
    if (const auto* payment = state.payments.find({subject})) return payment->budget;
  return subject;
}

}  // namespace braid::ledger
