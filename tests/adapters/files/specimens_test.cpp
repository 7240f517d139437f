// Lists of our own making, each in the layout and with the mess of a real publisher. Their sums
// were found by another program, in exact decimals.
#include <catch2/catch.hpp>
#include <filesystem>

#include "adapters/files/load_file.hpp"
#include "adapters/files/spend_list.hpp"
#include "tests/adapters/files/support.hpp"
#include "tests/support/repository_root.hpp"

using namespace braid::files;
using braid::Date;

namespace {

SpendContents specimen(const std::string& name) {
  const auto path = braid::test::repository_root() / "tests/adapters/files/specimens" / name;
  const auto bytes = load_file(path, max_list_bytes);
  REQUIRE(bytes);
  auto contents = read_spend_contents({name, *bytes}, LayoutBook::built_in());
  INFO((contents ? std::string() : sentence(contents.error())));
  REQUIRE(contents);
  CHECK(contents->list.bad_rows == 0);
  CHECK(contents->list.rows == contents->rows.size());
  return std::move(*contents);
}

struct Totals {
  const char* file;
  const char* layout;
  std::uint64_t rows;
  std::uint64_t credits;
  std::int64_t net_pence;
  const char* month;
};

}  // namespace

TEST_CASE("Each specimen is recognised and adds up") {
  const auto each =
      GENERATE(Totals{"devon-padding.csv", "devon", 12, 1, 54'884'51, "2011-10"},
               Totals{"devon-restated.csv", "devon", 16, 3, 46'821'16, "2017-11"},
               Totals{"leeds-2012.csv", "leeds", 8, 1, 2'058'071'67, "2012-11"},
               Totals{"leeds-2020.csv", "leeds", 8, 2, 25'902'46, "2020-06"},
               Totals{"calderdale.csv", "calderdale", 8, 4, 10'552'48, "2022-03"},
               Totals{"newcastle.csv", "newcastle", 9, 1, 6'769'81, "2022-05"},
               Totals{"bradford.csv", "bradford", 9, 3, 319'320'05, "2019-11"},
               Totals{"darlington.csv", "darlington", 7, 0, 5'758'90, "2013-02"},
               Totals{"nhs-day-first.csv", "nhs", 6, 1, 10'310'540'06, "2020-04"},
               Totals{"nhs-month-first.csv", "nhs", 6, 1, 11'295'721'79, "2020-07"},
               Totals{"nhs-one-month.csv", "nhs", 6, 1, 14'212'224'37, "2020-08"},
               Totals{"nhs-from-pdf.csv", "nhs-from-pdf", 7, 1, 10'146'157'36, "2020-06"});
  INFO(each.file);
  const SpendList list = specimen(each.file).list;
  CHECK(list.layout == each.layout);
  CHECK(list.rows == each.rows);
  CHECK(list.credits == each.credits);
  CHECK(list.net_pence() == each.net_pence);
  CHECK(list.month == braid::Month::from_text(each.month).value());
  CHECK(warnings(list).size() == (list.undated > 0 && list.first_date ? 1 : 0));
}

TEST_CASE("Padding rows and blank rows at the end are counted apart from payments") {
  const SpendList list = specimen("devon-padding.csv").list;
  CHECK(list.padding_rows == 3);
  CHECK(list.blank_rows == 2);
  CHECK(list.redacted == 2);
}

TEST_CASE("A row has what the layout says of it") {
  const SpendRow row = specimen("devon-padding.csv").rows.at(4);
  CHECK(row.line == 6);
  CHECK(row.date == Date::from_text("2011-10-09").value());
  CHECK(row.reference == "ACSPEC2004");
  CHECK(row.expense_area == "Adult Care & Health");
  CHECK(row.expense_type == "Equipment - Adaptations");
  CHECK(row.supplier == "Fernhollow Trust");
  CHECK(row.supplier_id == "4004");
  CHECK(row.body == "Westermoor County Council");
  CHECK(row.direction == Direction::credit);
  CHECK(row.pence > 0);
  CHECK_FALSE(row.redacted);
}

TEST_CASE(
    "A month restated with a byte order mark, time stamps and float noise reads to the penny") {
  const auto [list, rows, bad] = specimen("devon-restated.csv");
  CHECK(list.encoding == Encoding::utf8);
  CHECK(list.rounded == 7);
  CHECK(list.zeros == 1);
  CHECK(rows.at(0).pence == 1000'01);
  CHECK(rows.at(2).pence == 1000'01);
  CHECK(rows.at(2).direction == Direction::credit);
  CHECK(rows.at(3).redacted);
  CHECK(rows.at(9).supplier == "Café Möwe Catering");
}

TEST_CASE("A list is for the month it says, whatever the dates of its payments") {
  const SpendList list = specimen("leeds-2020.csv").list;
  CHECK(list.month_source == MonthSource::list_date_column);
  CHECK(list.first_date == Date::from_text("2020-02-24").value());
  CHECK(specimen("leeds-2012.csv").list.month_source == MonthSource::most_payments);
  CHECK(specimen("darlington.csv").list.month_source == MonthSource::preamble);
}

TEST_CASE("windows-1252 names are read as such, and columns of one role are joined") {
  const auto [list, rows, bad] = specimen("leeds-2020.csv");
  CHECK(list.encoding == Encoding::windows1252);
  CHECK(rows.at(1).supplier == "Müller’s Garage – Repairs");
  CHECK(rows.at(1).expense_area == "Adults and Health / Social Services Pooled Budgets");
  CHECK(specimen("leeds-2012.csv").rows.at(1).body == "North - North East");
}

TEST_CASE("A report with SQL above the data has no dates, and its printed total ties") {
  const auto [list, rows, bad] = specimen("darlington.csv");
  CHECK(list.header_line == 8);
  CHECK(list.undated == 7);
  CHECK_FALSE(list.first_date);
  CHECK(list.publisher == "Darlington Borough Council");
  REQUIRE(list.controls.size() == 1);
  CHECK(list.controls[0] == ControlTotal{16, 5'758'90, 5'758'90, 5'758'90});
  CHECK(list.controls[0].ties());
  CHECK(rows.at(0).line == 9);
}

TEST_CASE("Rows that are equal are both payments") {
  const auto [list, rows, bad] = specimen("newcastle.csv");
  SpendRow fourth = rows.at(3);
  fourth.line = rows.at(4).line;
  CHECK((fourth == rows.at(4)));
}

TEST_CASE("The order of day and month is decided for the file and told") {
  CHECK(specimen("nhs-day-first.csv").list.date_form == "dd/mm/yyyy");
  CHECK(specimen("nhs-month-first.csv").list.date_form == "mm/dd/yyyy");
  CHECK(specimen("nhs-one-month.csv").list.date_form == "dd/mm/yyyy");
  CHECK(specimen("nhs-one-month.csv").list.last_date == Date::from_text("2020-08-08").value());
  CHECK(specimen("devon-padding.csv").list.date_form.empty());
}

TEST_CASE("A list without a publisher in its layout is by the body of its rows") {
  CHECK(specimen("nhs-day-first.csv").list.publisher == "NHS Westermoor CCG");
}

TEST_CASE("Payments that lost date and reference in a PDF are kept without, and warned of") {
  const auto [list, rows, bad] = specimen("nhs-from-pdf.csv");
  CHECK(list.undated == 2);
  CHECK_FALSE(rows.at(2).date);
  CHECK(rows.at(2).reference.empty());
  CHECK(rows.at(3).date);
  CHECK(warnings(list) ==
        std::vector<std::string>{"nhs-from-pdf.csv: 2 of 7 payments have no date"});
}

TEST_CASE("The spend list of the demonstration reads to the penny") {
  const auto bytes =
      load_file(braid::test::repository_root() / "tools/braid/demo/spend-list.csv", max_list_bytes);
  REQUIRE(bytes);
  const auto contents = read_spend_contents({"spend-list.csv", *bytes}, LayoutBook::built_in());
  REQUIRE(contents);
  const SpendList& list = contents->list;
  CHECK(list.layout == "devon");
  CHECK(list.rows == 40);
  CHECK(list.credits == 4);
  CHECK(list.net_pence() == 250'158'68);
  CHECK(list.redacted == 9);
  CHECK(list.rounded == 2);
  CHECK(list.padding_rows == 3);
  CHECK(list.blank_rows == 2);
  CHECK(list.bad_rows == 0);
  CHECK(list.month == braid::Month::from_text("2022-09").value());
}
