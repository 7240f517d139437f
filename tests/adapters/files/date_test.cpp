#include <catch2/catch.hpp>

#include "adapters/files/date_form.hpp"
#include "adapters/files/date_order.hpp"
#include "tests/adapters/files/support.hpp"

using namespace braid::files;
using braid::Date;

namespace {

DateForm form(std::string_view pattern) {
  auto parsed = DateForm::from_pattern(pattern);
  REQUIRE(parsed);
  return *parsed;
}

/// The pattern the cells decide for, or the problem's reason.
std::string decided(std::initializer_list<const char*> cells) {
  const DateForm day_first = form("dd/mm/yyyy");
  const DateForm month_first = form("mm/dd/yyyy");
  DateOrderVote vote(day_first, month_first);
  std::uint32_t line = 1;
  for (const char* cell : cells) vote.add(cell, ++line);
  const auto result = vote.decide();
  return result ? (*result)->pattern() : result.error().reason;
}

}  // namespace

TEST_CASE("A date is read in each form that publishers use") {
  struct Case {
    const char* pattern;
    const char* cell;
    const char* day;
  };
  const auto each = GENERATE(
      Case{"dd/mm/yyyy", "03/10/2011", "2011-10-03"}, Case{"dd/mm/yyyy", "3/1/2011", "2011-01-03"},
      Case{"mm/dd/yyyy", "7/31/2020", "2020-07-31"}, Case{"yyyy-mm-dd", "2022-03-02", "2022-03-02"},
      Case{"yyyy-mm-dd hh:mi:ss", "2017-11-01 00:00:00", "2017-11-01"},
      Case{"yyyy-mm-ddThh:mi:ss", "2017-11-01T23:59:59", "2017-11-01"},
      Case{"dd-Mmm-yyyy", "13-Nov-2012", "2012-11-13"},
      Case{"dd-Mmm-yyyy", "1-SEPT-2012", "2012-09-01"},
      Case{"dd-Mmm-yy", "30-Jun-20", "2020-06-30"},
      Case{"dd Mmm yyyy", " 29 February 2024 ", "2024-02-29"},
      Case{"dd.mm.yy", "31.12.99", "2099-12-31"});
  INFO(each.pattern << " " << each.cell);
  CHECK(form(each.pattern).read(each.cell) == Date::from_text(each.day).value());
}

TEST_CASE("A day that does not exist, another form, or a year that is a slip is no date") {
  struct Case {
    const char* pattern;
    const char* cell;
  };
  const auto each = GENERATE(
      Case{"dd/mm/yyyy", "29/02/2023"}, Case{"dd/mm/yyyy", "31/04/2020"},
      Case{"dd/mm/yyyy", "00/01/2020"}, Case{"dd/mm/yyyy", "01/13/2020"},
      Case{"dd/mm/yyyy", "01/00/2020"}, Case{"dd/mm/yyyy", ""}, Case{"dd/mm/yyyy", "01/02/20"},
      Case{"dd/mm/yyyy", "01/02/0201"}, Case{"dd/mm/yyyy", "01/02/20200"},
      Case{"dd/mm/yyyy", "001/02/2020"}, Case{"dd/mm/yyyy", "01-02-2020"},
      Case{"dd/mm/yyyy", "01/02/2020x"}, Case{"dd/mm/yyyy", "01/02/1999"},
      Case{"dd/mm/yyyy", "43831"}, Case{"dd-Mmm-yy", "30-Jn-20"}, Case{"dd-Mmm-yy", "30-Juni-20"},
      Case{"dd-Mmm-yy", "30-Septembering-20"}, Case{"yyyy-mm-dd hh:mi:ss", "2017-11-01 24:00:00"},
      Case{"yyyy-mm-dd hh:mi:ss", "2017-11-01 00:60:00"}, Case{"yyyy-mm-dd hh:mi:ss", "2017-11-01"},
      Case{"yyyy-mm-dd hh:mi:ss", "2017-11-01 x:00:00"});
  INFO(each.pattern << " " << each.cell);
  CHECK_FALSE(form(each.pattern).read(each.cell));
}

TEST_CASE("A pattern without month or year, or with letters that mean nothing, is none") {
  for (const char* pattern : {"", "dd", "dd/mm", "mm/mm/yyyy", "dd/mm/yyyy yy", "dd/Mmm/mm/yyyy",
                              "dd/mm/jjjj", "%d/%m/%Y"}) {
    INFO(pattern);
    CHECK_FALSE(DateForm::from_pattern(pattern));
  }
}

TEST_CASE("A month above the header is read by a pattern without day") {
  CHECK(form("Mmm-yy").read_month("Feb-13") == braid::Month::from_text("2013-02").value());
  CHECK_FALSE(form("Mmm-yy").read_month("February 2013"));
}

TEST_CASE("Only two numeric forms that differ in the order of day and month mirror each other") {
  CHECK(form("dd/mm/yyyy").mirrors(form("mm/dd/yyyy")));
  CHECK(form("mm-dd-yy").mirrors(form("dd-mm-yy")));
  CHECK_FALSE(form("dd/mm/yyyy").mirrors(form("dd/mm/yyyy")));
  CHECK_FALSE(form("dd/mm/yyyy").mirrors(form("mm-dd-yyyy")));
  CHECK_FALSE(form("dd/mm/yyyy").mirrors(form("yyyy-mm-dd")));
  CHECK_FALSE(form("dd-Mmm-yy").mirrors(form("dd-Mmm-yy")));
}

TEST_CASE("One day above 12 decides the order of day and month for the whole file") {
  CHECK(decided({"30/04/2020"}) == "dd/mm/yyyy");
  CHECK(decided({"7/31/2020"}) == "mm/dd/yyyy");
  CHECK(decided({"01/02/2020", "05/06/2020", "13/02/2020"}) == "dd/mm/yyyy");
}

TEST_CASE("Without such a day, the order that puts all dates in one month decides") {
  CHECK(decided({"01/08/2020", "05/08/2020", "12/08/2020"}) == "dd/mm/yyyy");
  CHECK(decided({"8/1/2020", "8/5/2020", "8/12/2020"}) == "mm/dd/yyyy");
}

TEST_CASE(
    "Dates that read the same either way need no decision, and neither does a file without any") {
  CHECK(decided({"05/05/2020", "05/05/2020"}) == "dd/mm/yyyy");
  CHECK(decided({}) == "dd/mm/yyyy");
  CHECK(decided({"", "n/a", "99/99/2020"}) == "dd/mm/yyyy");
}

TEST_CASE("Dates that prove both orders refuse the file and name a line of each") {
  CHECK(decided({"01/02/2020", "13/02/2020", "2/14/2020"}) ==
        "dates are in two orders: line 3 can only be dd/mm/yyyy, line 4 only mm/dd/yyyy");
}

TEST_CASE("Dates that prove nothing refuse the file") {
  CHECK(decided({"05/06/2020"})
            .starts_with("nothing tells whether dates are dd/mm/yyyy or mm/dd/yyyy"));
  CHECK(decided({"01/02/2020", "03/04/2020"}).starts_with("nothing tells"));
}
