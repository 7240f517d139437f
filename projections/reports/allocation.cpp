#include <map>
#include <tuple>

#include "projections/reports/rows.hpp"

namespace braid::projections {
namespace {

using Key = std::tuple<std::string, std::uint16_t, std::string>;

std::int64_t left_of(const AllocationRow& row) {
  return row.allocation - row.allocated - row.committed - row.held - row.pooled - row.due -
         row.spent - row.recovered;
}

/// One fund's year as all places use it.
void add(AllocationRow& sum, const AllocationRow& row) {
  sum.sector = row.sector;
  sum.allocation += row.allocation;
  sum.allocated += row.allocated;
  sum.committed += row.committed;
  sum.held += row.held;
  sum.pooled += row.pooled;
  sum.due += row.due;
  sum.spent += row.spent;
  sum.recovered += row.recovered;
  sum.exceeded += row.exceeded;
}

std::string year_text(std::uint16_t year) {
  const auto next = std::to_string((year + 1) % 100);
  return std::to_string(year) + "-" + (next.size() == 1 ? "0" : "") + next;
}

}  // namespace

Report allocation(const ViewsSnapshot& views, const ReportQuestion& question) {
  Report report{.name = "allocation",
                .title = "Each fund's year: what was allocated, and where it is now",
                .columns = {words("organisation"), words("sector"), words("fund"), words("year"),
                            money("allocation"), money("agreed"), money("ordered"),
                            money("heldByPeople"), money("pooled"), money("due"), money("spent"),
                            money("recovered"), money("left"), count("exceeded")},
                .rows = {},
                .remarks = {}};
  std::map<Key, AllocationRow> sums;
  for_each_row<AllocationRow>(views, [&](const AllocationRow& row) {
    if (!asks_about(question, row.fund)) return;
    if (question.on && row.year != financial_year(*question.on)) return;
    add(sums[{row.organisation, row.year, row.fund}], row);
  });
  for (const auto& [key, row] : sums) {
    const auto& [organisation, year, fund] = key;
    report.rows.push_back({text(organisation), text(word(row.sector)), text(fund),
                           text(year_text(year)), pence(row.allocation), pence(row.allocated),
                           pence(row.committed), pence(row.held), pence(row.pooled), pence(row.due),
                           pence(row.spent), pence(row.recovered), pence(left_of(row)),
                           number(row.exceeded)});
    if (left_of(row) < 0)
      report.remarks.push_back(organisation + " has given " + format_pounds(-left_of(row)) +
                               " more than it allocated to " + fund + " for " + year_text(year) +
                               ".");
  }
  if (report.remarks.empty() && !report.rows.empty())
    report.remarks.emplace_back("Every fund is within its allocation.");
  return report;
}

}  // namespace braid::projections
