#include <map>

#include "projections/reports/rows.hpp"

namespace braid::projections {
namespace {

constexpr std::string_view rule = "R29";  // Care Act 2014 s.14; NHS Act 2006 s.1(4)

bool is_asked(const JointBudgetRow& budget, const ReportQuestion& question) {
  return asks_about(question, budget.budget.text()) || asks_about(question, budget.person.hex());
}

void add_assessed(const JointBudgetRow& budget, Report& report) {
  for (const auto& strand : budget.strands)
    if (strand.strand.sector == schema::Sector::HEALTH && strand.contribution_weekly != 0)
      report.rows.push_back({text(budget.budget.text()), text(budget.person.hex()),
                             text("assessed"), text(strand.strand.organisation),
                             pence(strand.contribution_weekly), pence(budget.contribution_received),
                             day(Date::none().days),
                             text("A weekly contribution stands against NHS money.")});
}

}  // namespace

/// A flag stays listed while its budget holds any of the person's money: refunds bring that to
/// nothing.
Report contribution_on_nhs(const ViewsSnapshot& views, const ReportQuestion& question) {
  Report report{.name = "contribution-on-nhs",
                .title = "People charged for care that the NHS must pay for, until refunded",
                .columns = {words("budget"), words("person"), words("what"), words("organisation"),
                            money("weekly"), money("receivedAndKept"), days("on"), words("why")},
                .rows = {},
                .remarks = {}};
  std::size_t refused = 0;
  std::size_t refunded = 0;
  for (const auto* place : views.places) {
    std::map<Uuid, JointBudgetRow> asked;
    for_each_row<JointBudgetRow>(*place, [&](const JointBudgetRow& budget) {
      if (!is_asked(budget, question)) return;
      add_assessed(budget, report);
      asked.emplace(budget.budget, budget);
    });
    for_each_row<ControlExceptionRow>(*place, [&](const ControlExceptionRow& row) {
      const auto budget = asked.find(row.subject);
      if (row.rule != rule || budget == asked.end()) return;
      if (row.outcome == "refused") {
        ++refused;
      } else if (budget->second.contribution_received <= 0) {
        ++refunded;
      } else {
        report.rows.push_back({text(row.subject.text()), text(budget->second.person.hex()),
                               text("received"), text(row.publisher), pence(0),
                               pence(budget->second.contribution_received), day(row.effective),
                               text(row.sentence)});
      }
    });
  }
  report.remarks.push_back(report.rows.empty()
                               ? "Nobody is charged for NHS care."
                               : counted(report.rows.size(), "charge stands", "charges stand") +
                                     " against NHS care.");
  if (refused > 0)
    report.remarks.push_back(counted(refused, "attempt", "attempts") + " to charge for NHS care " +
                             (refused == 1 ? "was" : "were") + " refused.");
  if (refunded > 0)
    report.remarks.push_back(counted(refunded, "charge was", "charges were") + " refunded.");
  return report;
}

}  // namespace braid::projections
