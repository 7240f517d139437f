#include "events/kinds.hpp"

#include <capnp/dynamic.h>
#include <capnp/message.h>
#include <capnp/schema.h>

#include <array>
#include <string>
#include <unordered_map>

#include "events/check.hpp"

namespace braid {
namespace {

/// What is said of a kind by hand; its names come from the schema.
struct Character {
  bool known;
  Family family;
  Mood mood;
};
constexpr Character asks(Family family) { return {true, family, Mood::intention}; }
constexpr Character tells(Family family) { return {true, family, Mood::report}; }

/// The table of kinds: a switch, so that the compiler asks for the row of a new one. A kind *tells*
/// where refusing it would not undo what it says (money moved, a person died, a request or an
/// invoice arrived); it *asks* where the ledger's answer decides whether it takes effect (a
/// decision, a promise, a permission), even when a person's act led to it: a consent or a sign-off
/// that the law does not recognise must not take effect.
constexpr Character character_of(Kind kind) {
  using enum Family;
  // clang-format off
  switch (kind) {
    case Kind::LEDGER_FOUNDED:             return asks(registry);
    case Kind::ORGANISATION_REGISTERED:    return asks(registry);
    case Kind::ORGANISATION_SUCCEEDED:     return asks(registry);
    case Kind::OFFICER_APPOINTED:          return asks(registry);
    case Kind::OFFICER_ENDED:              return asks(registry);
    case Kind::DELEGATION_SET:             return asks(registry);
    case Kind::SIGNING_KEY_ADDED:          return asks(registry);
    case Kind::SIGNING_KEY_REVOKED:        return asks(registry);
    case Kind::OWN_KEY_LIMIT_SET:          return asks(registry);
    case Kind::RULE_BOOK_ADOPTED:          return asks(registry);
    case Kind::PERIOD_CLOSED:              return asks(registry);
    case Kind::FUND_REGISTERED:            return asks(registry);

    case Kind::PERSON_LINKED:              return asks(person);
    case Kind::PERSON_DIED:                return tells(person);
    case Kind::CONSENT_GIVEN:              return asks(person);
    case Kind::CONSENT_WITHDRAWN:          return tells(person);
    case Kind::REPRESENTATIVE_APPOINTED:   return asks(person);
    case Kind::ELIGIBILITY_REQUESTED:      return tells(person);  // its days run whether we like it or not
    case Kind::ELIGIBILITY_DECIDED:        return asks(person);
    case Kind::LIABILITY_REASSIGNED:       return tells(person);  // another body's finding about the past
    case Kind::BUDGET_REQUESTED:           return tells(person);
    case Kind::REQUEST_DECIDED:            return asks(person);
    case Kind::EHC_PLAN_ISSUED:            return tells(person);

    case Kind::PLAN_PROPOSED:              return asks(plan);
    case Kind::PLAN_SIGNED_OFF:            return asks(plan);
    case Kind::APPROVAL_REQUESTED:         return asks(plan);
    case Kind::APPROVAL_GIVEN:             return asks(plan);
    case Kind::APPROVAL_REFUSED:           return asks(plan);
    case Kind::EXCEPTION_APPROVED:         return asks(plan);
    case Kind::REVIEW_COMPLETED:           return asks(plan);     // complete only with its four findings

    case Kind::BUDGET_OPENED:              return asks(budget);
    case Kind::STRAND_AGREED:              return asks(budget);
    case Kind::CONTRIBUTION_ASSESSED:      return asks(budget);
    case Kind::BUDGET_CLOSED:              return asks(budget);
    case Kind::UPLIFT_APPROVED:            return asks(budget);
    case Kind::UPLIFT_APPLIED:             return asks(budget);
    case Kind::ALLOCATION_SET:             return asks(budget);
    case Kind::ALLOCATION_VARIED:          return asks(budget);

    case Kind::SUPPLIER_REGISTERED:        return asks(purchase);
    case Kind::ORDER_PLACED:               return asks(purchase);
    case Kind::ORDER_ENDED:                return asks(purchase); // frees committed money: a decision
    case Kind::SERVICE_DELIVERED:          return tells(purchase);
    case Kind::PERSONAL_ASSISTANT_ENGAGED: return tells(purchase);

    case Kind::ACCOUNT_APPROVED:           return asks(payment);
    case Kind::INVOICE_RECEIVED:           return tells(payment);
    case Kind::PAYMENT_INSTRUCTED:         return asks(payment);
    case Kind::PAYMENT_SETTLED:            return tells(payment);
    case Kind::PAYMENT_RETURNED:           return tells(payment);
    case Kind::ACCOUNT_CREDITED:           return tells(payment);
    case Kind::TRANSACTION_REPORTED:       return tells(payment);
    case Kind::RECHARGE_RAISED:            return asks(payment);
    case Kind::RECHARGE_SETTLED:           return tells(payment);
    case Kind::REPAYMENT_NOTICE_ISSUED:    return asks(payment);
    case Kind::REPAID:                     return tells(payment);
    case Kind::CONTRIBUTION_RECEIVED:      return tells(payment);
    case Kind::CONTRIBUTION_REFUNDED:      return tells(payment);
    case Kind::PAYMENTS_STOPPED:           return tells(payment);
    case Kind::SPEND_LIST_PUBLISHED:       return tells(payment);
    case Kind::SPEND_PUBLISHED:            return tells(payment);
    case Kind::EVENT_REVERSED:             return tells(payment);

    case Kind::POOL_AGREEMENT_PROPOSED:    return asks(pool);
    case Kind::PARTNER_SIGNED:             return asks(pool);
    case Kind::CONTRIBUTION_COMMITTED:     return asks(pool);
    case Kind::CONTRIBUTION_PAID:          return tells(pool);
    case Kind::SCHEME_ADDED:               return asks(pool);
    case Kind::POOL_SPENT:                 return tells(pool);
    case Kind::RISK_SHARE_APPLIED:         return asks(pool);     // a sharing-out that asks to be right
    case Kind::RISK_SHARE_SETTLED:         return tells(pool);
    case Kind::GRANT_AWARDED:              return asks(pool);
    case Kind::GRANT_DRAWN:                return tells(pool);

    case Kind::OUTCOME_REPORTED:           return tells(outcome);
    case Kind::ACTION_OWNED:               return asks(outcome);
    case Kind::ACTION_DONE:                return tells(outcome);

    case Kind::LEGAL_BASIS_RECORDED:       return asks(person);
    case Kind::IDENTITY_OPENED:            return asks(person);   // recorded before anything is shown
    case Kind::IDENTITY_ERASED:            return asks(person);   // recorded before the key goes
  }
  // clang-format on
  return {};
}

/// How many kinds there are. The switch has a row for every member of the union (-Werror=switch)
/// and a union's values are consecutive: so the array below is the whole union, in its order.
constexpr std::size_t count_kinds() {
  std::size_t count = 0;
  while (character_of(static_cast<Kind>(count)).known) ++count;
  return count;
}
constexpr std::size_t kind_count = count_kinds();

/// "strandAgreed" for people: "strand agreed"; "ehcPlanIssued": "EHC plan issued".
std::string title_of(std::string_view name) {
  std::string title;
  for (const char c : name) {
    if (c >= 'A' && c <= 'Z') title += ' ';
    title += static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  }
  if (title.starts_with("ehc ")) title.replace(0, 3, "EHC");
  return title;
}

/// Built in place and never moved: the views point into it.
struct Catalogue {
  Catalogue();
  std::array<std::string, kind_count> titles;
  std::array<KindInfo, kind_count> kinds;
  std::unordered_map<std::string_view, Kind> by_name;
  std::array<capnp::MallocMessageBuilder, kind_count> empty;
  std::array<schema::Event::Body::Reader, kind_count> bodies;
};

Catalogue::Catalogue() {
  const auto members = capnp::Schema::from<schema::Event::Body>().getUnionFields();
  check(members.size() == kind_count, "the table of kinds has a row for every member of the union");
  for (const auto member : members) {
    const std::size_t index = member.getProto().getDiscriminantValue();
    const auto kind = static_cast<Kind>(index);
    const capnp::Text::Reader name = member.getProto().getName();  // lives as long as the program
    titles[index] = title_of({name.begin(), name.size()});
    const auto [known, family, mood] = character_of(kind);
    kinds[index] = {kind, {name.begin(), name.size()}, titles[index], family, mood};
    by_name.emplace(kinds[index].name, kind);
    auto body = empty[index].initRoot<schema::Event::Body>();
    capnp::toDynamic(body).init(member);
    bodies[index] = body.asReader();
  }
}

const Catalogue& catalogue() {
  static const Catalogue all;
  return all;
}

}  // namespace

std::span<const KindInfo> kinds() { return catalogue().kinds; }

const KindInfo& info_of(Kind kind) {
  const auto index = static_cast<std::size_t>(kind);
  check(index < kind_count, "the form gate lets no unknown kind through");
  return catalogue().kinds[index];
}

schema::Event::Body::Reader empty_body(Kind kind) {
  return catalogue().bodies[static_cast<std::size_t>(info_of(kind).kind)];
}

std::optional<Kind> kind_named(std::string_view name) {
  const auto& names = catalogue().by_name;
  const auto found = names.find(name);
  return found == names.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace braid
