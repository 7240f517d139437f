#include <catch2/catch.hpp>

#include "tests/support/ledger_world.hpp"

using namespace braid;
using namespace braid::test;
using schema::LegalBasis;
using schema::SpecialCondition;

namespace {

Said basis(LegalBasis basis, SpecialCondition condition = SpecialCondition::HEALTH_OR_SOCIAL_CARE) {
  return vary(basis_recorded("maya"), [=](auto body) {
    body.getLegalBasisRecorded().setBasis(basis);
    body.getLegalBasisRecorded().setCondition(condition);
  });
}

}  // namespace

TEST_CASE("R75: without a legal basis or consent nobody opens what is sealed about a person") {
  auto given = history().with(person_linked("maya"));
  CHECK(when(given, identity_opened("maya")) == refused("R75", "person"));
  given.with(basis_recorded("maya"));
  CHECK(when(given, identity_opened("maya")) == accepted());
  CHECK(when(given, identity_opened("noor")) == refused("R75", "person"));
}

TEST_CASE("R75: a body opens on its own basis, not on another's") {
  auto given = history().with(basis_recorded("maya"));
  CHECK(when(given, identity_opened("maya").from("QUY")) == refused("R75", "person"));
  given.with(basis_recorded("maya").from("QUY"));
  CHECK(when(given, identity_opened("maya").from("QUY")) == accepted());
}

TEST_CASE("R75: a successor opens on the basis of the body that it succeeded") {
  auto given = history().with(basis_recorded("maya").from("RVJ"));
  given.with(organisation_succeeded("RVJ", "QUY", "2026-06-01"));
  CHECK(when(given.today("2026-06-01"), identity_opened("maya").from("QUY")) == accepted());
}

TEST_CASE("R75: a basis opens from its first day to its last") {
  auto given = history().with(basis_recorded("maya", "2026-05-10"));
  CHECK(when(given.today("2026-05-10"), identity_opened("maya")) == accepted());
  CHECK(when(given.today("2026-05-11"), identity_opened("maya")) == refused("R75", "person"));
  given.with(vary(basis_recorded("maya"), [](auto body) {
    body.getLegalBasisRecorded().setFrom(day("2026-06-01").days);
  }));
  CHECK(when(given.today("2026-05-31"), identity_opened("maya")) == refused("R75", "person"));
  CHECK(when(given.today("2026-06-01"), identity_opened("maya")) == accepted());
}

TEST_CASE("R75: a body ends its basis by recording it again with its last day") {
  auto given = history().with(basis_recorded("maya")).with(basis_recorded("maya", "2026-05-01"));
  CHECK(when(given.today("2026-05-02"), identity_opened("maya")) == refused("R75", "person"));
}

TEST_CASE("R75: consent to sharing opens for the body that recorded it, until it is withdrawn") {
  auto given = history().with(consent_to_sharing("maya"));
  CHECK(when(given, identity_opened("maya")) == accepted());
  CHECK(when(given, identity_opened("maya").from("QUY")) == refused("R75", "person"));
  given.with(sharing_withdrawn("maya").from("QUY"));
  CHECK(when(given, identity_opened("maya")) == refused("R75", "person"));
  given.with(consent_to_sharing("maya").from("QUY"));
  CHECK(when(given, identity_opened("maya")) == refused("R75", "person"));
}

TEST_CASE("R75: consent to a direct payment is no consent to sharing") {
  auto given = history().with(consent_given("maya"));
  CHECK(when(given, identity_opened("maya")) == refused("R75", "person"));
}

TEST_CASE("R75: an opening says which officer looks") {
  auto given = history().with(basis_recorded("maya"));
  CHECK(when(given, identity_opened("maya").by("")) == refused("R75", "officer"));
}

TEST_CASE("R76: a legal obligation and a public task name their law") {
  auto given = history();
  CHECK(when(given, basis(LegalBasis::PUBLIC_TASK).under("")) == refused("R76", "authority"));
  CHECK(when(given, basis(LegalBasis::LEGAL_OBLIGATION).under("")) ==
        refused("R76", "authority"));
  CHECK(when(given, basis(LegalBasis::VITAL_INTERESTS).under("")) == accepted());
}

TEST_CASE("R76: a public authority has no legitimate interests, but a provider may") {
  auto given = history().with(
      organisation_registered("VCS", schema::OrganisationKind::VCSE));
  given.with(key_added("VCS", "VCS"));
  CHECK(when(given, basis(LegalBasis::LEGITIMATE_INTERESTS)) == refused("R76", "basis"));
  CHECK(when(given, basis(LegalBasis::LEGITIMATE_INTERESTS).from("VCS")) == accepted());
}

TEST_CASE("R76: what concerns health and care needs a condition besides the basis") {
  CHECK(when(history(), basis(LegalBasis::PUBLIC_TASK, SpecialCondition::NONE)) ==
        refused("R76", "condition"));
}

TEST_CASE("R76: who relies on consent has it on the ledger") {
  auto given = history();
  const auto explicit_consent =
      basis(LegalBasis::PUBLIC_TASK, SpecialCondition::EXPLICIT_CONSENT);
  CHECK(when(given, basis(LegalBasis::CONSENT)) == refused("R76", "basis"));
  CHECK(when(given, explicit_consent) == refused("R76", "condition"));
  given.with(consent_to_sharing("maya"));
  CHECK(when(given, basis(LegalBasis::CONSENT)) == accepted());
  CHECK(when(given, explicit_consent) == accepted());
}

TEST_CASE("R72: an identity is not erased while a budget of the person is open") {
  auto given = history()
                   .with(person_linked("maya"))
                   .with(a_joint_budget("maya", {.social_care = 100'00}));
  CHECK(when(given, identity_erased("maya")) == refused("R72", "person"));
  given.with(budget_closed("maya"));
  CHECK(when(given, identity_erased("maya")) == accepted());
}

TEST_CASE("R72: a budget whose closing is reversed is open again") {
  auto given = history()
                   .with(person_linked("maya"))
                   .with(a_joint_budget("maya", {.social_care = 100'00}));
  auto closing = budget_closed("maya");
  closing.id = id("the closing");
  given.with(closing).with(event_reversed(id("the closing")));
  CHECK(when(given, identity_erased("maya")) == refused("R72", "person"));
}

TEST_CASE("R72: an identity is not erased while another body has a live legal basis") {
  auto given = history().with(person_linked("maya")).with(basis_recorded("maya"));
  given.with(basis_recorded("maya", "2026-05-20").from("QUY"));
  CHECK(when(given, identity_erased("maya")) == refused("R72", "person"));
  CHECK(when(given.today("2026-05-21"), identity_erased("maya")) == accepted());
}
