#include <catch2/catch.hpp>

#include "events/native_rows.hpp"
#include "tests/support/ledger_world.hpp"

using namespace braid;
using namespace braid::test;

namespace {

std::int64_t stands(const Given& given, Account account, const Strand& strand,
                    const Uuid& subject = id("pool")) {
  return given.state().balance(account, subject, strand, 2026);
}

Said proposed(std::string pool = "pool") {
  return pool_proposed(pool, {{nhs, 600'000}, {care, 400'000}}, "E10000008");
}

}  // namespace

TEST_CASE("a pool is in force when every partner has signed, each for itself and once") {
  auto given = history().with(proposed());
  CHECK(when(given, contribution_committed("pool", care, 1'00)) == refused("state", "pool"));
  given.with(partner_signed("pool"));
  CHECK(when(given, partner_signed("pool")) == refused("state", "act"));
  CHECK(when(given, contribution_committed("pool", care, 1'00)) == refused("state", "pool"));
  given.with(partner_signed("pool").from("QUY"));
  CHECK(when(given, contribution_committed("pool", care, 1'00)) == accepted());
}

TEST_CASE("a successor's signature is not another partner's") {
  auto given = history().today("2022-06-01");
  const Strand ccg{"15C", schema::Sector::HEALTH, "chc"};
  given.with(pool_proposed("pool", {{care, 400'000}, {ccg, 600'000}}, "E10000008"))
      .today("2022-08-01");
  CHECK(when(given, partner_signed("pool").from("QUY")) == refused("state", "act"));
}

TEST_CASE("one signature is good for every strand that its organisation brings") {
  auto given = history().with(
      pool_proposed("pool", {{nhs, 500'000}, {care, 400'000}, {schooling, 100'000}}, "E10000008"));
  given.with(partner_signed("pool")).with(partner_signed("pool").from("QUY"));
  CHECK(given.state().pools.find({id("pool")})->in_force);
}

TEST_CASE("an agreement names funds that there are, and an identifier of its own") {
  auto given = history().with(proposed());
  CHECK(when(given, proposed()) == refused("state", "pool"));
  const Strand other{"QUY", schema::Sector::HEALTH, "other"};
  CHECK(when(given, pool_proposed("new", {{other, 600'000}, {care, 400'000}}, "E10000008")) ==
        refused("state", "partners[0].strand"));
}

TEST_CASE("partners contribute, own schemes and spend by them") {
  auto given = history().with(a_pool());
  CHECK(when(given, contribution_paid("pool", schooling, 1'00)) == refused("state", "strand"));
  CHECK(when(given, contribution_paid("no pool", care, 1'00)) == refused("state", "pool"));
  CHECK(when(given, scheme_added("pool", "new", "RVJ", 1'00)) == refused("state", "owner"));
  CHECK(when(given, scheme_added("pool", "scheme", "QUY", 1'00)) == refused("state", "scheme"));
  CHECK(when(given, pool_spent("pool", "no scheme", 1'00)) == refused("state", "scheme"));
}

TEST_CASE(
    "what is paid in leaves the allocation, what is spent falls on the partners by what each has "
    "left") {
  auto given = history().with(a_pool());
  CHECK(stands(given, Account::POOL, nhs) == 600'00);
  CHECK(stands(given, Account::ALLOCATION, nhs, {}) == 1'000'000'00 - 600'00);
  given.with(pool_spent("pool", "scheme", 100'01));
  CHECK(stands(given, Account::SPENT, nhs) == 60'01);
  CHECK(stands(given, Account::SPENT, care) == 40'00);
}

TEST_CASE("what a pool spends beyond what it has falls on the host, and is flagged") {
  auto given = history().with(a_pool());
  CHECK(when(given, pool_spent("pool", "scheme", 1'100'00)) ==
        accepted().flagged("pool_overspent"));
  given.with(pool_spent("pool", "scheme", 1'100'00));
  CHECK(stands(given, Account::POOL, nhs) == 0);
  CHECK(stands(given, Account::POOL, care) == -100'00);
}

TEST_CASE("sharing an overspend leaves the pool at zero, and each partner with what it bears") {
  auto given = history().with(a_pool()).with(pool_spent("pool", "scheme", 1'100'00));
  given.with(risk_share_applied("pool", 100'00, {{nhs, 60'00}, {care, 40'00}}));
  CHECK(stands(given, Account::POOL, care) == 0);
  CHECK(stands(given, Account::SPENT, nhs) == 660'00);
  CHECK(stands(given, Account::SPENT, care) == 440'00);
  CHECK(stands(given, Account::DUE, nhs) == -60'00);
  CHECK(stands(given, Account::DUE, care) == 60'00);
  given.with(risk_share_settled("pool", nhs, 60'00));
  CHECK(stands(given, Account::DUE, nhs) == 0);
  CHECK(stands(given, Account::DUE, care) == 0);
  CHECK(stands(given, Account::ALLOCATION, nhs, {}) == 1'000'000'00 - 660'00);
  CHECK(stands(given, Account::ALLOCATION, care, {}) == 1'000'000'00 - 440'00);
}

TEST_CASE("sharing an underspend gives it back") {
  auto given = history().with(a_pool()).with(pool_spent("pool", "scheme", 900'00));
  given.with(risk_share_applied("pool", -100'00, {{nhs, -60'00}, {care, -40'00}}));
  given.with(risk_share_settled("pool", nhs, -60'00));
  CHECK(stands(given, Account::POOL, nhs) == 0);
  CHECK(stands(given, Account::DUE, nhs) == 0);
  CHECK(stands(given, Account::ALLOCATION, nhs, {}) == 1'000'000'00 - 540'00);
  CHECK(stands(given, Account::ALLOCATION, care, {}) == 1'000'000'00 - 360'00);
}

TEST_CASE("the host settles with the other partners, not with itself") {
  auto given = history().with(a_pool());
  CHECK(when(given, risk_share_settled("pool", care, 1'00)) == refused("state", "strand"));
  CHECK(when(given, risk_share_settled("pool", schooling, 1'00)) == refused("state", "strand"));
}

TEST_CASE("a grant is drawn up to what was awarded") {
  auto given = history().with(grant_awarded("grant", care, 40'00));
  CHECK(when(given, grant_awarded("grant", care, 40'00)) == refused("state", "grant"));
  CHECK(when(given, grant_awarded("new", {"E10000008", schema::Sector::SOCIAL_CARE, "other"}, 1)) ==
        refused("state", "strand"));
  given.with(grant_drawn("grant", 30'00));
  CHECK(stands(given, Account::ALLOCATED, care, id("grant")) == 10'00);
  CHECK(stands(given, Account::SPENT, care, id("grant")) == 30'00);
  CHECK(when(given, grant_drawn("grant", 10'01)) == refused("arithmetic", "pence"));
  CHECK(when(given, grant_drawn("no grant", 1)) == refused("state", "grant"));
}
