#include "tests/support/ledger_events.hpp"

#include "events/native_rows.hpp"

// The register and people. Plans and budgets: ledger_budget_events.cpp; orders to grants:
// ledger_money_events.cpp.

namespace braid::test {

namespace {

using Filling = schema::Event::Body::Builder;

capnp::Data::Reader data(const Digest& digest) {
  return {reinterpret_cast<const kj::byte*>(digest.bytes.data()), digest.bytes.size()};
}

}  // namespace

const Strand care{"E10000008", schema::Sector::SOCIAL_CARE, "adults"};
const Strand schooling{"E10000008", schema::Sector::EDUCATION, "high-needs"};
const Strand works{"E10000008", schema::Sector::HOUSING, "facilities"};
const Strand nhs{"QUY", schema::Sector::HEALTH, "chc"};
const Strand contribution{"E10000008", schema::Sector::PERSON, ""};

Said ledger_founded() {
  return {
      .kind = Kind::LEDGER_FOUNDED,
      .fill = [](Filling body) { body.getLedgerFounded().setOperatorKey(data(key_named("OPR"))); },
      .publisher = "OPR"};
}

Said organisation_registered(std::string code, schema::OrganisationKind kind) {
  return {.kind = Kind::ORGANISATION_REGISTERED,
          .fill =
              [=](Filling body) {
                auto organisation = body.getOrganisationRegistered();
                organisation.setOrganisation(code);
                organisation.setName("Body " + code);
                organisation.setKind(kind);
              },
          .publisher = "OPR"};
}

Said organisation_succeeded(std::string predecessor, std::string successor, std::string_view on) {
  return {.kind = Kind::ORGANISATION_SUCCEEDED,
          .fill =
              [=, from = day(on)](Filling body) {
                auto succeeded = body.getOrganisationSucceeded();
                succeeded.initPredecessors(1).set(0, predecessor);
                auto share = succeeded.initSuccessors(1)[0];
                share.setOrganisation(successor);
                share.setPartsPerMillion(1'000'000);
                succeeded.setOn(from.days);
              },
          .publisher = "OPR"};
}

Said officer_appointed(std::string officer) {
  return {.kind = Kind::OFFICER_APPOINTED, .fill = [=](Filling body) {
            body.getOfficerAppointed().setOfficer(officer);
            body.getOfficerAppointed().setFrom(day("2020-04-01").days);
          }};
}

Said officer_ended(std::string officer, std::string_view on) {
  return {.kind = Kind::OFFICER_ENDED, .fill = [=, last = day(on)](Filling body) {
            body.getOfficerEnded().setOfficer(officer);
            body.getOfficerEnded().setOn(last.days);
          }};
}

Said delegated(std::string officer, schema::Power power, std::vector<schema::Sector> sectors,
               std::int64_t limit) {
  return {.kind = Kind::DELEGATION_SET, .fill = [=](Filling body) {
            auto delegation = body.getDelegationSet();
            delegation.setOfficer(officer);
            delegation.setPower(power);
            auto list = delegation.initSectors(static_cast<unsigned>(sectors.size()));
            for (unsigned i = 0; i < sectors.size(); ++i) list.set(i, sectors[i]);
            delegation.setLimit(limit);
            delegation.setFrom(day("2020-04-01").days);
            delegation.setTo(Date::none().days);
          }};
}

Said key_added(std::string organisation, std::string owner, std::string officer) {
  return {.kind = Kind::SIGNING_KEY_ADDED,
          .fill =
              [=](Filling body) {
                auto added = body.getSigningKeyAdded();
                added.setOrganisation(organisation);
                added.setKey(data(key_named(owner)));
                added.disownOfficer();
                if (!officer.empty()) added.setOfficer(officer);
              },
          .publisher = "OPR"};
}

Said key_revoked(std::string organisation, std::string owner) {
  return {.kind = Kind::SIGNING_KEY_REVOKED,
          .fill =
              [=](Filling body) {
                body.getSigningKeyRevoked().setOrganisation(organisation);
                body.getSigningKeyRevoked().setKey(data(key_named(owner)));
              },
          .publisher = "OPR"};
}

Said own_key_limit_set(std::string organisation, schema::Power power, std::int64_t limit) {
  return {.kind = Kind::OWN_KEY_LIMIT_SET,
          .fill =
              [=](Filling body) {
                auto set = body.getOwnKeyLimitSet();
                set.setOrganisation(organisation);
                set.setPower(power);
                set.setLimit(limit);
              },
          .publisher = organisation};
}

Said rule_book_adopted(std::uint16_t version, std::vector<std::string> switched_on) {
  return {.kind = Kind::RULE_BOOK_ADOPTED,
          .fill =
              [=](Filling body) {
                auto adopted = body.getRuleBookAdopted();
                adopted.setVersion(version);
                adopted.setFrom(day("2020-04-01").days);
                adopted.disownSwitchedOn();
                if (switched_on.empty()) return;
                auto list = adopted.initSwitchedOn(static_cast<unsigned>(switched_on.size()));
                for (unsigned i = 0; i < switched_on.size(); ++i) list.set(i, switched_on[i]);
              },
          .publisher = "OPR"};
}

Said period_closed(std::string_view through) {
  return {.kind = Kind::PERIOD_CLOSED, .fill = [last = day(through)](Filling body) {
            body.getPeriodClosed().setThrough(last.days);
          }};
}

Said fund_registered(std::string fund, schema::Sector sector, bool capital) {
  return {.kind = Kind::FUND_REGISTERED, .fill = [=](Filling body) {
            body.getFundRegistered().setFund(fund);
            body.getFundRegistered().setSector(sector);
            body.getFundRegistered().setCapital(capital);
          }};
}

Said person_linked(std::string name, std::int32_t turns16) {
  return {.kind = Kind::PERSON_LINKED, .fill = [=](Filling body) {
            auto linked = body.getPersonLinked();
            write(person(name), linked.initPerson());
            linked.setTurns16(turns16);
            linked.setTurns18(Month::none().months);
            linked.setTurns25(Month::none().months);
          }};
}

Said person_died(std::string name, std::string_view on) {
  return {.kind = Kind::PERSON_DIED, .fill = [=, died = day(on)](Filling body) {
            write(person(name), body.getPersonDied().initPerson());
            body.getPersonDied().setOn(died.days);
          }};
}

Said consent_given(std::string name, schema::By by, bool capacity) {
  return {.kind = Kind::CONSENT_GIVEN, .fill = [=](Filling body) {
            auto consent = body.getConsentGiven();
            write(person(name), consent.initPerson());
            consent.setPurpose(schema::ConsentPurpose::DIRECT_PAYMENT);
            consent.setBy(by);
            consent.setCapacity(capacity);
          }};
}

Said consent_withdrawn(std::string name) {
  return {.kind = Kind::CONSENT_WITHDRAWN, .fill = [=](Filling body) {
            write(person(name), body.getConsentWithdrawn().initPerson());
            body.getConsentWithdrawn().setPurpose(schema::ConsentPurpose::DIRECT_PAYMENT);
          }};
}

Said eligibility_requested(std::string request, std::string name, schema::Scheme scheme) {
  return {.kind = Kind::ELIGIBILITY_REQUESTED, .fill = [=](Filling body) {
            auto requested = body.getEligibilityRequested();
            write(id(request), requested.initRequest());
            write(person(name), requested.initPerson());
            requested.setScheme(scheme);
          }};
}

Said eligibility_decided(std::string request, std::string name, schema::Scheme scheme,
                         std::string delegated_to) {
  return {.kind = Kind::ELIGIBILITY_DECIDED,
          .fill =
              [=](Filling body) {
                auto decided = body.getEligibilityDecided();
                write(id(request), decided.initRequest());
                write(person(name), decided.initPerson());
                decided.setScheme(scheme);
                decided.disownDelegatedTo();
                if (!delegated_to.empty()) decided.setDelegatedTo(delegated_to);
              },
          .publisher = "QUY"};
}

Said liability_reassigned(std::string name, std::string from, std::string to,
                          std::string_view since, std::string_view until) {
  return {.kind = Kind::LIABILITY_REASSIGNED,
          .fill =
              [=, first = day(since), last = day(until)](Filling body) {
                auto moved = body.getLiabilityReassigned();
                write(person(name), moved.initPerson());
                moved.setFrom(from);
                moved.setTo(to);
                moved.setSince(first.days);
                moved.setUntil(last.days);
              },
          .publisher = "QUY"};
}

Said budget_requested(std::string request, std::string name, schema::Scheme scheme) {
  return {.kind = Kind::BUDGET_REQUESTED, .fill = [=](Filling body) {
            auto requested = body.getBudgetRequested();
            write(id(request), requested.initRequest());
            write(person(name), requested.initPerson());
            requested.setScheme(scheme);
          }};
}

Said request_decided(std::string request, std::string name) {
  return {.kind = Kind::REQUEST_DECIDED, .fill = [=](Filling body) {
            auto decided = body.getRequestDecided();
            write(id(request), decided.initRequest());
            write(person(name), decided.initPerson());
            decided.setOutcome(schema::RequestOutcome::GRANTED);
          }};
}

Said basis_recorded(std::string name, std::string_view until) {
  return Said{.kind = Kind::LEGAL_BASIS_RECORDED,
              .fill =
                  [=, last = until.empty() ? Date::none() : day(until)](Filling body) {
                    auto recorded = body.getLegalBasisRecorded();
                    write(person(name), recorded.initPerson());
                    recorded.setUntil(last.days);
                  }}
      .under("Care Act 2014 s.9");
}

Said consent_to_sharing(std::string name) {
  return {.kind = Kind::CONSENT_GIVEN, .fill = [=](Filling body) {
            auto consent = body.getConsentGiven();
            write(person(name), consent.initPerson());
            consent.setPurpose(schema::ConsentPurpose::SHARING);
            consent.setBy(schema::By::SELF);
          }};
}

Said sharing_withdrawn(std::string name) {
  return {.kind = Kind::CONSENT_WITHDRAWN, .fill = [=](Filling body) {
            write(person(name), body.getConsentWithdrawn().initPerson());
            body.getConsentWithdrawn().setPurpose(schema::ConsentPurpose::SHARING);
          }};
}

Said identity_opened(std::string name) {
  return Said{.kind = Kind::IDENTITY_OPENED,
              .fill =
                  [=](Filling body) {
                    write(person(name), body.getIdentityOpened().initPerson());
                    body.getIdentityOpened().disownEvent();
                  }}
      .by("a.adeyemi");
}

Said identity_erased(std::string name) {
  return {.kind = Kind::IDENTITY_ERASED, .fill = [=](Filling body) {
            write(person(name), body.getIdentityErased().initPerson());
          }};
}

}  // namespace braid::test
