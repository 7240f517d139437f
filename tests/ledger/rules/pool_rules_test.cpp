#include <catch2/catch.hpp>

#include "tests/support/ledger_world.hpp"

using namespace braid;
using namespace braid::test;
using schema::RiskShare;

namespace {

using Filling = schema::Event::Body::Builder;

const auto proposed = pool_proposed("pool", {{nhs, 600'000}, {care, 400'000}}, "E10000008");

/// A pool with these terms, in force, paid in as the standard one, which has spent `spent`.
Given a_pool_that_spent(std::int64_t spent, RiskShare rule, std::int64_t host_cap = 0) {
  auto all = a_pool();
  all[0] = vary(all[0], [=](Filling body) {
    body.getPoolAgreementProposed().setRiskShare(rule);
    body.getPoolAgreementProposed().getPartners()[1].setCap(host_cap);
  });
  return history().with(all).with(pool_spent("pool", "scheme", spent));
}

Given a_hard_limited_pool() {
  auto all = a_pool();
  all[0] = vary(all[0], [](Filling body) { body.getPoolAgreementProposed().setHardLimit(true); });
  return history().with(all);
}

}  // namespace

TEST_CASE("R48: an agreement states seven things in writing") {
  auto given = history();
  CHECK(when(given, proposed) == accepted());
  for (unsigned item = 0; item < 7; ++item) {
    const auto without = vary(proposed, [=](Filling body) {
      auto items = body.getPoolAgreementProposed().initItems(6);
      for (unsigned i = 0; i < 6; ++i) {
        items[i].setItem(static_cast<schema::AgreementItem>(i < item ? i : i + 1));
        items[i].setText("As agreed.");
      }
    });
    CAPTURE(item);
    CHECK(when(given, without) == refused("R48", "items"));
  }
}

TEST_CASE("R49: schemes and spending are for functions in the agreement") {
  auto given = history().with(a_pool());
  const auto other = [](Filling body) {
    if (body.isSchemeAdded()) body.getSchemeAdded().setFunction("other");
    if (body.isPoolSpent()) body.getPoolSpent().setFunction("other");
  };
  CHECK(when(given, scheme_added("pool", "new", "QUY", 1'00)) == accepted());
  CHECK(when(given, vary(scheme_added("pool", "new", "QUY", 1'00), other)) ==
        refused("R49", "function"));
  CHECK(when(given, vary(pool_spent("pool", "scheme", 1'00), other)) == accepted().flagged("R49"));
}

TEST_CASE("R50: a trust is a partner only together with a commissioner") {
  auto given = history().with(fund_registered("trust", schema::Sector::HEALTH).from("RVJ"));
  const Strand trusts{"RVJ", schema::Sector::HEALTH, "trust"};
  CHECK(when(given, pool_proposed("pool", {{trusts, 500'000}, {care, 500'000}}, "E10000008")) ==
        refused("R50", "partners"));
  CHECK(when(given, pool_proposed("pool", {{trusts, 300'000}, {nhs, 200'000}, {care, 500'000}},
                                  "E10000008")) == accepted());
}

TEST_CASE("R54: a variance is shared to the penny by the agreement's shares") {
  auto given = a_pool_that_spent(1'100'01, RiskShare::FIXED_SHARE);
  CHECK(when(given, risk_share_applied("pool", 100'01, {{nhs, 60'01}, {care, 40'00}})) ==
        accepted());
  CHECK(when(given, risk_share_applied("pool", 100'01, {{nhs, 60'00}, {care, 40'01}})) ==
        refused("R54", "shares"));
  CHECK(when(given, risk_share_applied("pool", 100'00, {{nhs, 60'00}, {care, 40'00}})) ==
        refused("R54", "pence"));
  CHECK(when(given, risk_share_applied("pool", 100'01, {{nhs, 60'01}})) ==
        refused("R54", "shares"));
}

TEST_CASE("R54: by what each has paid in, where the agreement says so") {
  auto given = a_pool_that_spent(1'000'00, RiskShare::VARIABLE_SHARE);
  given.with(contribution_paid("pool", care, 200'00)).with(pool_spent("pool", "scheme", 320'00));
  // Half and half is in by now: GBP 600.00 each.
  CHECK(when(given, risk_share_applied("pool", 120'00, {{nhs, 60'00}, {care, 60'00}})) ==
        accepted());
  CHECK(when(given, risk_share_applied("pool", 120'00, {{nhs, 72'00}, {care, 48'00}})) ==
        refused("R54", "shares"));
}

TEST_CASE("R54: by whose schemes varied, where each bears its own risk") {
  auto given = a_pool_that_spent(1'050'00, RiskShare::OWN_RISK);
  CHECK(when(given, risk_share_applied("pool", 50'00, {{care, 50'00}})) == accepted());
  CHECK(when(given, risk_share_applied("pool", 50'00, {{nhs, 30'00}, {care, 20'00}})) ==
        refused("R54", "shares"));
}

TEST_CASE(
    "R54: the host first up to its cap, then the others, in a waterfall; an underspend by the "
    "shares") {
  auto over = a_pool_that_spent(1'100'00, RiskShare::WATERFALL, 30'00);
  CHECK(when(over, risk_share_applied("pool", 100'00, {{nhs, 70'00}, {care, 30'00}})) ==
        accepted());
  auto under = a_pool_that_spent(900'00, RiskShare::WATERFALL, 30'00);
  CHECK(when(under, risk_share_applied("pool", -100'00, {{nhs, -60'00}, {care, -40'00}})) ==
        accepted());
}

TEST_CASE("R62: a capital fund pays into no revenue pool, and what was paid so is flagged") {
  auto all = a_pool();
  all[0] = pool_proposed("pool", {{nhs, 600'000}, {care, 300'000}, {works, 100'000}}, "E10000008");
  auto given = history().with(all);
  CHECK(when(given, contribution_committed("pool", works, 1'00)) == refused("R62", "strand"));
  CHECK(when(given, contribution_paid("pool", works, 1'00)) == accepted().flagged("R62"));
}

TEST_CASE(
    "available_exceeded: a pool with a hard limit takes on no scheme beyond what is committed") {
  auto given = a_hard_limited_pool();
  CHECK(when(given, scheme_added("pool", "more", "QUY", 0)) == accepted());
  CHECK(when(given, scheme_added("pool", "more", "QUY", 1)) ==
        refused("available_exceeded", "pence"));
  CHECK(when(history().with(a_pool()), scheme_added("pool", "more", "QUY", 1)) == accepted());
}

TEST_CASE("pool_not_in_force: money that moves before every partner has signed is flagged") {
  auto given = history().with(proposed).with(partner_signed("pool"));
  CHECK(when(given, contribution_paid("pool", nhs, 1'00)) ==
        accepted().flagged("pool_not_in_force"));
}

TEST_CASE(
    "allocation_exceeded: what is paid into a pool or granted beyond the allocation is flagged") {
  auto given = history().with(a_pool());
  CHECK(when(given, contribution_paid("pool", care, 999'600'00)) == accepted());
  CHECK(when(given, contribution_paid("pool", care, 999'600'01)) ==
        accepted().flagged("allocation_exceeded"));
  CHECK(when(given, grant_awarded("grant", works, 10'000'00)) == accepted());
  CHECK(when(given, grant_awarded("grant", works, 10'000'01)) ==
        accepted().flagged("allocation_exceeded"));
}
