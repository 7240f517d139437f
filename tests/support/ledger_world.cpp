#include "tests/support/ledger_world.hpp"

#include "ledger/rules/rule.hpp"

namespace braid::test {

namespace {

using schema::OrganisationKind;
using schema::Power;
using schema::Sector;

const std::vector<Sector> all_sectors = {Sector::HEALTH, Sector::SOCIAL_CARE, Sector::EDUCATION,
                                         Sector::HOUSING, Sector::PERSON};
constexpr std::int64_t high_limit = 100'000'000'00;

void add_partners(Given& given) {
  given.with(ledger_founded());
  for (const auto& [code, kind] : {std::pair{"E10000008", OrganisationKind::COUNCIL},
                                   {"15C", OrganisationKind::CCG},
                                   {"QUY", OrganisationKind::ICB},
                                   {"RVJ", OrganisationKind::TRUST},
                                   {"EE12345", OrganisationKind::SCHOOL}}) {
    given.with(organisation_registered(code, kind));
    given.with(key_added(code, code));
  }
  given.with(rule_book_adopted(ledger::newest_rule_book));
}

void add_officers(Given& given, const std::string& organisation) {
  const std::pair<const char*, std::vector<Power>> officers[] = {
      {"a.adeyemi", {Power::PROPOSE}},
      {"b.okafor", {Power::APPROVE}},
      {"d.moss", {Power::BROKER}},
      {"e.hart", {Power::PAY}},
      {"f.reid", {Power::POOL, Power::SIGN}}};
  for (const auto& [officer, powers] : officers) {
    given.with(officer_appointed(officer).from(organisation));
    for (const auto power : powers)
      given.with(delegated(officer, power, all_sectors, high_limit).from(organisation));
  }
  given.with(officer_appointed("c.lind").from(organisation));
  given.with(delegated("c.lind", Power::APPROVE,
                       {organisation == "QUY" ? Sector::HEALTH : Sector::EDUCATION}, 50'000'00)
                 .from(organisation));
}

Amounts amounts_of(const Package& package) {
  Amounts amounts;
  for (const auto& line : package.lines()) amounts.emplace_back(line.strand, line.pence);
  return amounts;
}

void append(std::vector<Said>& to, std::vector<Said> more) {
  to.insert(to.end(), more.begin(), more.end());
}

}  // namespace

Given history() {
  Given given;
  given.today("2020-05-01");
  add_partners(given);
  for (const auto* organisation : {"E10000008", "15C", "QUY"}) add_officers(given, organisation);
  given.with(fund_registered("adults", Sector::SOCIAL_CARE));
  given.with(fund_registered("high-needs", Sector::EDUCATION));
  given.with(fund_registered("facilities", Sector::HOUSING, true));
  given.with(fund_registered("chc", Sector::HEALTH).from("15C"));
  given.with(fund_registered("chc", Sector::HEALTH).from("QUY"));
  given.with(organisation_succeeded("15C", "QUY", "2022-07-01"));
  given.today("2026-05-01");
  for (const auto& strand : {care, schooling, nhs})
    given.with(allocation_set(strand, 2026, 1'000'000'00));
  given.with(allocation_set(works, 2026, 10'000'00));
  return given;
}

std::vector<Line> Package::lines() const {
  std::vector<Line> lines;
  if (health != 0) lines.push_back({nhs, health, schema::Category::THERAPY, method});
  if (social_care != 0) lines.push_back({care, social_care, schema::Category::HOME_CARE, method});
  if (education != 0) lines.push_back({schooling, education, schema::Category::EDUCATION, method});
  return lines;
}

std::vector<Said> an_approved_plan(std::string name, Package package) {
  const auto plan = name + "'s plan";
  std::vector<Said> all = {plan_proposed(plan, name, package.lines()), plan_signed_off(plan)};
  if (package.health != 0) all.push_back(approval_given(plan, {{nhs, package.health}}).from("QUY"));
  if (package.social_care != 0) all.push_back(approval_given(plan, {{care, package.social_care}}));
  if (package.education != 0)
    all.push_back(approval_given(plan, {{schooling, package.education}}).by("c.lind"));
  return all;
}

std::vector<Said> a_joint_budget(std::string name, Package package) {
  auto all = an_approved_plan(name, package);
  all.push_back(budget_opened(name, name + "'s plan", name, package.lines(), package.scheme));
  if (package.health != 0) all.push_back(strand_agreed(name, nhs, package.health));
  if (package.social_care != 0) {
    const std::int64_t adult_pays = package.social_care >= 100'00 ? 50'00 : 0;
    all.push_back(
        chargeable_strand_agreed(name, care, adult_pays, package.social_care - adult_pays));
  }
  if (package.education != 0)
    all.push_back(strand_agreed(name, schooling, package.education).by("c.lind"));
  return all;
}

std::vector<Said> a_direct_payment(std::string name, Package package) {
  package.method = schema::Method::DIRECT_PAYMENT;
  auto all = a_joint_budget(name, package);
  auto amounts = amounts_of(package);
  for (auto& [strand, pence] : amounts)
    if (strand == care && pence >= 100'00) pence -= 50'00;
  append(all, {consent_given(name), account_approved(name + "'s account", name),
               direct_payment_instructed(name + "'s payment", name, name + "'s account", amounts),
               account_credited(name + "'s payment", name + "'s account", name, amounts)});
  return all;
}

std::vector<Said> an_invoiced_order(std::string name, Amounts amounts) {
  return {supplier_registered("supplier"), order_placed(name + "'s order", name, amounts),
          invoice_received(name + "'s invoice", name + "'s order", amounts)};
}

std::vector<Said> a_pool() {
  return {pool_proposed("pool", {{nhs, 600'000}, {care, 400'000}}, "E10000008"),
          partner_signed("pool"),
          partner_signed("pool").from("QUY"),
          contribution_committed("pool", nhs, 600'00),
          contribution_committed("pool", care, 400'00),
          contribution_paid("pool", nhs, 600'00),
          contribution_paid("pool", care, 400'00),
          scheme_added("pool", "scheme", "E10000008", 1'000'00)};
}

}  // namespace braid::test
