#include "tools/braid/report_file.hpp"

#include <algorithm>

#include "adapters/files/csv_rows.hpp"

namespace braid::cli {
namespace {

using Row = std::vector<std::string>;

constexpr std::string_view mark_of_statement = "# {";
constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";

Parsed<ReportFile> read_csv(std::string_view text) {
  using Step = files::CsvRows::Step;
  files::CsvRows rows(text);
  std::vector<Row> read;
  std::optional<json::PrintedReport> stated;
  for (auto step = rows.next(); step != Step::end; step = rows.next()) {
    if (step == Step::blank_line) continue;
    const auto line = "line " + std::to_string(rows.line());
    if (step != Step::row) return unreadable(line + " is no CSV as `braid report` writes it");
    if (stated) return unreadable(line + " stands behind the statement, which is a report's last");
    Row cells(rows.cells().begin(), rows.cells().end());
    if (!cells.front().starts_with(mark_of_statement)) {
      read.push_back(std::move(cells));
      continue;
    }
    auto statement = json::PrintedReport::read(std::string_view(cells.front()).substr(2));
    if (!statement) return unreadable("its statement: " + statement.error());
    stated = std::move(*statement);
  }
  if (!stated)
    return unreadable(
        "no record of it begins with \"# {\": it does not state what it was made of, so it cannot be "
        "made again. `braid report` states it unless it is told --bare");
  if (read.empty()) return unreadable("it has no headings");
  stated->columns = std::move(read.front());
  stated->rows.assign(std::make_move_iterator(read.begin() + 1),
                      std::make_move_iterator(read.end()));
  return ReportFile{Format::csv, std::move(*stated)};
}

/// What a row is about, for people.
std::string first_words(const Row& row) {
  constexpr std::size_t enough = 3;
  std::string words;
  for (std::size_t i = 0; i < std::min(enough, row.size()); ++i)
    if (!row[i].empty()) words += (words.empty() ? "" : " ") + row[i];
  return words;
}

std::string whole(const Row& row) {
  std::string text;
  for (const auto& cell : row) text += (&cell == row.data() ? "" : ",") + cell;
  return text;
}

void compare(std::size_t number, const Row& stated, const Row& recomputed,
             const std::vector<std::string>& columns, std::vector<ReportDifference>& found) {
  for (std::size_t i = 0; i < std::max(stated.size(), recomputed.size()); ++i) {
    const auto at = [i](const Row& row) { return i < row.size() ? row[i] : std::string(); };
    if (at(stated) == at(recomputed) && i < stated.size() && i < recomputed.size()) continue;
    found.push_back({number, first_words(recomputed),
                     i < columns.size() ? columns[i] : "column " + std::to_string(i + 1),
                     at(stated), at(recomputed)});
  }
}

}  // namespace

Parsed<ReportFile> read_report(std::string_view text) {
  if (text.size() > json::PrintedReport::max_bytes)
    return unreadable("it is larger than a report may be");
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  if (!text.starts_with('{')) return read_csv(text);
  return json::PrintedReport::read(text).map([](json::PrintedReport printed) {
    return ReportFile{Format::json, std::move(printed)};
  });
}

std::vector<ReportDifference> differences(const json::PrintedReport& stated,
                                          const json::PrintedReport& recomputed) {
  std::vector<ReportDifference> found;
  if (!stated.rows.empty() && !recomputed.rows.empty())
    compare(0, stated.columns, recomputed.columns, recomputed.columns, found);
  const auto &ours = recomputed.rows, &theirs = stated.rows;
  const auto shorter = std::min(ours.size(), theirs.size());
  std::size_t before = 0, behind = 0;
  while (before < shorter && ours[before] == theirs[before]) ++before;
  while (behind < shorter - before &&
         ours[ours.size() - 1 - behind] == theirs[theirs.size() - 1 - behind])
    ++behind;
  const auto last = shorter - behind;
  for (auto i = before; i < last; ++i)
    compare(i + 1, theirs[i], ours[i], recomputed.columns, found);
  for (auto i = last; i < theirs.size() - behind; ++i)
    found.push_back({i + 1, first_words(theirs[i]), "", whole(theirs[i]), std::nullopt});
  for (auto i = last; i < ours.size() - behind; ++i)
    found.push_back({i + 1, first_words(ours[i]), "", std::nullopt, whole(ours[i])});
  return found;
}

}  // namespace braid::cli
