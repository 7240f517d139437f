#include "events/schema/outcome.capnp.h"
#include "projections/reports/rows.hpp"

namespace braid::projections {
namespace {

void add_strand(const JointBudgetRow& budget, const JointStrand& strand, Report& report) {
  const auto& progress = strand.progress;
  report.rows.push_back({text(budget.budget.text()), text(strand.strand.organisation),
                         text(word(strand.strand.sector)), text(strand.strand.fund),
                         pence(progress.agreed), pence(progress.committed),
                         pence(progress.delivered), pence(progress.invoiced), pence(progress.paid),
                         pence(progress.credited), pence(progress.used), pence(progress.recovered),
                         pence(progress.recharged)});
}

std::string stage_of(const JointBudgetRow& budget) {
  if (budget.closed) return "closed";
  if (budget.stopped) return "stopped";
  return budget.live ? "live" : "not live yet";
}

std::string heading_of(const JointBudgetRow& budget) {
  return "Budget " + budget.budget.text() + " (" + spoken(budget.scheme) + ", led by " +
         budget.lead_payer + "), " + Date{budget.from}.text() + " to " + Date{budget.to}.text() +
         ": " + stage_of(budget) + "; its plan " +
         (budget.signed_off ? "is signed off" : "is not signed off") + "; it costs " +
         format_pounds(budget.cost) + "; the person has paid " +
         format_pounds(budget.contribution_received) + "; " +
         counted(budget.flags, "flag", "flags") + ".";
}

std::string sentence_of(const JointLine& line) {
  auto sentence = "  Line " + std::to_string(line.number) + ", for outcome " +
                  std::to_string(line.outcome) + ": " + spoken(line.category) + ", " +
                  format_pounds(line.pence) + " from " + line.strand.organisation + " " +
                  spoken(line.strand.sector) + " " + line.strand.fund;
  if (line.cost == schema::CostPlace::SEPARATELY)
    return sentence + ", beside the budget, met by " + line.funder + ".";
  return sentence + ", " + spoken(line.method) + ".";
}

std::string sentence_of(const JointOutcome& outcome) {
  const auto achieved = spoken(static_cast<schema::Achieved>(outcome.achieved));
  return "  Outcome " + std::to_string(outcome.number) + ", wellbeing (" + outcome.wellbeing +
         "): " + (outcome.reported ? "the holder says: " + achieved : "nothing reported yet") + ".";
}

std::string sentence_of(const JointAssistant& assistant) {
  return "  Assistant: " + std::to_string(assistant.weekly_minutes / 60) + " hours a week at " +
         format_pounds(assistant.hourly) +
         "; hidden costs a year: " + format_pounds(assistant.hidden_in_budget) +
         " in the budget, " + format_pounds(assistant.hidden_separate) + " beside it.";
}

void add_budget(const JointBudgetRow& budget, Report& report) {
  for (const auto& strand : budget.strands) add_strand(budget, strand, report);
  report.remarks.push_back(heading_of(budget));
  for (const auto& line : budget.lines) report.remarks.push_back(sentence_of(line));
  for (const auto& outcome : budget.outcomes) report.remarks.push_back(sentence_of(outcome));
  for (const auto& assistant : budget.assistants) report.remarks.push_back(sentence_of(assistant));
}

}  // namespace

Report joint_budget(const ViewsSnapshot& views, const ReportQuestion& question) {
  Report report{.name = "joint-budget",
                .title = "The joint budget: every strand beside every other",
                .columns = {words("budget"), words("organisation"), words("sector"), words("fund"),
                            money("agreed"), money("ordered"), money("delivered"),
                            money("invoiced"), money("paid"), money("credited"), money("used"),
                            money("recovered"), money("recharged")},
                .rows = {},
                .remarks = {}};
  for_each_row<JointBudgetRow>(views, [&](const JointBudgetRow& budget) {
    if (asks_about(question, budget.budget.text()) || asks_about(question, budget.person.hex()))
      add_budget(budget, report);
  });
  return report;
}

}  // namespace braid::projections
