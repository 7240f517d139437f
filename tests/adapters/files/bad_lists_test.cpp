#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "adapters/files/load_file.hpp"
#include "adapters/files/spend_list.hpp"
#include "tests/adapters/files/support.hpp"

using namespace braid::files;
using braid::as_bytes;

namespace {

const std::string header =
    "Service Code,Service Label,Expenditure code,Expenditure category,Payment date,Transaction "
    "Number,Net Amount,"
    "Supplier Number,Supplier Name\n";
const std::string nhs_header =
    "Department family,Entity,Date,Expense Type,Expense area,Supplier,Transaction number,Amount\n";
constexpr auto secret = "Q. Nobody";

/// A row in Bradford's layout; the cells a test does not care about are right.
std::string row(const std::string& date, const std::string& amount,
                const std::string& supplier = secret) {
  return ",Access,6234,Accom Rest Homes," + date + ",1900," + amount + ",117," + supplier + "\n";
}
const std::string good = row("2019-11-05", "10.00");

tl::expected<SpendContents, Problem> read(const std::string& text,
                                          const SpendOptions& options = {}) {
  static const LayoutBook book = LayoutBook::built_in();
  return read_spend_contents({"list.csv", as_bytes(text)}, book, options);
}

std::string refused(const std::string& text, const SpendOptions& options = {}) {
  const auto contents = read(text, options);
  return contents ? "accepted" : sentence(contents.error());
}

bool mentions(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("A file that is no list of a known layout is refused with place, reason and remedy") {
  struct Case {
    std::string text;
    std::string says;
  };
  const auto each = GENERATE(
      Case{"", "list.csv: the file is empty"},
      Case{"\xEF\xBB\xBF \r\n", "list.csv: the file is empty"},
      Case{"PK\x03\x04rest", "line 1: this is a workbook or an archive (ZIP), not CSV"},
      Case{"\xD0\xCF\x11\xE0rest", "line 1: this is an old workbook (XLS), not CSV"},
      Case{"%PDF-1.7", "line 1: this is a PDF, not CSV"},
      Case{"<?xml version=\"1.0\"?><Document/>", "line 1: this is XML or a web page, not CSV"},
      Case{"\n\n<html>", "this is XML or a web page, not CSV"},
      Case{"{\"rows\": []}", "line 1: this is JSON, not CSV"},
      Case{std::string("\xFF\xFE"
                       "B\0o\0",
                       6),
           "line 1: this is UTF-16"},
      Case{header + good + std::string("a,\0,b\n", 6), "line 3: there is a zero byte"},
      Case{header + good + "a,\"b\n" + good + good,
           "line 3: a quote opened in the row that begins here is not closed within 64 KiB or by "
           "the end of the file"},
      Case{header + good + std::string(70'000, 'x'), "line 3: the row is longer than 64 KiB"},
      Case{header + good + "a\rb,c\n",
           "line 3: there is a carriage return in the middle of the line"},
      Case{"\xEF\xBB\xBF" + header + row("2019-11-05", "10.00", "Zo\xEB"),
           "line 2: there is a byte that is not UTF-8, although the file begins with the mark of "
           "UTF-8"},
      Case{header + good + row("2019-11-05", "10.00", "Zo\x81"),
           "line 3: there is a byte that is in none of the encodings of layout 'bradford'"},
      Case{"shopping list\nmilk\neggs\n",
           "line 1: none of the first 64 rows has a column name of any known layout"},
      Case{good + good, "line 1: none of the first 64 rows has a column name of any known layout"});
  const std::string sentence = refused(each.text);
  INFO(sentence);
  CHECK(sentence.starts_with("list.csv"));
  CHECK(mentions(sentence, each.says));
  CHECK(mentions(sentence, "; "));
  CHECK_FALSE(mentions(sentence, secret));
}

TEST_CASE("An unknown header is shown beside the nearest layout and what is different") {
  std::string changed = header;
  changed.replace(changed.find("Net Amount"), 10, "Amount Net of VAT");
  CHECK(refused(changed + good) ==
        "list.csv, line 1: no known layout has this header: 'Service Code', 'Service Label', "
        "'Expenditure code', "
        "'Expenditure category', 'Payment date', 'Transaction Number', 'Amount Net of VAT', "
        "'Supplier Number' and 1 more; the "
        "nearest is 'bradford', which also has 'Net Amount', which does not have 'Amount Net of "
        "VAT'; add the names to that "
        "layout, or a layout of its own (a copy with another name)");
}

TEST_CASE("A header further down than its layout allows is said to be") {
  CHECK(mentions(refused("A report\n\n" + header + good),
                 "the nearest is 'bradford', which expects its header further up"));
}

TEST_CASE("A layout named by the caller is the only one tried") {
  CHECK(read(header + good, {.layout = "bradford"}));
  CHECK(mentions(refused(header + good, {.layout = "devon"}), "the nearest is 'devon'"));
  CHECK(mentions(refused(header + good, {.layout = "atlantis"}),
                 "there is no layout named 'atlantis'"));
}

TEST_CASE("Two layouts of one header are refused until the caller names one") {
  auto book = LayoutBook::built_in();
  std::string toml =
      "name = \"other\"\npublisher_kind = \"council\"\nencodings = \"utf-8\"\n"
      "date_forms = \"yyyy-mm-dd\"\namount_forms = []\ncolumns = [\n";
  for (const Column& column : book.named("bradford")->columns) {
    toml += "{ names = \"" + column.names[0] + "\", is = \"" + std::string(name_of(column.role)) +
            "\" },\n";
  }
  toml +=
      "]\n[rows]\npadding_lacks = [\"amount\"]\ncontrol_lacks = [\"supplier\"]\ncontrol_labels = "
      "[]\n";
  const auto added = book.add(toml, "other.toml");
  INFO((added ? std::string() : sentence(added.error())));
  REQUIRE(added);
  const std::string text = header + good;
  const auto either = read_spend_contents({"list.csv", as_bytes(text)}, book);
  REQUIRE_FALSE(either);
  CHECK(either.error().reason == "the layouts 'bradford' and 'other' both have this header");
  CHECK(read_spend_contents({"list.csv", as_bytes(text)}, book, {.layout = "other"})->list.layout ==
        "other");
}

TEST_CASE(
    "A bad row is told with file, line, column, reason and remedy, and no other row is touched") {
  struct Case {
    std::string row;
    std::string says;
  };
  const auto each = GENERATE(
      Case{row("2019-11-31", "10.00"),
           "list.csv, line 3, column 5 (Payment date): no such day from 2000 to 2099 in the form "
           "yyyy-mm-dd or dd/mm/yyyy (the "
           "cell looks like '9-9-9'); correct the date"},
      Case{row("", "10.00"), "list.csv, line 3, column 5 (Payment date): the date is empty"},
      Case{row(secret, "10.00"), "column 5 (Payment date): no such day"},
      Case{row("2019-11-05", ""),
           "list.csv, line 3, column 7 (Net Amount): the amount is empty; write it"},
      Case{row("2019-11-05", secret),
           "column 7 (Net Amount): this is not an amount (the cell looks like 'a. a')"},
      Case{row("2019-11-05", "9.09495E-13"),
           "column 7 (Net Amount): the amount is in exponent form"},
      Case{row("2019-11-05", "1.005"),
           "column 7 (Net Amount): the amount has more than two decimals"},
      Case{row("2019-11-05", "99999999999999999999"), "the amount is over GBP 10,000,000,000.00"},
      Case{row("2019-11-05", "10.00", ""), "column 9 (Supplier Name): the supplier is empty"},
      Case{row("2019-11-05", "10.00", std::string(5000, 'x')),
           "column 9 (Supplier Name): the cell is longer than 4096"},
      Case{row("2019-11-05", "1,000.00"), "line 3: the row has 10 cells, the header 9"},
      Case{",Access,6234,Accom Rest Homes,2019-11-05,1900,10.00\n",
           "line 3: the row has 7 cells, the header 9"},
      Case{row("2019-11-05", "10.00", "12\" pipe"),
           "line 3: there is a quote in the middle of a cell"},
      Case{std::string(300, ',') + "\n", "line 3: the row has more than 256 cells"},
      Case{",,,,,,abc,,\n", "column 7 (Net Amount): this is not an amount"});
  const auto contents = read(header + good + each.row + good);
  REQUIRE(contents);
  CHECK(contents->list.rows == 2);
  CHECK(contents->list.net_pence() == 20'00);
  CHECK(contents->list.bad_rows == 1);
  REQUIRE(contents->bad_rows.size() == 1);
  const std::string sentence = braid::files::sentence(contents->bad_rows[0]);
  INFO(sentence);
  CHECK(mentions(sentence, each.says));
  CHECK(contents->bad_rows[0].line == 3);
  CHECK(!contents->bad_rows[0].remedy.empty());
  CHECK_FALSE(mentions(sentence, secret));
}

TEST_CASE("A list of bad rows only is counted to its end in bounded memory") {
  std::string text = header;
  for (int i = 0; i < 20'000; ++i) text += "x\"\n";
  const auto contents = read(text);
  REQUIRE(contents);
  CHECK(contents->list.bad_rows == 20'000);
  CHECK(contents->bad_rows.size() == max_bad_rows_kept);
}

TEST_CASE("Totals are compared with the payments above, all or since the last one") {
  const auto contents =
      read(header + row("2019-11-05", "10.00") + row("2019-11-06", "(4.00)") + ",,,,,,6.00,,\n" +
           row("2019-11-07", "1.50") + ",,,,,,1.50,,Sub Total\n" + "Grand Total,,,,,,7.51,,\n");
  REQUIRE(contents);
  CHECK(contents->list.bad_rows ==
        1);  // "Sub Total" is no label of this layout, so it stands for a supplier without a date
  CHECK(contents->list.control_rows == 2);
  CHECK(contents->list.controls[0].ties());
  CHECK_FALSE(contents->list.controls[1].ties());
  CHECK(warnings(contents->list) ==
        std::vector<std::string>{"list.csv, line 7: the printed total is GBP 7.51, the payments "
                                 "above it add up to GBP 7.50; "
                                 "ask the publisher which is right"});
}

TEST_CASE(
    "A supplier named Total is a payment where it has a date, and a total where it has none") {
  const auto contents =
      read(header + row("2019-11-05", "10.00", "TOTAL") + row("", "10.00", "Total"));
  REQUIRE(contents);
  CHECK(contents->list.rows == 1);
  CHECK(contents->list.control_rows == 1);
}

TEST_CASE("Dates that could be either way round are refused unless the caller says which") {
  const auto nhs = [](const std::string& date) {
    return nhs_header + "DH,NHS Westermoor CCG," + date + ",Care,Area,Somebody,317,10.00\n";
  };
  CHECK(mentions(refused(nhs("05/06/2020")),
                 "list.csv: nothing tells whether dates are dd/mm/yyyy or mm/dd/yyyy"));
  const auto day_first = read(nhs("05/06/2020"), {.date_order = DateOrder::day_first});
  const auto month_first = read(nhs("05/06/2020"), {.date_order = DateOrder::month_first});
  CHECK(day_first.value().rows.at(0).date->text() == "2020-06-05");
  CHECK(month_first.value().rows.at(0).date->text() == "2020-05-06");
}

TEST_CASE("The caller may say for which month a list is") {
  const auto july = braid::Month::from_text("2020-07").value();
  const auto contents = read(header + good, {.month = july});
  CHECK(contents.value().list.month == july);
  CHECK(contents.value().list.month_source == MonthSource::told);
}

TEST_CASE("A mark of restated rows is told by the column and words of the layout") {
  LayoutBook book;
  REQUIRE(book.add(
      "name = \"marked\"\npublisher_kind = \"nhs\"\nencodings = \"utf-8\"\namount_forms = []\n"
      "columns = [ { names = \"Supplier\", is = \"supplier\" }, { names = \"Amount\", is = "
      "\"amount\" },\n"
      "  { names = \"Status\", is = \"mark\" } ]\n[rows]\npadding_lacks = [\"amount\"]\n"
      "control_lacks = [\"supplier\"]\ncontrol_labels = []\nrestated_marks = [\"Restated\", "
      "\"Re-issue\"]\n",
      "marked.toml"));
  const std::string text =
      "Supplier,Amount,Status\nA,1.00,\nB,2.00,RESTATED\nC,3.00,re-issue\nD,4.00,new\n";
  const auto contents = read_spend_contents({"list.csv", as_bytes(text)}, book);
  REQUIRE(contents);
  CHECK(contents->list.restated == 2);
  CHECK(contents->rows.at(1).restated);
  CHECK_FALSE(contents->rows.at(3).restated);
}

TEST_CASE("A list may end without its last line end, or with blank lines") {
  std::string text = header + good + "\n  \n" + good;
  text.pop_back();
  const auto contents = read(text);
  REQUIRE(contents);
  CHECK(contents->list.rows == 2);
  CHECK(contents->list.blank_rows == 2);
}

TEST_CASE("A header with nothing below is a list of no payments and no month") {
  const auto contents = read(header);
  REQUIRE(contents);
  CHECK(contents->list.rows == 0);
  CHECK_FALSE(contents->list.month);
  CHECK(contents->list.month_source == MonthSource::unknown);
}

TEST_CASE(
    "Streaming hands over the rows that are collected, and what a callback throws passes through") {
  const std::string text = header + good + row("2019-11-06", "(1.00)");
  const auto book = LayoutBook::built_in();
  std::vector<SpendRow> rows;
  const auto list = read_spend_list({"list.csv", as_bytes(text)}, book, {},
                                    [&](const SpendRow& r) { rows.push_back(r); }, {});
  CHECK((rows == read(text)->rows));
  CHECK(list->rows == 2);
  struct Stop {};
  CHECK_THROWS_AS(read_spend_list({"list.csv", as_bytes(text)}, book, {},
                                  [](const SpendRow&) { throw Stop(); }, {}),
                  Stop);
}

TEST_CASE("A path that is no readable file is refused at once") {
  const auto folder =
      std::filesystem::temp_directory_path() / ("braid-lists-" + std::to_string(::getpid()));
  std::filesystem::create_directories(folder);
  const auto reason = [](const std::filesystem::path& path, std::size_t most = 100) {
    const auto bytes = load_file(path, most);
    return bytes ? "accepted" : bytes.error().reason;
  };
  CHECK(reason(folder) == "is a directory");
  CHECK(reason(folder / "none.csv") == "cannot be opened: No such file or directory");
  REQUIRE(::mkfifo((folder / "pipe").c_str(), 0600) == 0);
  CHECK(reason(folder / "pipe") == "is not a regular file");
  CHECK(reason("/dev/zero") == "is not a regular file");
  std::ofstream(folder / "big.csv") << std::string(101, 'x');
  CHECK(reason(folder / "big.csv") == "is larger than 100 bytes");
  CHECK(reason(folder / "big.csv", 101) == "accepted");
  std::filesystem::remove_all(folder);
}
