#include <rapidcheck.h>

#include <catch2/catch.hpp>
#include <map>

#include "events/native_rows.hpp"
#include "tests/support/ledger_world.hpp"

using namespace braid;
using namespace braid::test;

namespace {

using Balances =
    std::map<std::tuple<Account, Uuid, std::string, schema::Sector, std::string, std::uint16_t>,
             std::int64_t>;

template <class T>
T one_of(std::vector<T> all) {
  return *rc::gen::elementOf(std::move(all));
}

/// Few names, so that what is said meets what was said before; amounts at the edges, the largest
/// that has form among them.
std::string name() { return one_of<std::string>({"maya", "noor"}); }
std::int64_t pence() {
  return one_of<std::int64_t>({0, 1, 2, 99, 50'00, 100'00, 1'000'000'00, 10'000'000'000'000});
}
Strand strand() { return one_of<Strand>({care, nhs, schooling, works}); }
Amounts amounts() {
  const auto first = strand();
  Amounts all = {{first, pence()}};
  if (const auto second = strand(); one_of<int>({0, 1}) == 1 && second != first)
    all.emplace_back(second, pence());
  return all;
}
Package package() {
  return {
      .health = pence(),
      .social_care = pence(),
      .education = pence(),
      .method = one_of<schema::Method>({schema::Method::NOTIONAL, schema::Method::DIRECT_PAYMENT})};
}

/// Things happen on days of several financial years.
Said some_day(Said said) {
  const auto on = day(one_of<std::string>({"2024-05-01", "2026-04-30", "2027-04-01"})).days;
  return vary(std::move(said), [=](schema::Event::Body::Builder body) {
    if (body.isPaymentSettled()) body.getPaymentSettled().setOn(on);
    if (body.isAccountCredited()) body.getAccountCredited().setOn(on);
    if (body.isTransactionReported()) body.getTransactionReported().setOn(on);
    if (body.isContributionReceived()) body.getContributionReceived().setOn(on);
    if (body.isPoolSpent()) body.getPoolSpent().setOn(on);
  });
}

Said spoken(std::size_t number) {
  const auto budget = name();
  const auto word = one_of<std::string>({"one", "two"});
  switch (
      one_of<int>({0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21})) {
    case 0:
      return order_placed(word, budget, amounts());
    case 1:
      return order_ended(word);
    case 2:
      return invoice_received(word, one_of<std::string>({"one", "two"}), amounts());
    case 3:
      return payment_instructed(word, budget, one_of<std::string>({"one", "two"}), amounts());
    case 4:
      return some_day(
          payment_settled(word, budget, one_of<std::string>({"one", "two"}), amounts()));
    case 5:
      return payment_returned(word, amounts());
    case 6:
      return some_day(account_credited(word, budget + "'s account", budget, amounts()));
    case 7:
      return some_day(transaction_reported(budget + "'s account", budget, pence()));
    case 8:
      return vary(some_day(transaction_reported(budget + "'s account", budget, pence())),
                  [](auto body) {
                    body.getTransactionReported().setDirection(schema::Direction::CREDITED);
                  });
    case 9:
      return repaid(budget, amounts());
    case 10:
      return recharge_raised(word, budget, strand(), strand(), pence());
    case 11:
      return recharge_settled(word, pence());
    case 12:
      return some_day(contribution_received(budget, strand(), pence()));
    case 13:
      return contribution_refunded(budget, strand(), pence());
    case 14:
      return budget_closed(budget);
    case 15:
      return uplift_applied("run", budget, strand(), pence());
    case 16:
      return allocation_varied(strand(), one_of<std::uint16_t>({2026, 2027}),
                               one_of<int>({-1, 1}) * pence());
    case 17:
      return some_day(pool_spent("pool", "scheme", pence()));
    case 18:
      return contribution_paid("pool", one_of<Strand>({care, nhs}), pence());
    case 19:
      return grant_awarded(word, strand(), pence());
    case 20:
      return grant_drawn(word, pence());
    default:
      return event_reversed(
          id("said " + std::to_string(*rc::gen::inRange<std::size_t>(0, number + 1))));
  }
}

void check_balanced(const std::vector<Posting>& postings) {
  std::map<std::tuple<std::string, schema::Sector, std::string>, std::int64_t> sums;
  for (const auto& each : postings)
    sums[{each.strand.organisation, each.strand.sector, each.strand.fund}] += each.pence;
  for (const auto& [strand, sum] : sums) RC_ASSERT(sum == 0);
}

void check_balances(const Given& given) {
  Balances balances;
  for (const auto& original : given.accepted())
    for (const auto& each : original.postings)
      balances[{each.account, each.subject, each.strand.organisation, each.strand.sector,
                each.strand.fund, each.year}] += each.pence;
  for (const auto& [key, pence] : balances) {
    const auto& [account, subject, organisation, sector, fund, year] = key;
    RC_ASSERT(given.state().balance(account, subject, {organisation, sector, fund}, year) == pence);
  }
}

Given a_world() {
  auto given = history();
  for (const auto* person : {"maya", "noor"}) {
    auto all = a_joint_budget(person, package());
    for (const auto& said : all) given.offer(said);
    given.with(consent_given(person));
    given.offer(account_approved(std::string(person) + "'s account", person));
  }
  given.with(supplier_registered("supplier"))
      .with(a_pool())
      .with(uplift_approved("run", "a.adeyemi", 4, 1'000'000'00));
  return given;
}

}  // namespace

TEST_CASE(
    "whatever is said, the postings of every event sum to zero for each strand, and the balances "
    "are their sums") {
  CHECK(rc::check([] {
    auto given = a_world();
    std::size_t accepted = 0;
    for (std::size_t number = 0; number < 60; ++number) {
      const auto said = spoken(number).numbered(id("said " + std::to_string(number)));
      const auto answer = given.offer(said);
      if (!answer) continue;
      check_balanced(answer->postings());
      accepted += std::holds_alternative<ledger::Findings>(answer->decision);
    }
    RC_CLASSIFY(accepted > 10, "more than ten accepted");
    check_balances(given);
  }));
}

TEST_CASE("whatever is said, a replay of what was accepted makes the same state") {
  CHECK(rc::check([] {
    auto given = a_world();
    for (std::size_t number = 0; number < 30; ++number)
      given.offer(spoken(number).numbered(id("said " + std::to_string(number))));
    Given replayed;
    for (const auto& original : given.accepted()) replayed.replay(original);
    for (const auto* table :
         {"balances", "budgets", "orders", "invoices", "payments", "pools", "schemes", "grants",
          "recharges", "reversals", "runs", "organisations", "delegations", "approvals", "plans"})
      RC_ASSERT(given.rows_of(table) == replayed.rows_of(table));
  }));
}
