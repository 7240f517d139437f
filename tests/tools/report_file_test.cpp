#include "tools/braid/report_file.hpp"

#include <catch2/catch.hpp>
#include <cstdlib>
#include <random>

#include "projections/reports/rows.hpp"
#include "tests/support/disk_ledger.hpp"
#include "tools/braid/recomputed_report.hpp"
#include "tools/braid/report.hpp"

using namespace braid;
using namespace braid::cli;
using braid::test::disk_ledger;
using Catch::Matchers::Contains;

namespace {

/// A report as a file would hold it.
std::string written(const std::string& name, Format format) {
  const auto ledger = disk_ledger().ledger();
  const LedgerViews views(ledger);
  const Statement statement{ledger.founding.name, name, "", "", views_version()};
  char* bytes = nullptr;
  std::size_t size = 0;
  auto* out = ::open_memstream(&bytes, &size);
  print_report(make_report(views.snapshot(), {.name = name, .subject = "", .on = ""}), statement,
               views.positions(), format, out, nullptr);
  std::fclose(out);
  std::string text(bytes, size);
  std::free(bytes);
  return text;
}

RecomputedReport recomputed(const std::string& text) {
  const auto file = read_report(text);
  REQUIRE(file);
  return recompute(disk_ledger().ledger(), *file, text);
}

json::PrintedReport printed(std::vector<std::vector<std::string>> rows) {
  json::PrintedReport report;
  report.columns = {"who", "what", "pence"};
  report.rows = std::move(rows);
  return report;
}

}  // namespace

TEST_CASE("Every report, written in CSV and JSON and recomputed, is equal") {
  for (const auto& kind : projections::reports())
    for (const auto format : {Format::csv, Format::json}) {
      INFO(kind.name);
      CHECK(recomputed(written(std::string(kind.name), format)).is_equal());
    }
}

TEST_CASE("A cell that is altered is named, and no other") {
  std::mt19937_64 random(4);
  const auto file = *read_report(written("trial-balance", Format::json));
  REQUIRE(file.printed.rows.size() > 3);
  for (int round = 0; round < 200; ++round) {
    auto altered = file.printed;
    const auto row = random() % altered.rows.size();
    const auto column = random() % altered.columns.size();
    altered.rows[row][column] += "1";
    const auto found = differences(altered, file.printed);
    REQUIRE(found.size() == 1);
    CHECK(found[0].row == row + 1);
    CHECK(found[0].column == file.printed.columns[column]);
    CHECK(found[0].stated == altered.rows[row][column]);
    CHECK(found[0].recomputed == file.printed.rows[row][column]);
  }
}

TEST_CASE("A row left out, put in or moved is told") {
  const auto all = printed({{"a", "x", "1"}, {"b", "x", "2"}, {"c", "x", "3"}});
  const auto left_out = differences(printed({{"a", "x", "1"}, {"c", "x", "3"}}), all);
  REQUIRE(left_out.size() == 1);
  CHECK(left_out[0].row == 2);
  CHECK_FALSE(left_out[0].stated);
  CHECK(left_out[0].recomputed == "b,x,2");
  const auto put_in = differences(all, printed({{"a", "x", "1"}, {"c", "x", "3"}}));
  REQUIRE(put_in.size() == 1);
  CHECK(put_in[0].stated == "b,x,2");
  CHECK_FALSE(put_in[0].recomputed);
  CHECK(differences(printed({{"b", "x", "2"}, {"a", "x", "1"}, {"c", "x", "3"}}), all).size() == 4);
  CHECK(differences(all, all).empty());
}

TEST_CASE("A report of another history, or with an altered statement, is not recomputed") {
  const auto text = written("trial-balance", Format::csv);
  const auto position = "\"\"size\"\":" + std::to_string(disk_ledger().size(0));
  const auto at = text.find(position);
  REQUIRE(at != text.npos);
  auto earlier = text;
  earlier.replace(at, position.size(), "\"\"size\"\":5");
  const auto found = recomputed(earlier);
  REQUIRE(found.wrong_history.size() == 1);
  CHECK_THAT(found.wrong_history[0], Contains("another history"));
}

TEST_CASE("A partition of which a report states nothing is named") {
  auto file = *read_report(written("trial-balance", Format::json));
  file.printed.positions.pop_back();
  file.printed.rows.clear();
  const auto found = recompute(disk_ledger().ledger(), file, "");
  CHECK(found.unread == std::vector<std::string>{"0"});
}

TEST_CASE("A spreadsheet may save a CSV report anew") {
  const auto text = written("trial-balance", Format::csv);
  std::string saved = "\xef\xbb\xbf";
  for (const char c : text)
    if (c != '\r') saved += c;
  CHECK(recomputed(saved).is_equal());
}

TEST_CASE("No byte of a report's title, cells or sentences is altered unseen") {
  std::mt19937_64 random(99);
  const auto text = written("trial-balance", Format::json);
  const auto end = text.find(",\"asked\"");
  REQUIRE(end != text.npos);
  for (int round = 0; round < 40; ++round) {
    auto altered = text;
    auto& byte = altered[random() % end];
    byte = static_cast<char>(byte ^ static_cast<char>(1 << random() % 7));
    const auto file = read_report(altered);
    INFO("the altered byte is " << static_cast<int>(byte));
    if (file) CHECK_FALSE(recompute(disk_ledger().ledger(), *file, altered).is_equal());
  }
}

TEST_CASE("Whatever bytes there are, they are read as a report or refused") {
  std::mt19937_64 random(7);
  for (const auto format : {Format::csv, Format::json}) {
    const auto text = written("trial-balance", format);
    for (int round = 0; round < 1000; ++round) {
      auto hostile = text.substr(0, random() % (text.size() + 1));
      for (int i = 0; i < 4 && !hostile.empty(); ++i)
        hostile[random() % hostile.size()] = static_cast<char>(random());
      const auto file = read_report(hostile);
      CHECK((file.has_value() || !file.error().empty()));
    }
  }
  const std::string deep(100'000, '[');
  CHECK_FALSE(read_report("{\"asked\":" + deep));
}

TEST_CASE("What is no report is met with a sentence") {
  for (const auto* text : {"", "{", "[]", "{\"rows\":[]}", "a,b\r\n1,2\r\n", "a,\"b\r\n",
                           "# {},\r\n", "{\"asked\":{},\"positions\":[]}"}) {
    const auto file = read_report(text);
    REQUIRE_FALSE(file);
    CHECK_FALSE(file.error().empty());
  }
}
