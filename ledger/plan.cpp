#include "ledger/plan.hpp"

#include <algorithm>

#include "ledger/known.hpp"
#include "ledger/refusals.hpp"
#include "ledger/rules/rule.hpp"

namespace braid::ledger {

namespace {

/// What is to be approved must be there; an uplift and a pay run are approved before they are.
Checked is_known_subject(const Context& context, const Uuid& subject, schema::SubjectKind kind) {
  using schema::SubjectKind;
  const auto& state = context.state;
  const auto known = [&](const auto* row, std::string_view what) -> Checked {
    if (row == nullptr) return unknown("subject", what, subject);
    return {};
  };
  switch (kind) {
    case SubjectKind::PLAN:
      return known(state.plans.find({subject}), "plan");
    case SubjectKind::BUDGET:
      return known(state.budgets.find({subject}), "budget");
    case SubjectKind::POOL:
      return known(state.pools.find({subject}), "pool");
    case SubjectKind::SCHEME:
      return known(state.schemes.find({subject}), "scheme");
    case SubjectKind::ORDER:
      return known(state.orders.find({subject}), "order");
    case SubjectKind::PAYMENT:
      return known(state.payments.find({subject}), "payment");
    case SubjectKind::UPLIFT:
    case SubjectKind::PAY_RUN:
      return {};
  }
  return unknown("subject", "subject", subject);
}

/// A plan's funder approves what the plan asks of it, nothing else.
Checked is_asked_of(const Context& context, const Uuid& plan, schema::Strand::Reader strand,
                    std::size_t index) {
  const auto* row = context.state.plans.find({plan});
  if (row == nullptr ||
      std::ranges::any_of(row->lines, [&](const auto& line) { return is(line.strand, strand); }))
    return {};
  return by_state(at("amounts", index, "strand"), "Plan ", plan, " asks for no ", strand,
                  ". Approve the strands that its lines name.");
}

Checked is_of_same_person(const Context& context, Body<schema::PlanProposed> body) {
  const auto replaces = read(body.getReplaces());
  if (replaces.is_nil()) return {};
  const auto earlier = known_plan(context, "replaces", replaces);
  if (!earlier) return tl::unexpected(earlier.error());
  if ((*earlier)->person != read(body.getPerson()))
    return by_state("replaces", "Plan ", replaces, " is another person's. Check both identifiers.");
  return {};
}

void set_amounts(std::vector<StrandAmount>& to, capnp::List<schema::StrandAmount>::Reader from) {
  to.clear();
  for (const auto amount : from) to.push_back(read(amount));
}

}  // namespace

Checked check_state(const Context& context, Body<schema::PlanProposed> body) {
  const auto plan = read(body.getPlan());
  if (context.state.plans.find({plan}) != nullptr) return known_already("plan", "plan", plan);
  const auto* person = context.state.persons.find({read(body.getPerson())});
  if (person != nullptr && !Date{person->died}.is_none())
    return by_state("person", "This person died on ", Date{person->died},
                    "; there is nothing left to plan.");
  return is_of_same_person(context, body);
}

Checked check_state(const Context& context, Body<schema::PlanSignedOff> body) {
  const auto plan = known_plan(context, "plan", read(body.getPlan()));
  if (!plan) return tl::unexpected(plan.error());
  if ((*plan)->signed_off) return by_state("plan", "This plan is signed off already.");
  if (body.getBy() != schema::By::SELF && body.getBy() != schema::By::REPRESENTATIVE)
    return by_state("by",
                    "A plan is signed off by the person or a representative, by nobody else.");
  return {};
}

Checked check_state(const Context& context, Body<schema::ApprovalRequested> body) {
  return is_known_subject(context, read(body.getSubject()), body.getKind());
}

Checked check_state(const Context& context, Body<schema::ApprovalGiven> body) {
  const auto subject = read(body.getSubject());
  if (auto known = is_known_subject(context, subject, body.getKind()); !known) return known;
  if (body.getKind() != schema::SubjectKind::PLAN) return {};
  const auto amounts = body.getAmounts();
  for (unsigned i = 0; i < amounts.size(); ++i)
    if (auto asked = is_asked_of(context, subject, amounts[i].getStrand(), i); !asked) return asked;
  return {};
}

Checked check_state(const Context& context, Body<schema::ApprovalRefused> body) {
  return is_known_subject(context, read(body.getSubject()), body.getKind());
}

Checked check_state(const Context& context, Body<schema::ExceptionApproved> body) {
  if (std::ranges::none_of(rule_book(),
                           [&](const Rule& rule) { return rule.id == view(body.getRule()); }))
    return by_state("rule", "There is no rule ", view(body.getRule()),
                    ". `braid rules` lists them.");
  if (body.getUntil() < context.recorded.days)
    return by_state("until", "An exception that ended on ", Date{body.getUntil()},
                    " lifts nothing. Name a later day.");
  return {};
}

Checked check_state(const Context& context, Body<schema::ReviewCompleted> body) {
  const auto budget = known_budget(context, "budget", read(body.getBudget()));
  if (!budget) return tl::unexpected(budget.error());
  const auto plan = known_plan(context, "plan", read(body.getPlan()));
  if (!plan) return tl::unexpected(plan.error());
  if ((*plan)->person != (*budget)->person)
    return by_state("plan", "This plan is not of the budget's person. Check both identifiers.");
  return {};
}

void apply(State& state, const Record& record, Body<schema::PlanProposed> body) {
  auto& row = state.plans.change({read(body.getPlan())});
  row.person = read(body.getPerson());
  row.organisation = view(record.event.getPublisher());
  row.officer = view(record.event.getOfficer());
  row.from = body.getFrom();
  row.to = body.getTo();
  row.risks_agreed = body.getRisksAgreed();
  for (const auto outcome : body.getOutcomes()) row.outcomes.push_back(outcome.getNumber());
  for (const auto line : body.getLines())
    row.lines.push_back({.number = line.getNumber(),
                         .category = line.getCategory(),
                         .strand = read(line.getStrand()),
                         .pence = line.getPence(),
                         .in_budget = line.getCost() == schema::CostPlace::IN_BUDGET});
  duty(state, row.plan, record).proposed = true;
}

void apply(State& state, const Record&, Body<schema::PlanSignedOff> body) {
  state.plans.change({read(body.getPlan())}).signed_off = true;
}

void apply(State& state, const Record& record, Body<schema::ApprovalRequested> body) {
  const auto subject = read(body.getSubject());
  auto& row = state.approvals.change({subject});
  row.kind = body.getKind();
  row.organisation = view(record.event.getPublisher());
  row.officer = view(record.event.getOfficer());
  set_amounts(row.requested, body.getAmounts());
  row.given.clear();
  row.refused_by.clear();
  duty(state, subject, record).proposed = true;
}

void apply(State& state, const Record& record, Body<schema::ApprovalGiven> body) {
  const auto subject = read(body.getSubject());
  const std::string publisher(view(record.event.getPublisher()));
  const std::string officer(view(record.event.getOfficer()));
  auto& row = state.approvals.change({subject});
  row.kind = body.getKind();
  std::erase(row.refused_by, publisher);
  for (const auto amount : body.getAmounts()) {
    std::erase_if(row.given,
                  [&](const auto& given) { return is(given.strand, amount.getStrand()); });
    row.given.push_back({read(amount.getStrand()), amount.getPence(), publisher, officer});
  }
  auto& done = duty(state, duty_subject(state, subject, body.getKind()), record);
  switch (body.getKind()) {
    case schema::SubjectKind::ORDER:
      done.approved_brokerage = true;
      break;
    case schema::SubjectKind::PAYMENT:
    case schema::SubjectKind::PAY_RUN:
      done.approved_payment = true;
      break;
    default:
      done.approved = true;
  }
}

void apply(State& state, const Record& record, Body<schema::ApprovalRefused> body) {
  auto& row = state.approvals.change({read(body.getSubject())});
  row.kind = body.getKind();
  const std::string publisher(view(record.event.getPublisher()));
  std::erase_if(row.given, [&](const auto& given) { return given.organisation == publisher; });
  std::erase(row.refused_by, publisher);
  row.refused_by.push_back(publisher);
}

void apply(State& state, const Record&, Body<schema::ExceptionApproved> body) {
  state.exceptions.change({std::string(view(body.getRule())), read(body.getSubject())}).until =
      body.getUntil();
}

void apply(State&, const Record&, Body<schema::ReviewCompleted>) {}

}  // namespace braid::ledger
