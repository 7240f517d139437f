#include "tools/braid/traced_cell.hpp"

#include <algorithm>

#include "ledger/audit/signed_submission.hpp"
#include "tools/braid/command.hpp"
#include "tools/braid/progress.hpp"
#include "tools/braid/report_behind.hpp"

namespace braid::cli {
namespace {

constexpr std::size_t most_entries = 50'000;

using projections::Report;

std::size_t index_of(const Report& report, std::string_view name) {
  std::string known;
  for (std::size_t i = 0; i < report.columns.size(); ++i) {
    if (report.columns[i].name == name) return i;
    known += (known.empty() ? "" : ", ") + report.columns[i].name;
  }
  throw UsageError("the report " + report.name + " has no column \"" + std::string(name) +
                   "\". It has " + known);
}

/// "column=value".
struct Condition {
  std::size_t column;
  std::string value;

  [[nodiscard]] bool holds(const std::vector<projections::Cell>& row) const {
    constexpr std::size_t shortest_beginning = 8;
    const auto cell = cell_of(row[column]);
    if (cell.kind == Cell::Kind::code && value.size() >= shortest_beginning)
      return cell.text.starts_with(value);
    return value == plain(cell);
  }
};

std::vector<Condition> conditions_of(const Report& report, const CellQuestion& question) {
  std::vector<Condition> conditions;
  for (const auto& text : question.where) {
    const auto equals = text.find('=');
    if (equals == text.npos)
      throw UsageError("--where takes column=value, and \"" + text + "\" has no \"=\"");
    conditions.push_back({index_of(report, text.substr(0, equals)), text.substr(equals + 1)});
  }
  return conditions;
}

std::vector<std::vector<projections::Cell>> rows_such(const Report& report,
                                                      const std::vector<Condition>& conditions) {
  std::vector<std::vector<projections::Cell>> such;
  for (const auto& row : report.rows)
    if (std::ranges::all_of(conditions, [&](const Condition& each) { return each.holds(row); }))
      such.push_back(row);
  return such;
}

/// The cell as it stands after some entries; empty while there is no such row.
std::string figure_in(const Report& report, const std::vector<Condition>& conditions,
                      std::size_t column) {
  const auto rows = rows_such(report, conditions);
  return rows.empty() ? "" : plain(cell_of(rows.front()[column]));
}

}  // namespace

TracedCell trace_cell(const Ledger& ledger, const LedgerViews& views, const CellQuestion& question) {
  const auto report = make_report(views.snapshot(), question.report);
  const auto column = index_of(report, question.column);
  const auto conditions = conditions_of(report, question);
  const auto rows = rows_such(report, conditions);
  if (rows.size() != 1)
    throw UsageError(std::to_string(rows.size()) + " rows of the report " + report.name +
                     " are such; name one by --where column=value, as often as it takes");
  const lmdb::EventLog log(ledger.directory);
  const auto places = entries_behind(report, rows, views, log);
  if (places.size() > most_entries)
    throw UsageError("more than " + grouped(most_entries) + " entries are behind this cell; "
                     "`braid audit diff --strand ... --entries` lists what moved between two moments");
  TracedCell traced{.figure = plain(cell_of(rows.front()[column])),
                    .alone = "",
                    .looked_at = places.size(),
                    .steps = {}};
  SelectedViews selected(ledger.founding);
  Progress progress("the cell", "entries");
  std::size_t done = 0;
  for (const auto& place : places) {
    selected.add(place.partition, ledger::entry_at(*log.reader(place.partition), place.sequence));
    const auto after =
        figure_in(make_report(selected.snapshot(), question.report), conditions, column);
    if (after != traced.alone) traced.steps.push_back({place, traced.alone, after});
    traced.alone = after;
    progress.show(++done, places.size());
  }
  return traced;
}

}  // namespace braid::cli
