#include "ledger/registry.hpp"

#include <algorithm>

#include "ledger/refusals.hpp"
#include "ledger/rules/rule.hpp"
#include "ledger/signing_key.hpp"

namespace braid::ledger {

namespace {

std::string text(capnp::Text::Reader from) { return std::string(view(from)); }

Checked is_registered(const Context& context, std::string field, std::string_view organisation) {
  const auto* row = context.state.organisations.find({std::string(organisation)});
  if (row == nullptr)
    return by_state(std::move(field), organisation,
                    " is not registered. The operator registers it first.");
  if (!Date{row->abolished}.is_none())
    return by_state(std::move(field), organisation, " has been succeeded by others from ",
                    Date{row->abolished}, ". Name its successor.");
  return {};
}

bool is_serving(const State& state, std::string_view organisation, std::string_view officer) {
  const auto* row = state.officers.find({std::string(organisation), std::string(officer)});
  return row != nullptr && Date{row->ended}.is_none();
}

Checked is_serving_officer(const Context& context, std::string_view organisation,
                           capnp::Text::Reader officer) {
  if (is_serving(context.state, organisation, view(officer))) return {};
  return by_state("officer", organisation, " has no officer ", view(officer),
                  " in post. Appoint the officer first.");
}

}  // namespace

Checked check_state(const Context& context, Body<schema::LedgerFounded>) {
  if (context.state.ledger.find({0}) != nullptr)
    return by_state("", "This ledger is founded already, and is founded once.");
  return {};
}

Checked check_state(const Context& context, Body<schema::OrganisationRegistered> body) {
  const auto* row = context.state.organisations.find({text(body.getOrganisation())});
  if (row != nullptr && !row->name.empty())
    return by_state("organisation", view(body.getOrganisation()), " is registered already.");
  return {};
}

Checked check_state(const Context& context, Body<schema::OrganisationSucceeded> body) {
  const auto predecessors = body.getPredecessors();
  for (unsigned i = 0; i < predecessors.size(); ++i)
    if (auto known = is_registered(context, at("predecessors", i), view(predecessors[i])); !known)
      return known;
  const auto successors = body.getSuccessors();
  for (unsigned i = 0; i < successors.size(); ++i) {
    const auto name = view(successors[i].getOrganisation());
    if (auto known = is_registered(context, at("successors", i, "organisation"), name); !known)
      return known;
    if (any_of(predecessors, [&](auto each) { return view(each) == name; }))
      return by_state(at("successors", i, "organisation"), name, " cannot succeed itself.");
  }
  return {};
}

Checked check_state(const Context& context, Body<schema::OfficerAppointed> body) {
  if (is_serving(context.state, context.publisher, view(body.getOfficer())))
    return by_state("officer", view(body.getOfficer()), " is an officer of ", context.publisher,
                    " already. A code stands for one person: choose another.");
  return {};
}

Checked check_state(const Context& context, Body<schema::OfficerEnded> body) {
  return is_serving_officer(context, context.publisher, body.getOfficer());
}

Checked check_state(const Context& context, Body<schema::DelegationSet> body) {
  return is_serving_officer(context, context.publisher, body.getOfficer());
}

Checked check_state(const Context& context, Body<schema::SigningKeyAdded> body) {
  if (context.state.keys.find({key_of(body.getKey())}) != nullptr)
    return by_state(
        "key",
        "This key has been registered before. A key is registered once, ever: make a new one.");
  if (auto known = is_registered(context, "organisation", view(body.getOrganisation())); !known)
    return known;
  if (!body.hasOfficer() || body.getOfficer().size() == 0) return {};
  return is_serving_officer(context, view(body.getOrganisation()), body.getOfficer());
}

Checked check_state(const Context& context, Body<schema::SigningKeyRevoked> body) {
  const auto* row = context.state.keys.find({key_of(body.getKey())});
  if (row == nullptr || row->organisation != view(body.getOrganisation()))
    return by_state("key", view(body.getOrganisation()), " has no such key.");
  if (row->revoked) return by_state("key", "This key is revoked already.");
  return {};
}

Checked check_state(const Context& context, Body<schema::OwnKeyLimitSet> body) {
  return is_registered(context, "organisation", view(body.getOrganisation()));
}

Checked check_state(const Context& context, Body<schema::RuleBookAdopted> body) {
  if (body.getVersion() == 0 || body.getVersion() > newest_rule_book)
    return by_state("version", "This program knows the rule books 1 to ", newest_rule_book,
                    ". Adopt one of these, or install the program that brings the other.");
  const auto* row = context.state.ledger.find({0});
  if (row != nullptr && !row->rule_books.empty() &&
      row->rule_books.back().version > body.getVersion())
    return by_state("version", "Rule book ", row->rule_books.back().version,
                    " is adopted already; an older one cannot follow it.");
  const auto switched_on = body.getSwitchedOn();
  for (unsigned i = 0; i < switched_on.size(); ++i)
    if (std::ranges::none_of(rule_book(),
                             [&](const Rule& rule) { return rule.id == view(switched_on[i]); }))
      return by_state(at("switchedOn", i), "There is no rule ", view(switched_on[i]),
                      ". `braid rules` lists them.");
  return {};
}

Checked check_state(const Context& context, Body<schema::PeriodClosed> body) {
  const Date through{body.getThrough()};
  if (through >= context.recorded)
    return by_state("through", "A period is closed when it is over; ", through, " is not.");
  const auto* row = context.state.organisations.find({std::string(context.publisher)});
  if (row != nullptr && row->closed_through >= through.days)
    return by_state("through", "The books of ", context.publisher, " are closed through ",
                    Date{row->closed_through}, " already.");
  return {};
}

Checked check_state(const Context& context, Body<schema::FundRegistered> body) {
  if (context.state.funds.find({std::string(context.publisher), text(body.getFund())}) != nullptr)
    return by_state("fund", context.publisher, " has a fund ", view(body.getFund()),
                    " already. Choose another code.");
  return {};
}

void apply(State& state, const Record& record, Body<schema::LedgerFounded> body) {
  auto& row = state.ledger.change({0});
  row.name = text(body.getName());
  row.partitions = body.getPartitions();
  row.operator_ = text(record.event.getPublisher());
  state.organisations.change({row.operator_}).from = record.event.getEffective();
  state.keys.change({key_of(body.getOperatorKey())}).organisation = row.operator_;
}

void apply(State& state, const Record&, Body<schema::OrganisationRegistered> body) {
  auto& row = state.organisations.change({text(body.getOrganisation())});
  row.gss = text(body.getGss());
  row.name = text(body.getName());
  row.kind = body.getKind();
  row.from = body.getFrom();
}

void apply(State& state, const Record&, Body<schema::OrganisationSucceeded> body) {
  for (const auto predecessor : body.getPredecessors()) {
    auto& row = state.organisations.change({text(predecessor)});
    row.abolished = body.getOn();
    for (const auto successor : body.getSuccessors())
      row.successors.push_back(text(successor.getOrganisation()));
  }
}

void apply(State& state, const Record& record, Body<schema::OfficerAppointed> body) {
  auto& row = state.officers.change({text(record.event.getPublisher()), text(body.getOfficer())});
  row.from = body.getFrom();
  row.ended = Date::none().days;
  row.appointed_at = record.sequence;
}

void apply(State& state, const Record& record, Body<schema::OfficerEnded> body) {
  state.officers.change({text(record.event.getPublisher()), text(body.getOfficer())}).ended =
      body.getOn();
}

void apply(State& state, const Record& record, Body<schema::DelegationSet> body) {
  const auto organisation = text(record.event.getPublisher());
  auto& row = state.delegations.change({organisation, text(body.getOfficer()), body.getPower()});
  row.sectors.clear();
  for (const auto sector : body.getSectors()) row.sectors.push_back(sector);
  row.limit = body.getLimit();
  row.from = body.getFrom();
  row.to = body.getTo();
  auto& officers = state.powers.change({organisation, body.getPower()}).officers;
  if (std::ranges::find(officers, view(body.getOfficer())) == officers.end())
    officers.push_back(text(body.getOfficer()));
}

void apply(State& state, const Record& record, Body<schema::SigningKeyAdded> body) {
  auto& row = state.keys.change({key_of(body.getKey())});
  row.organisation = text(body.getOrganisation());
  row.officer = text(body.getOfficer());
  row.registered_at = record.sequence;
}

void apply(State& state, const Record&, Body<schema::SigningKeyRevoked> body) {
  state.keys.change({key_of(body.getKey())}).revoked = true;
}

void apply(State& state, const Record&, Body<schema::OwnKeyLimitSet> body) {
  state.own_key_limits.change({text(body.getOrganisation()), body.getPower()}).limit =
      body.getLimit();
}

void apply(State& state, const Record&, Body<schema::RuleBookAdopted> body) {
  AdoptedRuleBook book{.version = body.getVersion(), .from = body.getFrom(), .switched_on = {}};
  for (const auto rule : body.getSwitchedOn()) book.switched_on.push_back(text(rule));
  state.ledger.change({0}).rule_books.push_back(std::move(book));
}

void apply(State& state, const Record& record, Body<schema::PeriodClosed> body) {
  state.organisations.change({text(record.event.getPublisher())}).closed_through =
      body.getThrough();
}

void apply(State& state, const Record& record, Body<schema::FundRegistered> body) {
  auto& row = state.funds.change({text(record.event.getPublisher()), text(body.getFund())});
  row.sector = body.getSector();
  row.capital = body.getCapital();
  row.ring_fence = body.getRingFence();
}

}  // namespace braid::ledger
