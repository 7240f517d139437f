#include <catch2/catch.hpp>

#include "tests/projections/folded.hpp"

namespace braid::test {

using namespace projections;

namespace {

Given known_and_opened_twice() {
  auto given = history().with(person_linked("maya")).with(basis_recorded("maya"));
  given.with(consent_to_sharing("maya").from("QUY"));
  given.with(identity_opened("maya"));
  given.with(identity_opened("maya").from("QUY").by("b.okafor"));
  return given;
}

const auto of_maya = [](const auto& row) { return row.person == person("maya"); };

}  // namespace

TEST_CASE("a person sees who looked: each opening with its body, officer and purpose") {
  const auto openings = Folded(known_and_opened_twice()).rows<OpeningRow>();
  REQUIRE(openings.size() == 2);
  CHECK(openings[0].person == person("maya"));
  CHECK(openings[0].organisation == "E10000008");
  CHECK(openings[0].officer == "a.adeyemi");
  CHECK(openings[0].purpose == schema::OpeningPurpose::REVIEW);
  CHECK(date_of(Instant{openings[0].recorded_at}) == day("2026-05-01"));
  CHECK(openings[1].organisation == "QUY");
  CHECK(openings[1].officer == "b.okafor");
  CHECK(openings[0].sequence < openings[1].sequence);
}

TEST_CASE("an opening that was refused is no opening") {
  auto given = history().with(person_linked("maya"));
  given.offer(identity_opened("maya"));
  CHECK(Folded(given).rows<OpeningRow>().empty());
}

TEST_CASE("a person's row counts openings and says who linked them, and that they are erased") {
  auto given = known_and_opened_twice();
  const auto known = Folded(given).row<IdentityRow>(of_maya);
  CHECK(known.linked_by == "E10000008");
  CHECK(known.openings == 2);
  CHECK(Date{known.erased}.is_none());
  given.with(identity_erased("maya").by("a.adeyemi"));
  const Folded after(given);
  const auto erasure = after.row<ErasureRow>(of_maya);
  CHECK(Date{after.row<IdentityRow>(of_maya).erased} ==
        date_of(Instant{erasure.recorded_at}));
  CHECK(erasure.organisation == "E10000008");
  CHECK(erasure.officer == "a.adeyemi");
  CHECK(erasure.ground == schema::ErasureGround::RETENTION_ENDED);
}

TEST_CASE("of a body's legal bases for a person the last stands") {
  auto given = history().with(basis_recorded("maya")).with(basis_recorded("maya", "2026-05-20"));
  given.with(basis_recorded("maya").from("QUY"));
  const auto bases = Folded(given).rows<LegalBasisRow>();
  REQUIRE(bases.size() == 2);
  CHECK(bases[0].organisation == "E10000008");
  CHECK(bases[0].authority == "Care Act 2014 s.9");
  CHECK(Date{bases[0].until} == day("2026-05-20"));
  CHECK(Date{bases[1].until}.is_none());
}

}  // namespace braid::test
