// The lists that councils and NHS bodies published, against totals found by three independent
// programs. The files lie beside the repository and name traders: nothing of a row is printed here.
#include <catch2/catch.hpp>
#include <filesystem>
#include <set>

#include "adapters/files/load_file.hpp"
#include "adapters/files/spend_list.hpp"
#include "tests/adapters/files/support.hpp"
#include "tests/support/repository_root.hpp"

using namespace braid::files;
using braid::Date;
using braid::Month;

namespace {

struct Published {
  const char* file;
  const char* layout;
  const char* encoding;
  std::uint32_t header_line;
  std::uint64_t rows;
  std::uint64_t credits;
  std::int64_t net_pence;
  Date first;
  Date last;
  Month month;
  std::uint64_t blank = 0;
  std::uint64_t padding = 0;
  std::uint64_t rounded = 0;
  std::uint64_t redacted = 0;
  std::uint64_t undated = 0;
  const char* digest = "";  // its beginning
};

constexpr Date no_date = Date::none();

Date day(int year, int month, int day) { return Date::from_calendar(year, month, day).value(); }
Month month(int year, int month) { return braid::month_of(day(year, month, 1)); }

const std::vector<Published> published = {
    {"council/devon_2011-10_padding-rows.csv", "devon", "ASCII", 1, 5'114, 82, 18'325'503'32,
     day(2011, 10, 3), day(2011, 10, 31), month(2011, 10), 258, 1'622, 0, 119, 0,
     "5b189a5ac5ca6637"},
    {"council/devon_2017-11_as-published-2018-02-07.csv", "devon", "windows-1252", 1, 7'897, 238,
     44'370'479'70, day(2017, 11, 1), day(2017, 11, 30), month(2017, 11), 0, 0, 0, 279, 0,
     "4bfd2f56fb7e51bf"},
    {"council/devon_2017-11_restated-2020-01-23.csv", "devon", "UTF-8", 1, 8'256, 255,
     48'845'253'06, day(2017, 11, 1), day(2017, 11, 30), month(2017, 11), 0, 0, 695, 298, 0,
     "8ec5fa5928691874"},
    {"council/devon_2022-04.csv", "devon", "UTF-8", 1, 9'618, 104, 77'567'292'82, day(2022, 4, 4),
     day(2022, 4, 29), month(2022, 4), 0, 0, 476, 537, 0, "3ba55931c7835eea"},
    {"council/leeds_2012-11_raw.csv", "leeds", "ASCII", 1, 10'050, 106, 71'558'583'35,
     day(2012, 10, 1), day(2012, 11, 30), month(2012, 11), 0, 0, 0, 845, 0, "0152b44e41d520fa"},
    {"council/leeds_2020-06_raw.csv", "leeds", "windows-1252", 1, 16'176, 343, 104'445'727'45,
     day(2020, 2, 25), day(2020, 6, 30), month(2020, 6), 1, 0, 0, 1'157, 0, "d053446c5c83860e"},
    {"council/calderdale_2022-03.csv", "calderdale", "UTF-8", 1, 2'623, 167, 19'513'182'88,
     day(2022, 3, 1), day(2022, 3, 31), month(2022, 3), 0, 0, 0, 0, 0, "b9fb6c01b1e8f381"},
    {"council/newcastle_2022-05.csv", "newcastle", "ASCII", 1, 6'474, 245, 43'363'643'39,
     day(2022, 5, 3), day(2022, 5, 31), month(2022, 5), 0, 0, 0, 1'986, 0, "71b1e71a3bd9880e"},
    {"council/bradford_2019-11_bracket-negatives.csv", "bradford", "windows-1252", 1, 9'656, 627,
     39'355'678'64, day(2019, 11, 5), day(2019, 11, 28), month(2019, 11), 0, 0, 0, 163, 0,
     "f9bc9ff4c325f139"},
    // The manifest counts one redacted name here, by the letters "redact"; they are part of a
    // trader's real name.
    {"council/darlington_2013-02_sql-header.csv", "darlington", "ASCII", 19, 2'837, 0,
     10'027'753'87, no_date, no_date, month(2013, 2), 0, 0, 0, 0, 2'837, "a31632103368846a"},
    {"nhs/barking-dagenham-ccg_2020-21/2020-04.csv", "nhs", "ASCII", 1, 132, 2, 79'683'973'99,
     day(2020, 4, 30), day(2020, 4, 30), month(2020, 4), 0, 0, 0, 0, 0, "36c392a707e27cc9"},
    {"nhs/barking-dagenham-ccg_2020-21/2020-05.csv", "nhs", "ASCII", 1, 85, 15, 23'587'820'16,
     day(2020, 5, 31), day(2020, 5, 31), month(2020, 5), 0, 0, 0, 0, 0, "43fc9c2c34741e80"},
    {"nhs/barking-dagenham-ccg_2020-21/2020-06.csv", "nhs", "ASCII", 1, 83, 10, 23'907'438'45,
     day(2020, 6, 30), day(2020, 6, 30), month(2020, 6), 0, 0, 0, 0, 0, "dd298afa29d25798"},
    {"nhs/barking-dagenham-ccg_2020-21/2020-07.csv", "nhs", "UTF-8", 1, 321, 20, 24'676'831'92,
     day(2020, 7, 31), day(2020, 7, 31), month(2020, 7), 0, 0, 0, 0, 0, "e3aa51d64d91fb47"},
    {"nhs/barking-dagenham-ccg_2020-21/2020-08.csv", "nhs", "ASCII", 1, 265, 8, 23'063'617'96,
     day(2020, 8, 31), day(2020, 8, 31), month(2020, 8), 0, 0, 0, 0, 0, "3f0728452fef6396"},
    {"nhs/barking-dagenham-ccg_2020-21/2020-09.csv", "nhs", "ASCII", 1, 274, 21, 23'397'275'33,
     day(2020, 9, 30), day(2020, 9, 30), month(2020, 9), 0, 0, 0, 0, 0, "f602fc6bcd2889bc"},
    {"nhs/barking-dagenham-ccg_2020-21/2020-10.csv", "nhs", "ASCII", 1, 267, 4, 28'162'800'83,
     day(2020, 10, 31), day(2020, 10, 31), month(2020, 10), 0, 0, 0, 0, 0, "cacfb668727046c2"},
    {"nhs/barking-dagenham-ccg_2020-21/2020-11.csv", "nhs", "ASCII", 1, 264, 1, 27'072'498'11,
     day(2020, 11, 30), day(2020, 11, 30), month(2020, 11), 0, 0, 0, 0, 0, "370b4db5a1aad3e9"},
    {"nhs/barking-dagenham-ccg_2020-21/2020-12.csv", "nhs", "ASCII", 1, 392, 15, 29'546'009'18,
     day(2020, 12, 31), day(2020, 12, 31), month(2020, 12), 0, 0, 0, 0, 0, "df91609206397ef9"},
    {"nhs/barking-dagenham-ccg_2020-21/2021-01.csv", "nhs", "ASCII", 1, 288, 5, 28'848'878'55,
     day(2021, 1, 31), day(2021, 1, 31), month(2021, 1), 0, 0, 0, 0, 0, "8b97e6a6bc74e779"},
    {"nhs/barking-dagenham-ccg_2020-21/2021-02.csv", "nhs", "ASCII", 1, 357, 6, 28'940'846'48,
     day(2021, 2, 28), day(2021, 2, 28), month(2021, 2), 0, 0, 0, 0, 0, "c4101e6befba0e37"},
    {"nhs/barking-dagenham-ccg_2020-21/2021-03.csv", "nhs", "ASCII", 1, 247, 1, 17'679'013'28,
     day(2021, 3, 31), day(2021, 3, 31), month(2021, 3), 0, 0, 0, 0, 0, "b6b2e9f0122b7a66"},
    {"nhs/hillingdon-ccg_2020-06_from-pdf.csv", "nhs-from-pdf", "ASCII", 1, 589, 69, 34'364'911'34,
     day(2020, 6, 30), day(2020, 6, 30), month(2020, 6), 0, 0, 0, 0, 15, "a3f8d011d2371f65"},
    {"nhs/guys-st-thomas-ft_2020-08.csv", "nhs", "UTF-8", 1, 10'187, 211, 39'483'206'13,
     day(2020, 8, 3), day(2020, 8, 27), month(2020, 8), 0, 0, 0, 0, 0, "6da23409ba81e415"},
};

std::filesystem::path data_folder() { return BRAID_PUBLISHED_LISTS; }

/// True where the published lists are at hand; says so where they are not.
bool at_hand() {
  if (std::filesystem::is_directory(data_folder())) return true;
  WARN("the published lists are not beside the repository: only our own specimens are tested");
  return false;
}

}  // namespace

TEST_CASE(
    "Each published list has the rows, credits, total and dates that three other programs found") {
  if (!at_hand()) return;
  for (const Published& expected : published) {
    INFO(expected.file);
    const auto bytes = load_file(data_folder() / expected.file, max_list_bytes);
    REQUIRE(bytes);
    const auto contents = read_spend_contents({expected.file, *bytes}, LayoutBook::built_in());
    INFO((contents ? std::string() : sentence(contents.error())));
    REQUIRE(contents);
    const SpendList& list = contents->list;
    CHECK(list.digest.hex().starts_with(expected.digest));
    CHECK(list.layout == expected.layout);
    CHECK(name_of(list.encoding) == expected.encoding);
    CHECK(list.header_line == expected.header_line);
    CHECK(list.rows == expected.rows);
    CHECK(list.rows == contents->rows.size());
    CHECK(list.credits == expected.credits);
    CHECK(list.net_pence() == expected.net_pence);
    CHECK(list.first_date ==
          (expected.first == no_date ? std::nullopt : std::optional(expected.first)));
    CHECK(list.last_date ==
          (expected.last == no_date ? std::nullopt : std::optional(expected.last)));
    CHECK(list.month == expected.month);
    CHECK(list.blank_rows == expected.blank);
    CHECK(list.padding_rows == expected.padding);
    CHECK(list.control_rows == 0);
    CHECK(list.rounded == expected.rounded);
    CHECK(list.redacted == expected.redacted);
    CHECK(list.undated == expected.undated);
    CHECK(list.bad_rows == 0);
    CHECK(!list.publisher.empty());
    INFO("texts fit the event that is made of a row");
    std::size_t longest = 0;
    std::size_t longest_reference = 0;
    for (const SpendRow& row : contents->rows) {
      longest = std::max({longest, row.expense_type.size(), row.expense_area.size()});
      longest_reference = std::max(longest_reference, row.reference.size());
    }
    CHECK(longest <= 200);
    CHECK(longest_reference <= 60);
  }
}

TEST_CASE("Every published list is in the table above") {
  if (!at_hand()) return;
  std::set<std::string> listed;
  for (const Published& one : published) listed.insert(one.file);
  for (const char* folder : {"council", "nhs"}) {
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(data_folder() / folder)) {
      if (entry.is_regular_file())
        CHECK(listed.contains(std::filesystem::relative(entry.path(), data_folder()).string()));
    }
  }
}

TEST_CASE("A published list, read twice, gives the same rows in the same order") {
  if (!at_hand()) return;
  const auto bytes = load_file(data_folder() / published[2].file, max_list_bytes);
  REQUIRE(bytes);
  const auto once = read_spend_contents({published[2].file, *bytes}, LayoutBook::built_in());
  const auto twice = read_spend_contents({published[2].file, *bytes}, LayoutBook::built_in());
  REQUIRE(once);
  REQUIRE(twice);
  CHECK((once->rows == twice->rows));  // in brackets: a failure must not print rows
}
