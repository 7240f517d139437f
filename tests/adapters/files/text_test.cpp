#include "adapters/files/text.hpp"

#include <catch2/catch.hpp>

using namespace braid::files;

namespace {

std::string text_of(std::string_view cell, Encoding encoding) {
  std::string text;
  append_text(text, cell, encoding);
  return text;
}

}  // namespace

TEST_CASE("windows-1252 becomes UTF-8, byte by byte") {
  CHECK(text_of("Caf\xE9 \x96 \x93top up\x94 \x80"
                "5",
                Encoding::windows1252) == "Café – “top up” €5");
  CHECK(text_of("\xA3\xFF\x9F", Encoding::windows1252) == "£ÿŸ");
  CHECK_FALSE(first_undefined_windows1252("plain \x80\xFF"));
  for (const char* undefined : {"abc\x81", "abc\x8D", "abc\x8F", "abc\x90", "abc\x9D"}) {
    CHECK(first_undefined_windows1252(undefined) == 3);
  }
}

TEST_CASE("A text is one line without blanks around it, no-break spaces included") {
  CHECK(text_of(" \xC2\xA0"
                "a\nb\tc\x7F"
                "d \xC2\xA0 ",
                Encoding::utf8) == "a b c d");
  CHECK(text_of("\xA0"
                "a ",
                Encoding::windows1252) == "a");
  CHECK(text_of("  a  b  ", Encoding::ascii) == "a  b");
}

TEST_CASE("The first byte that is not UTF-8 is found wherever it is") {
  CHECK_FALSE(first_invalid_utf8("ASCII, é, “ and 😀"));
  for (std::size_t before = 0; before < 20; ++before) {
    CHECK(first_invalid_utf8(std::string(before, 'x') + "\xE9 after") == before);
  }
}

TEST_CASE("Header names are compared without case, blanks and byte order mark") {
  CHECK(header_key(" NetAmount ") == "netamount");
  CHECK(header_key("Net  Amount") == "netamount");
  CHECK(header_key("\xEF\xBB\xBF"
                   "Body") == "body");
  CHECK(header_key("Amount\xC2\xA0(\xC2\xA3)") == "amount(£)");
  CHECK(header_key("Amount (\xA3)") == "amount(£)");
  CHECK(header_key("Supplier\nName") == "suppliername");
}

TEST_CASE("The shape of a cell says nothing of what is in it") {
  CHECK(shape_of("(1,234.50)") == "(9,9.9)");
  CHECK(shape_of(" J. Q. Nobody ") == "a. a. a");
  CHECK(shape_of("Zo\xC3\xAB") == "a?");
  CHECK(shape_of(std::string(200, 'x')) == "a");
  std::string long_cell;
  for (int i = 0; i < 100; ++i) long_cell += "a1";
  CHECK(shape_of(long_cell) == "a9a9a9a9a9a9a9a9a9a9a9a9a9a9a9a9...");
}

TEST_CASE("A header name that is shown is short, whole in its characters, and on one line") {
  CHECK(shown(" Net Amount\r\n") == "Net Amount");
  CHECK(shown("Amount \xA3") == "Amount £");
  const std::string cut = shown(std::string(59, 'x') + "é and more");
  CHECK(cut == std::string(59, 'x') + "...");
}

TEST_CASE("A redaction marker is found whatever its case") {
  CHECK(contains_folded("Redacted Personal Data", "redacted"));
  CHECK(contains_folded("NAME REDACTED", "redacted"));
  CHECK_FALSE(contains_folded("REDACTE", "redacted"));
  CHECK_FALSE(contains_folded("REDACTA", "redacted"));
}
