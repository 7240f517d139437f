#pragma once
#include "tests/support/ledger_events.hpp"

namespace braid::test {

/// A place with partners, recorded on 2026-05-01:
/// - E10000008, a council with funds adults, high-needs and facilities (capital);
/// - QUY, an integrated care board with fund chc, that has succeeded 15C, a clinical commissioning
/// group, with its fund chc;
/// - RVJ, a trust; EE12345, a school; OPR, who operates the ledger.
/// The council's and the board's officers: a.adeyemi proposes, b.okafor and c.lind approve, d.moss
/// brokers, e.hart pays, f.reid pools and signs. c.lind approves education up to GBP 50,000.00
/// only, at the council. Allocations of GBP 1,000,000.00 each for 2026-27, and GBP 10,000.00 for
/// facilities.
Given history();

/// What a standard plan and budget are made of: weekly figures are of no matter here, these are for
/// the whole time.
struct Package {
  std::int64_t health = 0;
  std::int64_t social_care = 0;
  std::int64_t education = 0;
  schema::Method method = schema::Method::NOTIONAL;
  schema::Scheme scheme = schema::Scheme::JOINT_FUNDED;

  [[nodiscard]] std::vector<Line> lines() const;
};

/// A plan ("maya's plan") proposed, signed off by the person, and approved by each funder.
std::vector<Said> an_approved_plan(std::string name, Package package);
/// And a budget ("maya") on it, with every strand agreed: the council's chargeable, half of GBP
/// 100.00 of it the adult's where it is that much at least.
std::vector<Said> a_joint_budget(std::string name, Package package);
/// And consent, an approved account ("maya's account") and the whole of the package paid into it
/// ("maya's payment").
std::vector<Said> a_direct_payment(std::string name, Package package);
/// An order ("maya's order") of a supplier, and its invoice ("maya's invoice"), both for these
/// amounts.
std::vector<Said> an_invoiced_order(std::string name, Amounts amounts);
/// A pool ("pool") of the board and the council, 60 to 40, hosted by the council and in force, with
/// GBP 600.00 and GBP 400.00 committed and paid and a scheme ("scheme").
std::vector<Said> a_pool();

}  // namespace braid::test
