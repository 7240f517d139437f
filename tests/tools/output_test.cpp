#include <catch2/catch.hpp>
#include <cstdio>

#include "tools/braid/output/sheet.hpp"

namespace braid::cli {
namespace {

std::string printed(Format format, std::vector<std::vector<Cell>> rows, std::size_t width = 80) {
  char* bytes = nullptr;
  std::size_t size = 0;
  std::FILE* out = ::open_memstream(&bytes, &size);
  const auto printer = make_printer(
      format, {"view", "budgets", "", {{"name", false}, {"agreed", true}}}, out, width);
  for (const auto& row : rows) printer->row(row);
  printer->end({}, {});
  std::fclose(out);
  const std::string text(bytes, size);
  std::free(bytes);
  return text;
}

}  // namespace

TEST_CASE("a table shows pounds with thousands, set to the right") {
  CHECK(printed(Format::table, {{Cell::of_text("Maya"), Cell::of_pence(1'234'567)},
                                {Cell::of_text("George"), Cell::of_pence(-5)}}) ==
        "name       agreed\n"
        "------  ---------\n"
        "Maya    12,345.67\n"
        "George      -0.05\n");
}

TEST_CASE("a table that is wider than the line is printed as records, without what is empty") {
  CHECK(printed(
            Format::table,
            {{Cell::of_text("Maya"), Cell::none()}, {Cell::of_text("George"), Cell::of_pence(100)}},
            8) == "name    Maya\n\nname    George\nagreed  1.00\n");
}

TEST_CASE("an empty table says so") { CHECK(printed(Format::table, {}) == "(no rows)\n"); }

TEST_CASE("CSV keeps to RFC 4180: CRLF, quotes where they are needed, pounds without thousands") {
  CHECK(printed(Format::csv, {{Cell::of_text("Lane, \"Mill\""), Cell::of_pence(1'234'567)}}) ==
        "name,agreed\r\n\"Lane, \"\"Mill\"\"\",12345.67\r\n");
}

TEST_CASE("JSON gives whole pence, and null for what is not known") {
  CHECK(printed(Format::json, {{Cell::of_text("Maya"), Cell::of_pence(1'234'567)},
                               {Cell::none(), Cell::of_pence(0)}}) ==
        "{\"view\":\"budgets\",\"rows\":[\n{\"name\":\"Maya\",\"agreed\":1234567},\n{\"name\":null,"
        "\"agreed\":0}\n],\"positions\":{}}\n");
}

TEST_CASE("text of the log cannot steer a terminal, nor break JSON") {
  const auto hostile = Cell::of_text("a\x1b[2Jb\"\\\n\xff");
  CHECK(shown(hostile).find('\x1b') == std::string::npos);
  CHECK(json(hostile) == "\"a\\u001b[2Jb\\\"\\\\\\n\uFFFD\"");
}

TEST_CASE("people see the beginning of an identifier, programs all of it") {
  const auto id = Cell::of_code("0192f3c1-7a00-7000-8000-000000000001");
  CHECK(shown(id) == "0192f3c1-7a00");
  CHECK(plain(id) == "0192f3c1-7a00-7000-8000-000000000001");
}

}  // namespace braid::cli
