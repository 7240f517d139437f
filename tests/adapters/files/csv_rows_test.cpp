#include "adapters/files/csv_rows.hpp"

#include <rapidcheck.h>
#include <catch2/catch.hpp>

#include "adapters/files/text.hpp"

using namespace braid::files;
using Step = CsvRows::Step;
using Row = std::vector<std::string>;

namespace {

struct Walk {
  std::vector<Row> rows;
  std::vector<std::uint32_t> lines;
  std::vector<Step> other;  ///< steps that are no row
};

Walk walk(std::string_view text) {
  Walk all;
  CsvRows rows(text);
  for (Step step = rows.next(); step != Step::end; step = rows.next()) {
    if (step != Step::row) {
      all.other.push_back(step);
      if (step >= Step::long_row) break;
      continue;
    }
    all.rows.emplace_back(rows.cells().begin(), rows.cells().end());
    all.lines.push_back(rows.line());
  }
  return all;
}

}  // namespace

TEST_CASE("Rows end in LF, CRLF or CR, the last with or without") {
  for (const char* text :
       {"a,b\nc,d\n", "a,b\r\nc,d\r\n", "a,b\rc,d\r", "a,b\nc,d", "a,b\r\n\"c\",d"}) {
    INFO(text);
    CHECK(walk(text).rows == std::vector<Row>{{"a", "b"}, {"c", "d"}});
    CHECK(walk(text).lines == std::vector<std::uint32_t>{1, 2});
  }
}

TEST_CASE(
    "Quoted cells keep commas, doubled quotes, blanks and line ends, and lines are still counted") {
  const Walk all = walk("\" a, \"\"b\"\" \",c\n\n\"two\r\nlines\",d\r\ne,f\n");
  CHECK(all.rows == std::vector<Row>{{" a, \"b\" ", "c"}, {"two\nlines", "d"}, {"e", "f"}});
  CHECK(all.lines == std::vector<std::uint32_t>{1, 3, 5});
  CHECK(all.other == std::vector<Step>{Step::blank_line});
}

TEST_CASE("A quote in the middle of a cell spoils its line only") {
  const Walk all = walk("a,b\n12\" pipe,d\n\"x\"y,z\ne,f\n");
  CHECK(all.rows == std::vector<Row>{{"a", "b"}, {"e", "f"}});
  CHECK(all.other == std::vector<Step>{Step::stray_quote, Step::stray_quote});
}

TEST_CASE("A quote that is never closed ends the walk where it was opened") {
  CsvRows rows("a,b\nc,\"d\ne,f\ng,h");
  CHECK(rows.next() == Step::row);
  CHECK(rows.next() == Step::open_quote);
  CHECK(rows.line() == 2);
}

TEST_CASE("A quote that stays open takes no more than a row's worth of memory and time") {
  std::string text = "a,\"b\n";
  for (int i = 0; i < 100'000; ++i) text += "c,d\n";
  CsvRows rows(text);
  CHECK(rows.next() == Step::open_quote);
  CHECK(rows.position().line < 20'000);
}

TEST_CASE("Rows that are too long or too wide, and lone carriage returns, are told apart") {
  CHECK(walk(std::string(max_row_bytes + 1, 'x')).other == std::vector<Step>{Step::long_row});
  CHECK(walk(std::string(max_row_bytes, 'x')).rows.size() == 1);
  CHECK(walk(std::string(max_row_cells, ',') + "\na\n").other ==
        std::vector<Step>{Step::many_cells});
  CHECK(walk("\"\"" + std::string(max_row_cells, ',') + "\na\n").rows == std::vector<Row>{{"a"}});
  CHECK(walk("a\rb\nc").other == std::vector<Step>{Step::lone_return});
  CHECK(walk("\"a\"\rb\nc").other == std::vector<Step>{Step::lone_return});
}

TEST_CASE("A walk goes on from a position as if it had never stopped") {
  const std::string text = "a\n\"b\nb\"\nc\n";
  CsvRows first(text);
  first.next();
  first.next();
  CsvRows second(text, first.position());
  REQUIRE(second.next() == Step::row);
  CHECK(second.cells()[0] == "c");
  CHECK(second.line() == 4);
}

TEST_CASE("Lines without quotes mean the same when cut at commas as when parsed by libcsv") {
  CHECK(rc::check([] {
    const auto cell =
        rc::gen::container<std::string>(rc::gen::element('a', '1', ' ', '\t', '-', '\xE9'));
    const auto row = *rc::gen::nonEmpty(rc::gen::container<std::vector<std::string>>(cell));
    std::string plain;
    for (const auto& each : row) plain += (plain.empty() ? "" : ",") + each;
    RC_PRE(!trimmed(plain).empty());
    // A quoted cell at the end sends the same line through libcsv.
    const Walk cut = walk(plain + ",q\n");
    const Walk parsed = walk(plain + ",\"q\"\n");
    RC_ASSERT(cut.rows == parsed.rows);
    RC_ASSERT(cut.rows.size() == 1U);
  }));
}

TEST_CASE("Any text is walked to its end or to a step that says why not") {
  CHECK(rc::check([] {
    const auto text =
        *rc::gen::container<std::string>(rc::gen::element('a', ',', '"', '\n', '\r', ' ', '\xC3'));
    std::size_t steps = 0;
    CsvRows rows(text);
    for (Step step = rows.next(); step < Step::long_row && step != Step::end; step = rows.next())
      ++steps;
    RC_ASSERT(steps <= text.size());
  }));
}
