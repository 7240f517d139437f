// From a plan to a live budget with an account and an order.
#include <algorithm>

#include "tools/synth/county_life.hpp"

namespace braid::synth {

Package County::Impl::new_package() {
  auto& dice = writer_.dice();
  Package package;
  for (auto& word : package.person) word = dice.next() | 1;
  package.plan = writer_.new_id();
  package.budget = writer_.new_id();
  package.account = writer_.new_id();
  package.order = writer_.new_id();
  package.supplier = suppliers_[dice.below(suppliers_.size())];
  package.strands = {&adult_care, &chc};
  if (dice.one_in(4)) package.strands.push_back(&high_needs);
  package.weekly = static_cast<std::int64_t>(80'00 + dice.below(300'00));
  return package;
}

/// What the two bodies' officers do in turn for the people of one panel.
void County::Impl::open_packages() {
  std::vector<Package> panel;
  while (panel.size() < options_.panel && packages_.size() + panel.size() < options_.people)
    panel.push_back(new_package());
  for (const auto& package : panel) propose(package);
  for (const auto organisation : {council_code, icb_code})
    for (const auto& package : panel) approve(package, organisation);
  for (const auto& package : panel) open_budget(package);
  for (const auto organisation : {council_code, icb_code})
    for (const auto& package : panel) agree_strands(package, organisation);
  for (const auto& package : panel) equip(package);
  std::ranges::move(panel, std::back_inserter(packages_));
}

void County::Impl::write_plan(schema::PlanProposed::Builder plan, const Package& package) {
  schema::write(package.plan, plan.initPlan());
  set(plan.initPerson(), package);
  seal(plan.initNeeds(), writer_.dice());
  auto outcome = plan.initOutcomes(1)[0];
  outcome.setNumber(1);
  outcome.setWellbeing("b");
  seal(outcome.initWords(), writer_.dice());
  auto lines = plan.initLines(static_cast<unsigned>(package.strands.size()));
  for (unsigned i = 0; i < lines.size(); ++i) {
    lines[i].setNumber(static_cast<std::uint16_t>(i + 1));
    lines[i].setOutcome(1);
    lines[i].setCategory(i == 0 ? schema::Category::HOME_CARE : schema::Category::WAGES);
    set(lines[i].initStrand(), *package.strands[i]);
    auto rate = lines[i].initRate();
    rate.setPence(yearly / 52);
    rate.setPeriod(schema::Period::WEEKLY);
    lines[i].setPence(yearly);
  }
  plan.setFrom(today_.days);
  plan.setTo(add_months(today_, 12).days);
  plan.setRisksAgreed(true);
}

void County::Impl::propose(const Package& package) {
  auto& dice = writer_.dice();
  publish(council_code, "", [&](auto body) {
    auto linked = body.initPersonLinked();
    set(linked.initPerson(), package);
    seal(linked.initIdentity(), dice);
  });
  publish(council_code, "", [&](auto body) {
    auto consent = body.initConsentGiven();
    set(consent.initPerson(), package);
    consent.setPurpose(schema::ConsentPurpose::DIRECT_PAYMENT);
    consent.setCapacity(true);
  });
  publish(council_code, "p.poser",
          [&](auto body) { write_plan(body.initPlanProposed(), package); });
  publish(council_code, "", [&](auto body) {
    auto signed_off = body.initPlanSignedOff();
    schema::write(package.plan, signed_off.initPlan());
    auto evidence = signed_off.initEvidence();
    evidence.setA(dice.next());
    evidence.setB(dice.next());
    evidence.setC(dice.next());
    evidence.setD(dice.next());
  });
  publish(council_code, "p.poser", [&](auto body) {
    auto asked = body.initApprovalRequested();
    schema::write(package.plan, asked.initSubject());
    auto amounts = asked.initAmounts(static_cast<unsigned>(package.strands.size()));
    for (unsigned i = 0; i < amounts.size(); ++i) {
      set(amounts[i].initStrand(), *package.strands[i]);
      amounts[i].setPence(yearly);
    }
  });
}

void County::Impl::approve(const Package& package, std::string_view organisation) {
  const auto give = [&](std::string_view officer, const Fund& fund) {
    publish(fund.organisation, officer, [&](auto body) {
      auto given = body.initApprovalGiven();
      schema::write(package.plan, given.initSubject());
      auto amount = given.initAmounts(1)[0];
      set(amount.initStrand(), fund);
      amount.setPence(yearly);
      seal(given.initReasons(), writer_.dice());
      seal(given.initAlternatives(), writer_.dice());
      given.setInterestsDeclared(true);
    });
  };
  if (organisation == council_code && writer_.dice().one_in(20))
    give("p.poser", adult_care);  // refused: nobody approves their own proposal
  for (const auto* fund : package.strands)
    if (fund->organisation == organisation) give(approver_of(*fund), *fund);
}

void County::Impl::open_budget(const Package& package) {
  publish(council_code, "p.poser", [&](auto body) {
    auto opened = body.initBudgetOpened();
    schema::write(package.budget, opened.initBudget());
    set(opened.initPerson(), package);
    schema::write(package.plan, opened.initPlan());
    opened.setScheme(schema::Scheme::JOINT_FUNDED);
    opened.setLeadPayer(std::string(council_code));
    auto lines = opened.initLines(static_cast<unsigned>(package.strands.size()));
    for (unsigned i = 0; i < lines.size(); ++i) {
      lines[i].setLine(static_cast<std::uint16_t>(i + 1));
      lines[i].setMethod(i == 0 ? schema::Method::NOTIONAL : schema::Method::DIRECT_PAYMENT);
    }
    opened.setFrom(today_.days);
    opened.setTo(add_months(today_, 12).days);
  });
}

void County::Impl::agree_strands(const Package& package, std::string_view organisation) {
  for (const auto* fund : package.strands) {
    if (fund->organisation != organisation) continue;
    publish(fund->organisation, approver_of(*fund), [&](auto body) {
      auto agreed = body.initStrandAgreed();
      schema::write(package.budget, agreed.initBudget());
      set(agreed.initStrand(), *fund);
      auto rate = agreed.initRate();
      rate.setPence(yearly / 52);
      rate.setPeriod(schema::Period::WEEKLY);
      agreed.setPence(yearly);
      agreed.setBodyPays(yearly);
      auto year = agreed.initYears(1)[0];
      year.setYear(static_cast<std::uint16_t>(financial_year(today_)));
      year.setPence(yearly);
    });
  }
}

void County::Impl::equip(const Package& package) {
  publish(council_code, "p.ayer", [&](auto body) {
    auto account = body.initAccountApproved();
    schema::write(package.account, account.initAccount());
    schema::write(package.budget, account.initBudget());
    account.setAuditable(true);
    seal(account.initDetails(), writer_.dice());
  });
  publish(council_code, "b.roker", [&](auto body) {
    auto order = body.initOrderPlaced();
    schema::write(package.order, order.initOrder());
    schema::write(package.budget, order.initBudget());
    schema::write(package.supplier, order.initSupplier());
    order.setCategory(schema::Category::HOME_CARE);
    order.setLine(1);
    auto amount = order.initAmounts(1)[0];
    set(amount.initStrand(), adult_care);
    amount.setPence(40'000'00);
    order.setFrom(today_.days);
    order.setTo(add_months(today_, 12).days);
  });
}

}  // namespace braid::synth
