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

/// Whose key was destroyed stays unknown: who comes back needs a new token.
Checked is_not_erased(const Context& context, const PersonToken& person) {
  const auto* row = context.state.persons.find({person});
  if (row == nullptr || Date{row->erased}.is_none()) return {};
  return by_state("person", "This person's identity was erased on ", Date{row->erased},
                  " and cannot be known here again. Somebody who returns needs a new token.");
}

/// Consent that a body recorded is that body's; who withdraws withdraws from all.
void note_sharing(PersonRow& row, std::string_view organisation) {
  if (std::ranges::find(row.shared_with, organisation) == row.shared_with.end())
    row.shared_with.emplace_back(organisation);
}

}  // namespace

Checked check_state(const Context& context, Body<schema::PersonLinked> body) {
  if (auto known = is_not_erased(context, read(body.getPerson())); !known) return known;
  const auto* row = context.state.persons.find({read(body.getPerson())});
  if (row != nullptr && row->linked)
    return by_state("person",
                    "This person is linked to an identity already. A token stands for one person.");
  return {};
}

Checked check_state(const Context&, Body<schema::PersonDied>) { return {}; }

Checked check_state(const Context& context, Body<schema::ConsentGiven> body) {
  if (auto known = is_not_erased(context, read(body.getPerson())); !known) return known;
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

Checked check_state(const Context& context, Body<schema::LegalBasisRecorded> body) {
  return is_not_erased(context, read(body.getPerson()));
}

Checked check_state(const Context& context, Body<schema::IdentityOpened> body) {
  return is_not_erased(context, read(body.getPerson()));
}

Checked check_state(const Context& context, Body<schema::IdentityErased> body) {
  return is_not_erased(context, read(body.getPerson()));
}

void apply(State& state, const Record& record, Body<schema::PersonLinked> body) {
  auto& row = state.persons.change({read(body.getPerson())});
  row.linked = true;
  row.linked_by = view(record.event.getPublisher());
  row.turns16 = body.getTurns16();
}

void apply(State& state, const Record&, Body<schema::PersonDied> body) {
  state.persons.change({read(body.getPerson())}).died = body.getOn();
}

void apply(State& state, const Record& record, Body<schema::ConsentGiven> body) {
  auto& row = state.persons.change({read(body.getPerson())});
  consent_of(row, body.getPurpose()) = Consent::GIVEN;
  if (body.getPurpose() == schema::ConsentPurpose::SHARING)
    note_sharing(row, view(record.event.getPublisher()));
}

void apply(State& state, const Record&, Body<schema::ConsentWithdrawn> body) {
  auto& row = state.persons.change({read(body.getPerson())});
  consent_of(row, body.getPurpose()) = Consent::WITHDRAWN;
  if (body.getPurpose() == schema::ConsentPurpose::SHARING) row.shared_with.clear();
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

void apply(State& state, const Record& record, Body<schema::LegalBasisRecorded> body) {
  auto& bases = state.persons.change({read(body.getPerson())}).bases;
  const auto organisation = view(record.event.getPublisher());
  std::erase_if(bases, [&](const auto& held) { return held.organisation == organisation; });
  bases.push_back({std::string(organisation), body.getFrom(), body.getUntil()});
}

void apply(State&, const Record&, Body<schema::IdentityOpened>) {}

void apply(State& state, const Record& record, Body<schema::IdentityErased> body) {
  state.persons.change({read(body.getPerson())}).erased =
      date_of(Instant{record.recorded_at_us}).days;
}

}  // namespace braid::ledger
