#include "tools/braid/view_query.hpp"

#include <algorithm>

#include "projections/schema/views.rows.hpp"
#include "tools/braid/command.hpp"

namespace braid::cli {
namespace {

using projections::OrganisationRow;

/// A column that is worked out when it is read: it depends on other rows, or on the day.
struct ComputedColumn {
  Heading heading;
  std::function<Cell(const std::vector<Cell>& row)> value;
};

std::size_t index_of(const std::vector<std::string>& names, std::string_view name,
                     std::string_view view) {
  const auto found = std::ranges::find(names, name);
  if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
  std::string known;
  for (const auto& each : names) known += (known.empty() ? "" : ", ") + each;
  throw UsageError("the view " + std::string(view) + " has no column \"" + std::string(name) +
                   "\". It has " + known);
}

/// Who stands in an organisation's place today: its successors, and theirs.
std::string organisation_now(const RowReader& registry, const std::string& organisation,
                             int depth = 0) {
  constexpr int deepest = 16;  // bodies are re-organised once in some years
  KeyBytes key;
  append_key(OrganisationRow::Key{organisation}, key);
  const auto stored = registry.get(OrganisationRow::table, key.bytes());
  if (!stored || depth == deepest) return organisation;
  const auto row = decode<OrganisationRow>(*stored);
  if (row.successors.empty()) return organisation;
  std::string now;
  for (const auto& successor : row.successors)
    now += (now.empty() ? "" : " + ") + organisation_now(registry, successor, depth + 1);
  return now;
}

std::vector<ComputedColumn> deadline_columns(const std::vector<std::string>& names, Date on) {
  const auto due = index_of(names, "due", "deadlines"), done = index_of(names, "done", "deadlines");
  const auto is_open = [done](const std::vector<Cell>& row) {
    return row[done].kind == Cell::Kind::none;
  };
  const auto status = [=](const std::vector<Cell>& row) {
    if (!is_open(row))
      return Cell::of_text(row[done].number > row[due].number ? "done late" : "done");
    return Cell::of_text(row[due].number < on.days ? "overdue" : "due");
  };
  const auto overdue_days = [=](const std::vector<Cell>& row) {
    const auto until = is_open(row) ? std::int64_t{on.days} : row[done].number;
    return until > row[due].number ? Cell::of_number(until - row[due].number) : Cell::none();
  };
  return {{{"status", false}, status}, {{"overdueDays", true}, overdue_days}};
}

std::vector<ComputedColumn> computed_columns(std::string_view view,
                                             const std::vector<std::string>& names,
                                             const RowReader& registry, Date on) {
  if (view == "deadlines") return deadline_columns(names, on);
  if (view != "health" && view != "social_care" && view != "education") return {};
  const auto then = index_of(names, "organisation", view);
  return {{{"organisationNow", false}, [then, &registry](const std::vector<Cell>& row) {
             return Cell::of_text(organisation_now(registry, row[then].text));
           }}};
}

/// One "column=value".
struct Condition {
  std::size_t column;
  std::string value;

  [[nodiscard]] bool holds(const std::vector<Cell>& row) const {
    const auto& cell = row[column];
    constexpr std::size_t shortest_beginning = 8;  // of an identifier, as tables show it
    if (cell.kind == Cell::Kind::code && value.size() >= shortest_beginning)
      return cell.text.starts_with(value);
    if (cell.kind == Cell::Kind::truth) return value == plain(cell) || value == shown(cell);
    return value == plain(cell) || (cell.kind == Cell::Kind::pence && value == shown(cell));
  }
};

Condition condition_of(const std::string& text, const std::vector<std::string>& names,
                       std::string_view view) {
  const auto equals = text.find('=');
  if (equals == text.npos)
    throw UsageError("--where takes column=value, and \"" + text + "\" has no \"=\"");
  return {index_of(names, text.substr(0, equals), view), text.substr(equals + 1)};
}

/// A query against one view's columns.
class Selection {
 public:
  Selection(const ViewQuery& query, const ViewReader& reader, const TableSchema& table,
            const RowReader& registry) {
    for (const auto& column : reader.columns()) add({column.name, ViewReader::is_number(column)});
    computed_ = computed_columns(table.name, names_, registry, query.on);
    for (const auto& column : computed_) add(column.heading);
    add({"partition", false});
    for (const auto& text : query.where)
      conditions_.push_back(condition_of(text, names_, table.name));
    for (const auto& name : query.columns) shown_.push_back(index_of(names_, name, table.name));
    for (std::size_t i = 0; query.columns.empty() && i < names_.size(); ++i) shown_.push_back(i);
  }

  [[nodiscard]] std::vector<Heading> headings() const {
    std::vector<Heading> shown;
    for (const auto i : shown_) shown.push_back(headings_[i]);
    return shown;
  }

  /// The cells to show, or nothing where the row is not asked for.
  [[nodiscard]] std::optional<std::vector<Cell>> choose(std::vector<Cell> row,
                                                        const std::string& partition) const {
    for (const auto& column : computed_) row.push_back(column.value(row));
    row.push_back(Cell::of_text(partition));
    if (!std::ranges::all_of(conditions_, [&](const Condition& each) { return each.holds(row); }))
      return std::nullopt;
    std::vector<Cell> chosen;
    for (const auto i : shown_) chosen.push_back(row[i]);
    return chosen;
  }

 private:
  void add(Heading heading) {
    names_.push_back(heading.name);
    headings_.push_back(std::move(heading));
  }

  std::vector<std::string> names_;
  std::vector<Heading> headings_;
  std::vector<ComputedColumn> computed_;
  std::vector<Condition> conditions_;
  std::vector<std::size_t> shown_;
};

}  // namespace

const TableSchema& view_named(std::string_view name) {
  std::string wanted(name), known;
  std::ranges::replace(wanted, '-', '_');
  for (const auto& table : projections::views_tables()) {
    if (table.name == wanted) return table;
    known += (known.empty() ? "" : ", ") + std::string(table.name);
  }
  throw UsageError("there is no view \"" + std::string(name) + "\". There are " + known);
}

void print_view(const LedgerViews& views, const ViewQuery& query, const Unsealer& unsealer,
                Format format, std::FILE* out) {
  const auto& table = view_named(query.name);
  const ViewReader reader(table, unsealer);
  const Selection selection(query, reader, table, views.registry());
  const auto printer =
      make_printer(format, {"view", std::string(table.name), query.title, selection.headings()},
                   out, line_width(out));
  std::size_t printed = 0;
  bool is_cut = false;
  for (const auto& partition : views.partitions())
    partition->rows.scan(table.name, {}, [&](Bytes, Bytes value) {
      const auto cells = selection.choose(reader.read(value), partition->position.partition);
      if (!cells) return true;
      is_cut = query.limit != 0 && printed == query.limit;
      if (is_cut) return false;
      printer->row(*cells);
      ++printed;
      return true;
    });
  std::vector<std::string> remarks;
  if (is_cut)
    remarks.push_back("There are more than these " + std::to_string(query.limit) +
                      " rows (--limit).");
  printer->end(remarks, views.positions());
}

}  // namespace braid::cli
