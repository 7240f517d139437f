#include "projections/reports/rows.hpp"

namespace braid::projections {
namespace {

std::string state_of(const RunRow& run) {
  if (run.complete) return "complete";
  if (run.kind.empty()) return "not announced";
  if (run.seen < run.count) return "incomplete";
  return run.seen_total == run.total ? "other members than announced" : "does not add up";
}

}  // namespace

Report runs(const ViewsSnapshot& views, const ReportQuestion& question) {
  Report report{
      .name = "runs",
      .title = "Runs: whether their members are what was announced",
      .columns = {words("run"), words("kind"), words("organisation"), count("announced"),
                  count("seen"), money("announcedTotal"), money("seenTotal"), words("state")},
      .rows = {},
      .remarks = {}};
  std::size_t bad = 0;
  const auto take = [&](const RunRow& run) {
    if (!asks_about(question, run.run.text()) && !asks_about(question, run.organisation)) return;
    if (!run.complete) ++bad;
    report.rows.push_back({text(run.run.text()), text(run.kind), text(run.organisation),
                           number(run.count), number(run.seen), pence(run.total),
                           pence(run.seen_total), text(state_of(run))});
  };
  for_each_row<RunRow>(views, take);
  if (!report.rows.empty())
    report.remarks.push_back(bad == 0 ? "Count, total and root of every run are as announced."
                                      : counted(bad, "run is", "runs are") +
                                            " incomplete or other than announced.");
  return report;
}

}  // namespace braid::projections
