#include "tools/braid/traced_cell.hpp"

#include <catch2/catch.hpp>

#include "projections/reports/rows.hpp"
#include "tests/support/disk_ledger.hpp"
#include "tools/braid/command.hpp"
#include "tools/braid/explained_entry.hpp"

using namespace braid;
using namespace braid::cli;
using braid::test::disk_ledger;
using Catch::Matchers::Contains;

namespace {

/// A row by all its words.
std::vector<std::string> words_of(const projections::Report& report,
                                  const std::vector<projections::Cell>& row) {
  std::vector<std::string> where;
  for (std::size_t i = 0; i < row.size(); ++i)
    if (report.columns[i].type == projections::Cell::Type::text)
      where.push_back(report.columns[i].name + "=" + plain(cell_of(row[i])));
  return where;
}

}  // namespace

TEST_CASE("The entries behind a cell give its figure by themselves, in every report") {
  const auto ledger = disk_ledger().ledger();
  const LedgerViews views(ledger);
  std::size_t asked = 0;
  for (const auto& kind : projections::reports()) {
    const auto report = kind.make(views.snapshot(), {});
    for (std::size_t row = 0; row < std::min<std::size_t>(report.rows.size(), 3); ++row)
      for (std::size_t column = 0; column < report.columns.size(); column += 4) {
        const CellQuestion question{{.name = report.name, .subject = "", .on = ""},
                                    report.columns[column].name,
                                    words_of(report, report.rows[row])};
        INFO(report.name << " row " << row << " " << question.column);
        TracedCell traced;
        try {
          traced = trace_cell(ledger, views, question);
        } catch (const UsageError&) {
          continue;  // two rows that say the same
        }
        ++asked;
        CHECK(traced.alone == traced.figure);
        REQUIRE_FALSE(traced.steps.empty());
        CHECK(traced.steps.front().before.empty());
        CHECK(traced.steps.back().after == traced.figure);
        for (std::size_t i = 1; i < traced.steps.size(); ++i)
          CHECK(traced.steps[i].before == traced.steps[i - 1].after);
      }
  }
  CHECK(asked > 20);
}

TEST_CASE("A cell that is not one is met with a sentence") {
  const auto ledger = disk_ledger().ledger();
  const LedgerViews views(ledger);
  const ReportOptions report{.name = "trial-balance", .subject = "", .on = ""};
  CHECK_THROWS_WITH(trace_cell(ledger, views, {report, "debits", {}}), Contains("has no column"));
  CHECK_THROWS_WITH(trace_cell(ledger, views, {report, "debit", {}}), Contains("rows of the report"));
  CHECK_THROWS_WITH(trace_cell(ledger, views, {report, "debit", {"fund"}}), Contains("no \"=\""));
  CHECK_THROWS_WITH(trace_cell(ledger, views, {report, "debit", {"fund=none-such"}}),
                    Contains("0 rows"));
}

TEST_CASE("An entry is explained down to the signature, which is checked") {
  const lmdb::EventLog log(disk_ledger().directory());
  const auto source = log.reader(0);
  std::size_t explained = 0;
  for (Sequence sequence = 0; sequence < disk_ledger().size(0); ++sequence) {
    auto entry = explain(*source, {0, sequence});
    if (!entry.submission) continue;
    ++explained;
    CHECK_THAT(text_of(entry, test::SmallLedger::name), Contains(": holds\n"));
    if (sequence % 10 != 0) continue;
    CHECK_THAT(text_of(entry, "another"), Contains("DOES NOT HOLD"));
    entry.submission->hashes.at(entry.index).bytes[0] ^= std::byte{1};
    CHECK_THAT(text_of(entry, test::SmallLedger::name), Contains("DOES NOT HOLD"));
  }
  CHECK(explained > 100);
}
