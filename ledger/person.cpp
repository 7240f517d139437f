#include "ledger/person.hpp"

#include <algorithm>

#include "ledger/refusals.hpp"

namespace braid::ledger {

namespace {

Checked is_new_request(const Context& context, const Uuid& request) {
  if (context.state.requests.find({request}) != nullptr)
    return known_already("request", "request", request);
  return {};
}

/// A decision answers an open request of the same person.
Checked answers_request(const Context& context, const Uuid& request, const PersonToken& person) {
  const auto* row = context.state.requests.find({request});
  if (row == nullptr) return unknown("request", "request", request);
  if (row->person != person)
    return by_state("person", "Request ", request,
                    " was made by another person. Check both identifiers.");
  if (row->decided)
    return by_state("request", "Request ", request,
                    " is decided already. A new decision needs a new request.");
  return {};
}

template <class Requested>
void apply_request(State& state, Requested body) {
  auto& row = state.requests.change({read(body.getRequest())});
  row.person = read(body.getPerson());
  row.scheme = body.getScheme();
}

Consent& consent_of(PersonRow& row, schema::ConsentPurpose purpose) {
  switch (purpose) {
    case schema::ConsentPurpose::DIRECT_PAYMENT:
      return row.direct_payment;
    case schema::ConsentPurpose::SHARING:
      return row.sharing;
    case schema::ConsentPurpose::PLANNING:
      return row.planning;
  }
  check(false, "the form gate lets no unknown purpose through");
  __builtin_unreachable();
}

}  // namespace

Checked check_state(const Context& context, Body<schema::PersonLinked> body) {
  const auto* row = context.state.persons.find({read(body.getPerson())});
  if (row != nullptr && row->linked)
    return by_state("person",
                    "This person is linked to an identity already. A token stands for one person.");
  return {};
}

Checked check_state(const Context&, Body<schema::PersonDied>) { return {}; }

Checked check_state(const Context& context, Body<schema::ConsentGiven> body) {
  const auto* row = context.state.persons.find({read(body.getPerson())});
  if (row != nullptr && !Date{row->died}.is_none())
    return by_state("person", "This person died on ", Date{row->died},
                    "; nobody can consent any more.");
  return {};
}

Checked check_state(const Context&, Body<schema::ConsentWithdrawn>) { return {}; }

Checked check_state(const Context&, Body<schema::RepresentativeAppointed> body) {
  if (read(body.getPerson()) == read(body.getRepresentative()))
    return by_state("representative",
                    "Nobody is a representative of themselves. Name the other person.");
  return {};
}

Checked check_state(const Context& context, Body<schema::EligibilityRequested> body) {
  return is_new_request(context, read(body.getRequest()));
}

Checked check_state(const Context& context, Body<schema::EligibilityDecided> body) {
  return answers_request(context, read(body.getRequest()), read(body.getPerson()));
}

Checked check_state(const Context&, Body<schema::LiabilityReassigned>) { return {}; }

Checked check_state(const Context& context, Body<schema::BudgetRequested> body) {
  return is_new_request(context, read(body.getRequest()));
}

Checked check_state(const Context& context, Body<schema::RequestDecided> body) {
  return answers_request(context, read(body.getRequest()), read(body.getPerson()));
}

Checked check_state(const Context&, Body<schema::EhcPlanIssued>) { return {}; }

void apply(State& state, const Record&, Body<schema::PersonLinked> body) {
  auto& row = state.persons.change({read(body.getPerson())});
  row.linked = true;
  row.turns16 = body.getTurns16();
}

void apply(State& state, const Record&, Body<schema::PersonDied> body) {
  state.persons.change({read(body.getPerson())}).died = body.getOn();
}

void apply(State& state, const Record&, Body<schema::ConsentGiven> body) {
  consent_of(state.persons.change({read(body.getPerson())}), body.getPurpose()) = Consent::GIVEN;
}

void apply(State& state, const Record&, Body<schema::ConsentWithdrawn> body) {
  consent_of(state.persons.change({read(body.getPerson())}), body.getPurpose()) =
      Consent::WITHDRAWN;
}

void apply(State&, const Record&, Body<schema::RepresentativeAppointed>) {}

void apply(State& state, const Record&, Body<schema::EligibilityRequested> body) {
  apply_request(state, body);
}

void apply(State& state, const Record&, Body<schema::EligibilityDecided> body) {
  state.requests.change({read(body.getRequest())}).decided = true;
  auto& eligible = state.persons.change({read(body.getPerson())}).eligible;
  std::erase(eligible, body.getScheme());
  if (body.getOutcome() != schema::EligibilityOutcome::NOT_ELIGIBLE)
    eligible.push_back(body.getScheme());
}

void apply(State& state, const Record&, Body<schema::LiabilityReassigned> body) {
  state.persons.change({read(body.getPerson())})
      .liabilities.push_back({std::string(view(body.getFrom())), std::string(view(body.getTo())),
                              body.getSince(), body.getUntil()});
}

void apply(State& state, const Record&, Body<schema::BudgetRequested> body) {
  apply_request(state, body);
}

void apply(State& state, const Record&, Body<schema::RequestDecided> body) {
  state.requests.change({read(body.getRequest())}).decided = true;
}

void apply(State&, const Record&, Body<schema::EhcPlanIssued>) {}

}  // namespace braid::ledger
