#include "ledger/authority.hpp"

#include <algorithm>

#include "ledger/party.hpp"
#include "ledger/powers.hpp"
#include "ledger/refusals.hpp"
#include "ledger/signing_key.hpp"

namespace braid::ledger {

namespace {

/// Who may send an event of a kind, apart from what an officer's power must cover.
enum class Who {
  unlisted,
  founder,  ///< whoever founds the ledger
  operator_only,
  operator_or_own,   ///< the operator, or the organisation that the body names
  new_key,           ///< likewise; where own keys are asked for, an officer's is not the body's word alone
  own_key_limit,     ///< likewise; what is set already is raised by the operator alone
  registered,        ///< any registered organisation, about itself or a person
  own_organisation,  ///< acts for the organisation that the body names
  lead_payer,        ///< acts for the lead payer that the body names
  own_strands,       ///< acts for the organisation of every strand that the body names
  party,             ///< has a part in what it is about
  own_run,           ///< announced the run
  own_event,         ///< published the event that this one is about
  own_person,        ///< linked the person; of one whom nobody linked, has a legal basis
};

struct Needs {
  Who who = Who::unlisted;
  Power power = Power::NONE;
};

/// One row a kind: a switch, so that the compiler asks for the row of a new one.
constexpr Needs needs_of(Kind kind) {
  using enum Who;
  // clang-format off
  switch (kind) {
    case Kind::LEDGER_FOUNDED:             return {founder};
    case Kind::ORGANISATION_REGISTERED:    return {operator_only};
    case Kind::ORGANISATION_SUCCEEDED:     return {operator_only};
    case Kind::OFFICER_APPOINTED:          return {registered};
    case Kind::OFFICER_ENDED:              return {registered};
    case Kind::DELEGATION_SET:             return {registered};
    case Kind::SIGNING_KEY_ADDED:          return {new_key};
    case Kind::SIGNING_KEY_REVOKED:        return {operator_or_own};
    case Kind::OWN_KEY_LIMIT_SET:          return {own_key_limit};
    case Kind::RULE_BOOK_ADOPTED:          return {operator_only};
    case Kind::PERIOD_CLOSED:              return {registered};
    case Kind::FUND_REGISTERED:            return {registered};

    case Kind::PERSON_LINKED:              return {registered};
    case Kind::PERSON_DIED:                return {registered};
    case Kind::CONSENT_GIVEN:              return {registered};
    case Kind::CONSENT_WITHDRAWN:          return {registered};
    case Kind::REPRESENTATIVE_APPOINTED:   return {registered};
    case Kind::ELIGIBILITY_REQUESTED:      return {registered};
    case Kind::ELIGIBILITY_DECIDED:        return {registered};
    case Kind::LIABILITY_REASSIGNED:       return {registered};
    case Kind::BUDGET_REQUESTED:           return {registered};
    case Kind::REQUEST_DECIDED:            return {registered};
    case Kind::EHC_PLAN_ISSUED:            return {registered};

    case Kind::PLAN_PROPOSED:              return {registered, Power::PROPOSE};
    case Kind::PLAN_SIGNED_OFF:            return {party};
    case Kind::APPROVAL_REQUESTED:         return {party, Power::PROPOSE};
    case Kind::APPROVAL_GIVEN:             return {own_strands, Power::APPROVE};
    case Kind::APPROVAL_REFUSED:           return {party, Power::APPROVE};
    case Kind::EXCEPTION_APPROVED:         return {party, Power::APPROVE};
    case Kind::REVIEW_COMPLETED:           return {party};

    case Kind::BUDGET_OPENED:              return {lead_payer};
    case Kind::STRAND_AGREED:              return {own_strands, Power::APPROVE};
    case Kind::CONTRIBUTION_ASSESSED:      return {own_strands};
    case Kind::BUDGET_CLOSED:              return {party};
    case Kind::UPLIFT_APPROVED:            return {registered, Power::APPROVE};
    case Kind::UPLIFT_APPLIED:             return {own_strands};
    case Kind::ALLOCATION_SET:             return {own_strands};
    case Kind::ALLOCATION_VARIED:          return {own_strands};

    case Kind::SUPPLIER_REGISTERED:        return {registered, Power::BROKER};
    case Kind::ORDER_PLACED:               return {party, Power::BROKER};
    case Kind::ORDER_ENDED:                return {party, Power::BROKER};
    case Kind::SERVICE_DELIVERED:          return {party};
    case Kind::PERSONAL_ASSISTANT_ENGAGED: return {party};

    case Kind::ACCOUNT_APPROVED:           return {party, Power::PAY};
    case Kind::INVOICE_RECEIVED:           return {party};
    case Kind::PAYMENT_INSTRUCTED:         return {party, Power::PAY};
    case Kind::PAYMENT_SETTLED:            return {party};
    case Kind::PAYMENT_RETURNED:           return {party};
    case Kind::ACCOUNT_CREDITED:           return {party};
    case Kind::TRANSACTION_REPORTED:       return {party};
    case Kind::RECHARGE_RAISED:            return {party};
    case Kind::RECHARGE_SETTLED:           return {party};
    case Kind::REPAYMENT_NOTICE_ISSUED:    return {party, Power::PAY};
    case Kind::REPAID:                     return {party};
    case Kind::CONTRIBUTION_RECEIVED:      return {party};
    case Kind::CONTRIBUTION_REFUNDED:      return {party};
    case Kind::PAYMENTS_STOPPED:           return {party};
    case Kind::SPEND_LIST_PUBLISHED:       return {own_organisation};
    case Kind::SPEND_PUBLISHED:            return {own_run};
    case Kind::EVENT_REVERSED:             return {own_event};

    case Kind::POOL_AGREEMENT_PROPOSED:    return {registered, Power::PROPOSE};
    case Kind::PARTNER_SIGNED:             return {party, Power::SIGN};
    case Kind::CONTRIBUTION_COMMITTED:     return {own_strands, Power::POOL};
    case Kind::CONTRIBUTION_PAID:          return {party};
    case Kind::SCHEME_ADDED:               return {party, Power::POOL};
    case Kind::POOL_SPENT:                 return {party};
    case Kind::RISK_SHARE_APPLIED:         return {party, Power::POOL};
    case Kind::RISK_SHARE_SETTLED:         return {party};
    case Kind::GRANT_AWARDED:              return {own_strands, Power::APPROVE};
    case Kind::GRANT_DRAWN:                return {party};

    case Kind::OUTCOME_REPORTED:           return {registered};
    case Kind::ACTION_OWNED:               return {registered};
    case Kind::ACTION_DONE:                return {registered};

    case Kind::LEGAL_BASIS_RECORDED:       return {registered};
    case Kind::IDENTITY_OPENED:            return {registered};
    case Kind::IDENTITY_ERASED:            return {own_person};
  }
  // clang-format on
  return {};
}

template <class... Parts>
tl::unexpected<Refusal> by_authority(std::string field, const Parts&... parts) {
  return tl::unexpected(Refusal{"authority", std::move(field), say(parts...)});
}

Checked is_own_or_refused(const Context& context, std::string field,
                          std::string_view organisation) {
  if (is_own(context, organisation)) return {};
  return by_authority(std::move(field), context.publisher, " does not act for ", organisation, "; ",
                      organisation, " or its successor sends this.");
}

Checked is_operator(const Context& context) {
  const auto* ledger = context.state.ledger.find({0});
  if (ledger != nullptr && is_own(context, ledger->operator_)) return {};
  return by_authority("publisher",
                      "Only the operator of this ledger sends this. Ask the operator to.");
}

Checked founds(const Context& context, const Submitted& submitted) {
  if (context.state.ledger.find({0}) != nullptr) return {};  // the state says that it is founded
  const auto founded = context.event.getBody().getLedgerFounded();
  const auto key = founded.getOperatorKey();
  if (std::ranges::equal(std::as_bytes(std::span(key.begin(), key.size())), submitted.key.bytes))
    return {};
  return by_authority(
      "operatorKey",
      "The key that founds the ledger signs for it: sign with the key that is named here.");
}

Checked owns_strand(const Context& context, std::string field, schema::Strand::Reader strand) {
  return is_own_or_refused(context, std::move(field), view(strand.getOrganisation()));
}

template <class List>
Checked owns_each(const Context& context, std::string_view name, List list) {
  for (unsigned i = 0; i < list.size(); ++i)
    if (auto own = owns_strand(context, at(name, i, "strand"), list[i].getStrand()); !own)
      return own;
  return {};
}

template <class Body>
Checked owns_strands(const Context& context, Body body) {
  if constexpr (requires { body.getAmounts(); })
    return owns_each(context, "amounts", body.getAmounts());
  else if constexpr (requires { body.getShares()[0].getStrand(); })
    return owns_each(context, "shares", body.getShares());
  else if constexpr (requires { body.getStrand(); })
    return owns_strand(context, "strand", body.getStrand());
  else
    return {};
}

template <class Body>
Checked owns_organisation(const Context& context, Body body) {
  if constexpr (requires { view(body.getOrganisation()); })
    return is_own_or_refused(context, "organisation", view(body.getOrganisation()));
  else
    return {};
}

template <class Body>
Checked is_operator_or_own(const Context& context, Body body) {
  if (is_operator(context)) return {};
  return owns_organisation(context, body);
}

/// Else a body's system could make itself an officer's key, and the limit would ask nothing of it.
Checked may_add_key(const Context& context) {
  const auto added = context.event.getBody().getSigningKeyAdded();
  if (auto may = is_operator_or_own(context, added); !may) return may;
  if (added.getOfficer().size() == 0 || context.signed_with_own_key || is_operator(context) ||
      !asks_for_own_keys(context.state, view(added.getOrganisation())))
    return {};
  return by_authority("key", view(added.getOrganisation()),
                      " asks for officers' own keys, so its own word does not give one: ",
                      view(added.getOfficer()),
                      " signs this with the key that it replaces, or the operator sends it.");
}

Checked may_set_limit(const Context& context) {
  const auto set = context.event.getBody().getOwnKeyLimitSet();
  if (auto may = is_operator_or_own(context, set); !may) return may;
  const auto* known =
      context.state.own_key_limits.find({std::string(view(set.getOrganisation())), set.getPower()});
  if (known == nullptr || set.getLimit() <= known->limit || is_operator(context)) return {};
  return by_authority("limit", view(set.getOrganisation()), " has set ", pounds(known->limit),
                      "; it lowers that itself, and asks the operator to raise it.");
}

Checked owns_run(const Context& context) {
  if (!context.event.getBody().isSpendPublished()) return {};
  const auto* run =
      context.state.runs.find({read(context.event.getBody().getSpendPublished().getRun())});
  if (run == nullptr) return {};  // the state says that it is unknown
  return is_own_or_refused(context, "run", run->organisation);
}

Checked owns_event(const Context& context) {
  if (!context.event.getBody().isEventReversed()) return {};
  const auto original =
      context.state.original(read(context.event.getBody().getEventReversed().getEvent()));
  if (!original) return {};  // the state says that it is unknown
  return is_own_or_refused(context, "event",
                           view(EventReader(original->event).get().getPublisher()));
}

/// Nobody erases somebody else's person.
Checked owns_person(const Context& context) {
  if (!context.event.getBody().isIdentityErased()) return {};
  const auto person = read(context.event.getBody().getIdentityErased().getPerson());
  const auto* row = context.state.persons.find({person});
  if (row != nullptr && row->linked)
    return is_own_or_refused(context, "person", row->linked_by);
  if (row != nullptr && std::ranges::any_of(row->bases, [&](const LegalBasisHeld& held) {
        return is_own(context, held.organisation);
      }))
    return {};
  return by_authority("person",
                      "Nobody has linked this person here, and ", context.publisher,
                      " has recorded no legal basis. Who answers for this person's data sends this.");
}

Checked is_the_one(const Context& context, const Submitted& submitted, Who who) {
  const auto body = context.event.getBody();
  switch (who) {
    case Who::unlisted:
      break;
    case Who::founder:
      return founds(context, submitted);
    case Who::operator_only:
      return is_operator(context);
    case Who::operator_or_own:
      return visit(body, [&](auto typed) { return is_operator_or_own(context, typed); });
    case Who::new_key:
      return may_add_key(context);
    case Who::own_key_limit:
      return may_set_limit(context);
    case Who::registered:
      return {};
    case Who::own_organisation:
      return visit(body, [&](auto typed) { return owns_organisation(context, typed); });
    case Who::lead_payer:
      return is_own_or_refused(context, "leadPayer", view(body.getBudgetOpened().getLeadPayer()));
    case Who::own_strands:
      return visit(body, [&](auto typed) { return owns_strands(context, typed); });
    case Who::party:
      if (is_party(context)) return {};
      return by_authority(
          "publisher", context.publisher,
          " has no part in what this is about; the bodies that pay for it or plan it send this.");
    case Who::own_run:
      return owns_run(context);
    case Who::own_event:
      return owns_event(context);
    case Who::own_person:
      return owns_person(context);
  }
  check(false, "every kind has its row in needs_of");
  return {};
}

Checked is_key_of(const Context& context, const Submitted& submitted) {
  if (submitted.publisher != context.publisher)
    return by_authority("publisher", "This event of ", context.publisher, " was signed by ",
                        submitted.publisher, ". A body signs its own events.");
  if (auto may = check_key(context.state, context.publisher, submitted.key, context.moment); !may)
    return may;
  return signs_for_officer(context, submitted.key);
}

Checked may_publish(const Context& context) {
  const auto* row = context.state.organisations.find({std::string(context.publisher)});
  if (row == nullptr)
    return by_authority("publisher", context.publisher,
                        " is not registered here. The operator registers it first.");
  if (Date{row->abolished}.is_none() || context.recorded.days < row->abolished) return {};
  std::string successors;
  for (const auto& successor : row->successors)
    (successors += successors.empty() ? "" : " or ") += successor;
  return by_authority("publisher", context.publisher, " was succeeded on ", Date{row->abolished},
                      ". Send this as ", successors, ".");
}

Checked officer_serves(const Context& context) {
  if (context.officer.empty()) return {};
  const auto* row =
      context.state.officers.find({std::string(context.publisher), std::string(context.officer)});
  if (row == nullptr)
    return by_authority("officer", context.publisher, " has no officer ", context.officer,
                        ". Appoint the officer first.");
  if (context.recorded.days < row->from)
    return by_authority("officer", context.officer, " is in post from ", Date{row->from},
                        ", not before.");
  if (!Date{row->ended}.is_none() && row->ended <= context.recorded.days)
    return by_authority("officer", context.officer, " left the post on ", Date{row->ended},
                        ". Let an officer in post decide.");
  return {};
}

}  // namespace

Checked check_authority(const Context& context, const Submitted& submitted) {
  const auto needs = needs_of(context.event.getBody().which());
  const bool founding = needs.who == Who::founder && context.state.ledger.find({0}) == nullptr;
  if (auto may = is_key_of(context, submitted); !may) return may;
  if (!founding) {
    if (auto may = may_publish(context); !may) return may;
    if (auto serves = officer_serves(context); !serves) return serves;
  }
  if (auto is = is_the_one(context, submitted, needs.who); !is) return is;
  if (needs.power == Power::NONE) return {};
  return holds_power(context, needs.power, decided_by(context));
}

}  // namespace braid::ledger
