#include "ledger/rules/privacy.hpp"

#include <algorithm>

namespace braid::ledger {

namespace {

using schema::LegalBasis;
using schema::SpecialCondition;

bool is_live(const LegalBasisHeld& held, Date day) {
  return held.from <= day.days && (Date{held.until}.is_none() || day.days <= held.until);
}

bool has_live_basis(const Asked& asked, const PersonRow& row) {
  return std::ranges::any_of(row.bases, [&](const LegalBasisHeld& held) {
    return is_live(held, asked.judged_on()) && is_own(asked, held.organisation);
  });
}

/// The person's consent to sharing, as the asking body recorded it.
bool has_consent(const Asked& asked, const PersonRow& row) {
  return row.sharing == Consent::GIVEN &&
         std::ranges::any_of(row.shared_with, [&](const std::string& organisation) {
           return is_own(asked, organisation);
         });
}

bool is_public_authority(const State& state, std::string_view organisation) {
  using enum schema::OrganisationKind;
  const auto* row = state.organisations.find({std::string(organisation)});
  return row != nullptr && (row->kind == CCG || row->kind == ICB || row->kind == COUNCIL ||
                            row->kind == TRUST || row->kind == SCHOOL ||
                            row->kind == ACADEMY_TRUST || row->kind == NHS_ENGLAND);
}

}  // namespace

Verdict erased_when_nobody_needs_it(const Asked& asked, Body<schema::IdentityErased> erased) {
  const auto* row = asked.state.persons.find({read(erased.getPerson())});
  if (row == nullptr) return holds;
  if (row->open_budgets != 0)
    return breaks("person", row->open_budgets,
                  " open budgets of this person need to know whose they are. Close them first.");
  for (const auto& held : row->bases)
    if (is_live(held, asked.judged_on()) && !is_own(asked, held.organisation))
      return breaks("person", held.organisation,
                    " has a live legal basis to know this person. Ask it to end its basis first: "
                    "it records the basis again, with its last day.");
  return holds;
}

Verdict opened_on_a_basis(const Asked& asked, Body<schema::IdentityOpened> opened) {
  if (asked.officer.empty())
    return breaks("officer", "An opening says who looks. Name the officer.");
  const auto* row = asked.state.persons.find({read(opened.getPerson())});
  if (row != nullptr && (has_live_basis(asked, *row) || has_consent(asked, *row))) return holds;
  return breaks("person", asked.publisher,
                " has no live legal basis to know this person and no consent to sharing that it "
                "recorded. Record which applies first.");
}

Verdict basis_is_founded(const Asked& asked, Body<schema::LegalBasisRecorded> recorded) {
  const auto basis = recorded.getBasis();
  if ((basis == LegalBasis::LEGAL_OBLIGATION || basis == LegalBasis::PUBLIC_TASK) &&
      asked.event.getAuthority().size() == 0)
    return breaks("authority",
                  "A legal obligation and a public task rest on a law. Name it, as "
                  "\"Care Act 2014 s.9\".");
  if (basis == LegalBasis::LEGITIMATE_INTERESTS &&
      is_public_authority(asked.state, asked.publisher))
    return breaks("basis", "A public authority in its tasks has no legitimate interests. Name the "
                           "legal obligation or the public task.");
  const auto condition = recorded.getCondition();
  if (condition == SpecialCondition::NONE)
    return breaks("condition", "What is sealed here concerns health and care, which needs a "
                               "condition besides the basis. Name it.");
  if (basis != LegalBasis::CONSENT && condition != SpecialCondition::EXPLICIT_CONSENT)
    return holds;
  const auto* row = asked.state.persons.find({read(recorded.getPerson())});
  if (row != nullptr && has_consent(asked, *row)) return holds;
  return breaks(basis == LegalBasis::CONSENT ? "basis" : "condition", asked.publisher,
                " has recorded no consent to sharing of this person. Record the consent first.");
}

}  // namespace braid::ledger
