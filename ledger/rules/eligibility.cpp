#include "ledger/rules/eligibility.hpp"

#include <algorithm>

namespace braid::ledger {

namespace {

using schema::OrganisationKind;
using schema::Scheme;

bool is_health_scheme(Scheme scheme) {
  switch (scheme) {
    case Scheme::CHC:
    case Scheme::CHC_FAST_TRACK:
    case Scheme::CHILDRENS_CONTINUING_CARE:
    case Scheme::S117:
    case Scheme::WHEELCHAIR:
    case Scheme::FUNDED_NURSING_CARE:
    case Scheme::MATERNITY:
    case Scheme::END_OF_LIFE:
    case Scheme::LONG_TERM_CONDITION:
    case Scheme::OTHER_HEALTH:
      return true;
    case Scheme::NONE:
    case Scheme::JOINT_FUNDED:
    case Scheme::LEARNING_DISABILITY:
    case Scheme::MENTAL_HEALTH:
    case Scheme::CARE_ACT:
    case Scheme::CARER:
    case Scheme::EHC_PLAN:
      return false;
  }
  return false;
}

/// A council acts as a health body for its public health functions (NHS Act 2006 s.2B), and
/// together with one under s.117.
bool may_be_a_councils(Scheme scheme) {
  return scheme == Scheme::OTHER_HEALTH || scheme == Scheme::S117;
}

bool is_health_body(OrganisationKind kind) {
  return kind == OrganisationKind::CCG || kind == OrganisationKind::ICB ||
         kind == OrganisationKind::NHS_ENGLAND;
}

OrganisationKind kind_of(const State& state, std::string_view organisation) {
  const auto* row = state.organisations.find({std::string(organisation)});
  return row == nullptr ? OrganisationKind::OTHER : row->kind;
}

/// The line's money if it is NHS money paid directly by a body that cannot decide so.
const PlanLineRow* paid_by_other(const Asked& asked, const PlanRow& plan,
                                 schema::BudgetLine::Reader named) {
  if (named.getMethod() != schema::Method::DIRECT_PAYMENT) return nullptr;
  const auto line = std::ranges::find(plan.lines, named.getLine(), &PlanLineRow::number);
  if (line == plan.lines.end() || line->strand.sector != schema::Sector::HEALTH) return nullptr;
  const auto kind = kind_of(asked.state, line->strand.organisation);
  return is_health_body(kind) || kind == OrganisationKind::COUNCIL ? nullptr : &*line;
}

bool is_under_16(const State& state, const PersonToken& person, Date day) {
  const auto* row = state.persons.find({person});
  if (row == nullptr || Month{row->turns16}.is_none()) return false;
  return month_of(day).months < row->turns16;
}

}  // namespace

Verdict health_body_decides(const Asked& asked, Body<schema::RequestDecided> decided) {
  const auto* request = asked.state.requests.find({read(decided.getRequest())});
  if (request == nullptr || !is_health_scheme(request->scheme)) return holds;
  const auto kind = kind_of(asked.state, asked.publisher);
  if (is_health_body(kind) ||
      (kind == OrganisationKind::COUNCIL && may_be_a_councils(request->scheme)))
    return holds;
  return breaks("request", asked.publisher,
                " is no health body and cannot decide a request for NHS money. Send the request to "
                "the CCG or ICB "
                "that is responsible for this person.");
}

Verdict health_body_decides(const Asked& asked, Body<schema::BudgetOpened> opened) {
  const auto* plan = asked.state.plans.find({read(opened.getPlan())});
  if (plan == nullptr) return holds;
  const auto lines = opened.getLines();
  for (unsigned i = 0; i < lines.size(); ++i)
    if (const auto* line = paid_by_other(asked, *plan, lines[i]))
      return breaks(
          at("lines", i, "method"), "The ", line->strand, " of line ", line->number,
          " cannot be a direct payment: ", line->strand.organisation,
          " is no health body. Let a health body fund the line, or choose another method.");
  return holds;
}

Verdict right_one_consents(const Asked& asked, Body<schema::ConsentGiven> consent) {
  const bool child = is_under_16(asked.state, read(consent.getPerson()), asked.judged_on());
  switch (consent.getBy()) {
    case schema::By::SELF:
      if (child)
        return breaks("by",
                      "This person is under 16: a parent or another representative consents.");
      if (!consent.getCapacity())
        return breaks("by",
                      "Without capacity to consent nobody consents alone. A representative "
                      "consents for this person.");
      return holds;
    case schema::By::REPRESENTATIVE:
      if (!child && consent.getCapacity())
        return breaks("by",
                      "This person is 16 or over and has capacity, and so consents without a "
                      "representative.");
      return holds;
    case schema::By::PAYER:
    case schema::By::CARER:
      break;
  }
  return breaks("by", "Only the person or a representative can consent, not who pays or cares.");
}

Verdict decided_by_itself(const Asked&, Body<schema::EligibilityDecided> decided) {
  if (decided.getDelegatedTo().size() == 0) return holds;
  return breaks("delegatedTo", "The final decision cannot be delegated to ",
                view(decided.getDelegatedTo()),
                ". Decide it here, on that body's advice if need be.");
}

}  // namespace braid::ledger
