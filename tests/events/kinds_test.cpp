#include "events/kinds.hpp"

#include <capnp/schema.h>

#include <catch2/catch.hpp>
#include <set>

using namespace braid;

TEST_CASE("The catalogue lists every member of the union, in its order and by its name") {
  const auto members = capnp::Schema::from<schema::Event::Body>().getUnionFields();
  REQUIRE(kinds().size() == members.size());
  for (const auto member : members) {
    const auto kind = static_cast<Kind>(member.getProto().getDiscriminantValue());
    const std::string name = member.getProto().getName();
    CHECK(info_of(kind).kind == kind);
    CHECK(info_of(kind).name == name);
    CHECK(kind_named(name) == kind);
    CHECK(&info_of(kind) == &kinds()[static_cast<std::size_t>(kind)]);
  }
}

TEST_CASE("A name that is no kind's names none") {
  CHECK_FALSE(kind_named(""));
  CHECK_FALSE(kind_named("StrandAgreed"));
  CHECK_FALSE(kind_named("strandAgree"));
}

TEST_CASE("Titles are for people") {
  CHECK(info_of(Kind::STRAND_AGREED).title == "strand agreed");
  CHECK(info_of(Kind::EHC_PLAN_ISSUED).title == "EHC plan issued");
  CHECK(info_of(Kind::REPAID).title == "repaid");
  std::set<std::string_view> titles;
  for (const auto& kind : kinds()) titles.insert(kind.title);
  CHECK(titles.size() == kinds().size());
}

TEST_CASE("Every family has kinds") {
  std::set<Family> families;
  for (const auto& kind : kinds()) families.insert(kind.family);
  CHECK(families.size() == 8);
}

TEST_CASE(
    "What has happened is reported and never refused for law, and what asks is an intention") {
  for (const Kind kind :
       {Kind::PAYMENT_SETTLED, Kind::POOL_SPENT, Kind::REPAID, Kind::ACCOUNT_CREDITED,
        Kind::SERVICE_DELIVERED, Kind::SPEND_PUBLISHED, Kind::CONSENT_WITHDRAWN, Kind::PERSON_DIED,
        Kind::CONTRIBUTION_REFUNDED, Kind::EVENT_REVERSED}) {
    CHECK(info_of(kind).mood == Mood::report);
  }
  for (const Kind kind :
       {Kind::PLAN_PROPOSED, Kind::BUDGET_OPENED, Kind::ORDER_PLACED, Kind::PAYMENT_INSTRUCTED,
        Kind::REPAYMENT_NOTICE_ISSUED, Kind::APPROVAL_GIVEN, Kind::CONTRIBUTION_ASSESSED}) {
    CHECK(info_of(kind).mood == Mood::intention);
  }
  for (const auto& kind : kinds()) {
    if (kind.family == Family::registry) CHECK(kind.mood == Mood::intention);
  }
}

TEST_CASE("The register holds what organisations and authority are, and no money") {
  CHECK(is_of_register(Kind::LEDGER_FOUNDED));
  CHECK(is_of_register(Kind::FUND_REGISTERED));
  CHECK_FALSE(is_of_register(Kind::ALLOCATION_SET));
  CHECK_FALSE(is_of_register(Kind::PERSON_LINKED));
}
