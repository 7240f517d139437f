#include "ledger/budget.hpp"

#include <algorithm>

#include "events/wide.hpp"
#include "ledger/known.hpp"
#include "ledger/refusals.hpp"

namespace braid::ledger {

namespace {

/// Whether a line's money is a body's and goes into the budget.
bool is_funded(const PlanLineRow& line) {
  return line.in_budget && line.strand.sector != schema::Sector::PERSON;
}

/// The strands that a plan puts into its budget and that a body pays: each once, in the order of
/// the lines.
std::vector<Strand> funded_strands(const PlanRow& plan) {
  std::vector<Strand> strands;
  for (const auto& line : plan.lines)
    if (is_funded(line) && std::ranges::find(strands, line.strand) == strands.end())
      strands.push_back(line.strand);
  return strands;
}

Checked is_approved(const Context& context, const PlanRow& plan) {
  const auto* approval = context.state.approvals.find({plan.plan});
  if (approval != nullptr && !approval->refused_by.empty())
    return by_state("plan", approval->refused_by.front(),
                    " refused this plan. Ask for approval again, or open no budget on it.");
  for (const auto& strand : funded_strands(plan)) {
    const auto needed = planned(plan, strand);
    const auto covers = [&](const auto& given) {
      return given.strand == strand && given.pence >= needed;
    };
    if (approval == nullptr || std::ranges::none_of(approval->given, covers))
      return by_state("plan", "The ", strand, " in this plan, ", pounds(needed),
                      ", is not approved. Its funder approves it first.");
  }
  return {};
}

/// Every line that the plan puts into the budget has one method, and no other line has.
Checked names_every_line(const PlanRow& plan, Body<schema::BudgetOpened> body) {
  const auto lines = body.getLines();
  for (unsigned i = 0; i < lines.size(); ++i) {
    const auto number = lines[i].getLine();
    const auto is_it = [&](const auto& line) { return line.number == number && line.in_budget; };
    if (std::ranges::none_of(plan.lines, is_it))
      return by_state(at("lines", i, "line"), "The plan has no line ", number, " in its budget.");
    for (unsigned earlier = 0; earlier < i; ++earlier)
      if (lines[earlier].getLine() == number)
        return by_state(at("lines", i, "line"), "Line ", number,
                        " is named twice. A line has one method.");
  }
  for (const auto& line : plan.lines)
    if (line.in_budget && !any_of(lines, [&](auto each) { return each.getLine() == line.number; }))
      return by_state("lines", "Line ", line.number,
                      " of the plan is missing. Say how its money is held.");
  return {};
}

Checked has_years(const Context& context, const BudgetRow& budget,
                  Body<schema::StrandAgreed> body) {
  Wide sum = 0;
  const auto years = body.getYears();
  for (unsigned i = 0; i < years.size(); ++i) {
    const int year = years[i].getYear();
    if (year < financial_year(Date{budget.from}) || year > financial_year(Date{budget.to}))
      return by_state(at("years", i, "year"), "The budget runs from ", Date{budget.from}, " to ",
                      Date{budget.to}, ", outside the financial year ", year, ".");
    if (auto open = year_is_open(context, at("years", i, "year"),
                                 view(body.getStrand().getOrganisation()), years[i].getYear());
        !open)
      return open;
    sum += years[i].getPence();
  }
  if (sum != body.getBodyPays())
    return tl::unexpected(by_arithmetic("years", "The years do not sum to what the body pays, ",
                                        pounds(body.getBodyPays()),
                                        ". Say which year's allocation bears each part."));
  return {};
}

Checked is_of_plan(const Context& context, const BudgetRow& budget,
                   Body<schema::StrandAgreed> body) {
  const auto strand = read(body.getStrand());
  const auto* plan = context.state.plans.find({budget.plan});
  check(plan != nullptr, "a budget is opened on a known plan");
  const auto needed = planned(*plan, strand);
  if (std::ranges::none_of(
          plan->lines, [&](const auto& line) { return is_funded(line) && line.strand == strand; }))
    return by_state("strand", "The plan of this budget asks for no ", strand,
                    ". Agree a strand that its lines name.");
  if (body.getPence() != needed)
    return by_state("pence", "The plan's lines for ", strand, " cost ", pounds(needed), ", not ",
                    pounds(body.getPence()), ". Agree the whole cost, or propose another plan.");
  return {};
}

Checked is_run_of(const Context& context, const RunRow* run, const Uuid& id) {
  if (run == nullptr || !run->uplift) return unknown("run", "uplift", id);
  if (!is_own(context, run->organisation))
    return by_state("run", "Uplift ", id, " is of ", run->organisation, ". Name your own.");
  return {};
}

/// An uplift adds no more, and to no more budgets, than was approved.
Checked is_within(const RunRow& run, std::int64_t pence) {
  if (run.seen >= run.count)
    return by_state("run", "All ", run.count, " budgets of this uplift have had theirs.");
  if (Wide{run.seen_total} + pence > run.total)
    return by_state("pence", "This uplift was approved for ", pounds(run.total), " in all; ",
                    pounds(run.total - run.seen_total), " of it is left.");
  return {};
}

Checked is_set(const Context& context, schema::Strand::Reader strand, std::uint16_t year,
               bool wanted) {
  const auto known = read(strand);
  const bool set = context.state.balances.find({Account::FUNDING, Uuid{}, year, known.organisation,
                                                known.sector, known.fund}) != nullptr;
  if (set == wanted) return {};
  if (set)
    return by_state("strand", "The allocation of ", known, " for ", year,
                    " is set already. Vary it (allocationVaried).");
  return by_state("strand", "The allocation of ", known, " for ", year,
                  " is not set. Set it first (allocationSet).");
}

Checked can_be_allocated(const Context& context, schema::Strand::Reader strand,
                         std::uint16_t year) {
  if (auto known = fund_is_known(context, "strand", strand); !known) return known;
  return year_is_open(context, "year", view(strand.getOrganisation()), year);
}

}  // namespace

Checked check_state(const Context& context, Body<schema::BudgetOpened> body) {
  const auto budget = read(body.getBudget());
  if (context.state.budgets.find({budget}) != nullptr)
    return known_already("budget", "budget", budget);
  const auto plan = known_plan(context, "plan", read(body.getPlan()));
  if (!plan) return tl::unexpected(plan.error());
  if ((*plan)->person != read(body.getPerson()))
    return by_state("person", "Plan ", (*plan)->plan,
                    " is another person's. Check both identifiers.");
  if (!(*plan)->signed_off)
    return by_state("plan", "Plan ", (*plan)->plan,
                    " is not signed off. The person or a representative signs it off before a "
                    "budget is opened on it.");
  if (auto named = names_every_line(**plan, body); !named) return named;
  return is_approved(context, **plan);
}

Checked check_state(const Context& context, Body<schema::StrandAgreed> body) {
  const auto budget = open_budget(context, "budget", read(body.getBudget()));
  if (!budget) return tl::unexpected(budget.error());
  if (agreed_strand(**budget, read(body.getStrand())) != nullptr)
    return by_state("strand", "The ", body.getStrand(), " of this budget is agreed already.");
  if (auto known = fund_is_known(context, "strand", body.getStrand()); !known) return known;
  if (auto planned_so = is_of_plan(context, **budget, body); !planned_so) return planned_so;
  return has_years(context, **budget, body);
}

Checked check_state(const Context& context, Body<schema::ContributionAssessed> body) {
  const auto budget = open_budget(context, "budget", read(body.getBudget()));
  if (!budget) return tl::unexpected(budget.error());
  const auto shares = body.getShares();
  for (unsigned i = 0; i < shares.size(); ++i)
    if (agreed_strand(**budget, read(shares[i].getStrand())) == nullptr)
      return by_state(at("shares", i, "strand"), "The ", shares[i].getStrand(),
                      " of this budget is not agreed; nobody can be charged for it.");
  return {};
}

Checked check_state(const Context& context, Body<schema::BudgetClosed> body) {
  const auto budget = open_budget(context, "budget", read(body.getBudget()));
  if (!budget) return tl::unexpected(budget.error());
  return {};
}

Checked check_state(const Context& context, Body<schema::UpliftApproved> body) {
  const auto run = read(body.getRun());
  if (context.state.runs.find({run}) != nullptr) return known_already("run", "run", run);
  return {};
}

Checked check_state(const Context& context, Body<schema::UpliftApplied> body) {
  const auto budget = open_budget(context, "budget", read(body.getBudget()));
  if (!budget) return tl::unexpected(budget.error());
  const auto run_id = read(body.getRun());
  const auto* run = context.state.runs.find({run_id});
  if (auto its = is_run_of(context, run, run_id); !its) return its;
  const auto strand = read(body.getStrand());
  if (agreed_strand(**budget, strand) == nullptr)
    return by_state("strand", "The ", strand,
                    " of this budget is not agreed; there is nothing to uplift.");
  if (std::ranges::find((*budget)->uplifts, StrandUplift{run_id, strand}) !=
      (*budget)->uplifts.end())
    return by_state("budget", "This budget has had this uplift of its ", strand,
                    ". An uplift is applied once.");
  if (auto open = year_is_open(context, "year", strand.organisation, body.getYear()); !open)
    return open;
  return is_within(*run, body.getPence());
}

Checked check_state(const Context& context, Body<schema::AllocationSet> body) {
  if (auto can = can_be_allocated(context, body.getStrand(), body.getYear()); !can) return can;
  return is_set(context, body.getStrand(), body.getYear(), false);
}

Checked check_state(const Context& context, Body<schema::AllocationVaried> body) {
  if (auto can = can_be_allocated(context, body.getStrand(), body.getYear()); !can) return can;
  return is_set(context, body.getStrand(), body.getYear(), true);
}

void post(const Context&, Body<schema::StrandAgreed> body, Legs& legs) {
  const auto to = allocated(read(body.getBudget()));
  const auto strand = read(body.getStrand());
  for (const auto part : body.getYears())
    legs.move(allocation(), to, strand, part.getYear(), part.getPence());
}

/// What was allocated and not ordered goes back to where it came from: the fund, or the person.
void post(const Context& context, Body<schema::BudgetClosed> body, Legs& legs) {
  const auto id = read(body.getBudget());
  const auto* budget = context.state.budgets.find({id});
  if (budget == nullptr) return;
  for (const auto& lot : budget->lots) {
    const bool is_the_persons = lot.strand.sector == schema::Sector::PERSON;
    legs.move(allocated(id), is_the_persons ? contribution(id) : allocation(), lot.strand, lot.year,
              legs.balance(allocated(id), lot.strand, lot.year));
  }
}

void post(const Context&, Body<schema::UpliftApplied> body, Legs& legs) {
  legs.move(allocation(), allocated(read(body.getBudget())), read(body.getStrand()), body.getYear(),
            body.getPence());
}

void post(const Context&, Body<schema::AllocationSet> body, Legs& legs) {
  legs.move(funding(), allocation(), read(body.getStrand()), body.getYear(), body.getPence());
}

void post(const Context&, Body<schema::AllocationVaried> body, Legs& legs) {
  const auto change =
      body.getChange() == schema::Change::DECREASE ? -body.getPence() : body.getPence();
  legs.move(funding(), allocation(), read(body.getStrand()), body.getYear(), change);
}

void apply(State& state, const Record& record, Body<schema::BudgetOpened> body) {
  auto& row = state.budgets.change({read(body.getBudget())});
  row.person = read(body.getPerson());
  row.plan = read(body.getPlan());
  row.scheme = body.getScheme();
  row.lead_payer = view(body.getLeadPayer());
  row.organisation = view(record.event.getPublisher());
  row.officer = view(record.event.getOfficer());
  row.from = body.getFrom();
  row.to = body.getTo();
  ++state.persons.change({row.person}).open_budgets;
  const auto* plan = state.plans.find({row.plan});
  if (plan == nullptr) return;
  for (const auto& line : plan->lines) {
    row.methods.push_back(Method::NOTIONAL);
    for (const auto named : body.getLines())
      if (named.getLine() == line.number) row.methods.back() = named.getMethod();
  }
}

void apply(State& state, const Record&, Body<schema::StrandAgreed> body) {
  auto& row = state.budgets.change({read(body.getBudget())});
  row.strands.push_back({.strand = read(body.getStrand()),
                         .pence = body.getPence(),
                         .adult_pays = body.getAdultPays(),
                         .body_pays = body.getBodyPays(),
                         .chargeable = body.getChargeable()});
  const auto* plan = state.plans.find({row.plan});
  row.live =
      plan != nullptr && std::ranges::all_of(funded_strands(*plan), [&](const Strand& strand) {
        return agreed_strand(row, strand) != nullptr;
      });
}

void apply(State& state, const Record&, Body<schema::ContributionAssessed> body) {
  auto& contributions = state.budgets.change({read(body.getBudget())}).contributions;
  for (const auto share : body.getShares()) {
    std::erase_if(contributions,
                  [&](const auto& earlier) { return is(earlier.strand, share.getStrand()); });
    contributions.push_back({read(share.getStrand()), share.getWeekly(), body.getFrom()});
  }
}

void apply(State& state, const Record&, Body<schema::BudgetClosed> body) {
  auto& row = state.budgets.change({read(body.getBudget())});
  if (row.closed) return;
  row.closed = true;
  auto& open = state.persons.change({row.person}).open_budgets;
  if (open != 0) --open;
}

void apply(State& state, const Record& record, Body<schema::UpliftApproved> body) {
  auto& row = state.runs.change({read(body.getRun())});
  row.organisation = view(record.event.getPublisher());
  row.uplift = true;
  row.count = body.getCount();
  row.total = body.getTotal();
}

void apply(State& state, const Record&, Body<schema::UpliftApplied> body) {
  auto& run = state.runs.change({read(body.getRun())});
  ++run.seen;
  run.seen_total = saturating_add(run.seen_total, body.getPence());
  auto& budget = state.budgets.change({read(body.getBudget())});
  budget.uplifts.push_back({run.run, read(body.getStrand())});
  for (auto& agreed : budget.strands) {
    if (!is(agreed.strand, body.getStrand())) continue;
    agreed.pence = saturating_add(agreed.pence, body.getPence());
    agreed.body_pays = saturating_add(agreed.body_pays, body.getPence());
  }
}

void apply(State&, const Record&, Body<schema::AllocationSet>) {}
void apply(State&, const Record&, Body<schema::AllocationVaried>) {}

}  // namespace braid::ledger
