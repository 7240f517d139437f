#include <map>

#include "projections/reports/rows.hpp"

namespace braid::projections {
namespace {

bool is_asked(const ControlExceptionRow& row, const ReportQuestion& question) {
  if (question.on && date_of(Instant{row.recorded_at}) > *question.on) return false;
  return asks_about(question, row.subject.text()) || asks_about(question, row.event.text()) ||
         asks_about(question, row.rule) || asks_about(question, row.publisher);
}

void add(const ControlExceptionRow& row, Report& report) {
  report.rows.push_back({text(row.outcome), text(row.rule), text(row.field), text(row.sentence),
                         text(row.kind), text(row.publisher), text(row.officer), day(row.effective),
                         day(date_of(Instant{row.recorded_at}).days), text(row.event.text()),
                         number(row.sequence)});
}

}  // namespace

Report control_exceptions(const ViewsSnapshot& views, const ReportQuestion& question) {
  Report report{.name = "control-exceptions",
                .title = "What was refused, and what was recorded although it breaks a rule",
                .columns = {words("outcome"), words("rule"), words("field"), words("sentence"),
                            words("kind"), words("publisher"), words("officer"), days("effective"),
                            days("recorded"), words("event"), count("sequence")},
                .rows = {},
                .remarks = {}};
  std::map<std::string, std::map<std::string, std::size_t>> by_outcome;
  const auto take = [&](const ControlExceptionRow& row) {
    if (!is_asked(row, question)) return;
    add(row, report);
    ++by_outcome[row.outcome][row.rule];
  };
  for_each_row<ControlExceptionRow>(*views.registry, take);
  for_each_row<ControlExceptionRow>(views, take);
  if (by_outcome.empty()) report.remarks.emplace_back("Nothing was refused or flagged.");
  for (const auto& [outcome, rules] : by_outcome) {
    std::string sentence;
    for (const auto& [rule, times] : rules)
      sentence += (sentence.empty() ? "" : ", ") + rule + " (" + std::to_string(times) + ")";
    report.remarks.push_back(outcome + " by " + sentence + ".");
  }
  return report;
}

}  // namespace braid::projections
