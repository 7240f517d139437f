#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "adapters/files/layout_book.hpp"
#include "adapters/files/layout_toml.hpp"

using namespace braid::files;

namespace {

const std::string head =
    "name = \"test\"\npublisher_kind = \"council\"\nencodings = [\"utf-8\"]\namount_forms = "
    "[\"minus\"]\n";
const std::string dates = "date_forms = [\"dd/mm/yyyy\"]\n";
const std::string columns =
    "columns = [ { names = \"When\", is = \"date\" }, { names = [\"Who\", \"Supplier\"], is = "
    "\"supplier\" },\n"
    "  { names = \"How much\", is = \"amount\" }, { names = \"Note\", optional = true } ]\n";
const std::string rows =
    "[rows]\npadding_lacks = [\"date\", \"amount\", \"supplier\"]\ncontrol_lacks = [\"date\", "
    "\"supplier\"]\n"
    "control_labels = [\"Total\"]\n";

std::string refused(const std::string& toml) {
  const auto layout = read_layout(toml, "test.toml");
  return layout ? "accepted" : sentence(layout.error());
}

HeaderMatch match(std::vector<std::string_view> cells) {
  const auto layout = read_layout(head + dates + columns + rows, "test.toml");
  REQUIRE(layout);
  return match_header(*layout, HeaderRow(cells));
}

/// A directory of its own that is gone afterwards.
struct TestDirectory {
  std::filesystem::path path =
      std::filesystem::temp_directory_path() / ("braid-layouts-" + std::to_string(::getpid()));
  TestDirectory() { std::filesystem::create_directories(path); }
  ~TestDirectory() { std::filesystem::remove_all(path); }
  void write(const char* name, const std::string& text) const {
    std::ofstream(path / name) << text;
  }
};

}  // namespace

TEST_CASE("The layouts that are compiled in are those of the folder, and each fits its own names") {
  const auto book = LayoutBook::built_in();
  CHECK(book.layouts().size() >= 8);
  for (const Layout& layout : book.layouts()) {
    INFO(layout.name);
    std::vector<std::string_view> cells;
    for (const Column& column : layout.columns) cells.push_back(column.names.back());
    for (const Layout& other : book.layouts()) {
      CHECK(match_header(other, HeaderRow(cells)).fits() == (other.name == layout.name));
    }
    CHECK(book.named(layout.name) == &layout);
  }
  CHECK(book.named("nowhere") == nullptr);
}

TEST_CASE("A header fits in any order, case and spacing, with and without optional columns") {
  CHECK(match({"When", "Who", "How much"}).fits());
  CHECK(match({"HOW MUCH ", "supplier", " when", "Note"}).fits());
  CHECK(match({"\xEF\xBB\xBFWhen", "Who", "HowMuch", "", ""}).fits());
  CHECK(match({"HOW MUCH ", "supplier", " when"}).roles ==
        std::vector{Role::amount, Role::supplier, Role::date});
}

TEST_CASE("A header that does not fit says which columns are missing and unknown") {
  const auto found = match({"When", "Whom", "How much", "", "Note"});
  CHECK_FALSE(found.fits());
  CHECK(found.missing == std::vector<std::size_t>{1});
  CHECK(found.unknown == std::vector<std::size_t>{1, 3});
  CHECK(found.known == 3);
  CHECK_FALSE(match({}).fits());
  CHECK_FALSE(match({"When", "When", "Who", "How much"}).fits());
}

TEST_CASE("A layout with a mistake is refused, with file, line and remedy") {
  struct Case {
    std::string toml;
    std::string says;
  };
  const auto each = GENERATE(
      Case{"name = ", "test.toml, line 1, column 8: this is not TOML"},
      Case{head + dates + columns, "'[rows]' is missing"},
      Case{dates + columns + rows, "'name' is missing"},
      Case{head + "colour = 1\n" + dates + columns + rows,
           "test.toml, line 5: unknown key 'colour'"},
      Case{"publisher = 3\n" + head + dates + columns + rows,
           "test.toml, line 1: 'publisher' is not a text"},
      Case{head + columns + rows, "there is a column of dates, but no form of a date"},
      Case{head + "date_forms = [\"dd/mm\"]\n" + columns + rows, "'dd/mm' is no pattern of a date"},
      Case{head + "date_forms = [\"Mmm-yy\"]\n" + columns + rows,
           "'Mmm-yy' is no pattern of a date"},
      Case{head + "date_forms = [\"dd/mm/yyyy\", \"mm/dd/yyyy\", \"dd/mm/yy\", \"mm/dd/yy\"]\n" +
               columns + rows,
           "more than one pair of forms"},
      Case{head + dates + "preamble_month = \"dd\"\n" + columns + rows,
           "'dd' is no pattern of a month"},
      Case{head + dates + "header_within = 65\n" + columns + rows,
           "'header_within' is not 1 to 64"},
      Case{head + dates + "redaction_markers = [\"\"]\n" + columns + rows,
           "an empty redaction marker"},
      Case{head + dates + "columns = []\n" + rows, "'columns' is not a list of 1 to 256 columns"},
      Case{head + dates + "columns = [1]\n" + rows, "a column is not a table"},
      Case{head + dates + "columns = [ { is = \"amount\" } ]\n" + rows, "'names' is missing"},
      Case{head + dates + "columns = [ { names = \"A\", is = \"sum\" } ]\n" + rows,
           "unknown role 'sum'"},
      Case{head + dates + "columns = [ { names = \"A\", is = \"amount\" } ]\n" + rows,
           "no column is the supplier"},
      Case{head + dates +
               "columns = [ { names = \"A\", is = \"amount\" }, { names = \"B\", is = \"amount\" "
               "}, { names = \"C\", is = \"supplier\" } ]\n" +
               rows,
           "more than one column is the amount"},
      Case{head + dates +
               "columns = [ { names = \"A\", is = \"amount\" }, { names = [\"B\", \"a\"], is = "
               "\"supplier\" } ]\n" +
               rows,
           "two columns share the name 'B'"},
      Case{head + dates + columns +
               "[rows]\npadding_lacks = [\"date\"]\ncontrol_lacks = [\"date\"]\ncontrol_labels = "
               "[]\n",
           "padding_lacks must name the amount"},
      Case{head + dates + columns +
               "[rows]\npadding_lacks = [\"amount\"]\ncontrol_lacks = [\"amount\"]\ncontrol_labels "
               "= []\n",
           "control_lacks must name roles other than the amount"},
      Case{head + dates + columns +
               "[rows]\npadding_lacks = [\"amount\", \"sum\"]\ncontrol_lacks = "
               "[\"date\"]\ncontrol_labels = []\n",
           "unknown role 'sum' in 'padding_lacks'"});
  const std::string sentence = refused(each.toml);
  INFO(sentence);
  CHECK(sentence.starts_with("test.toml"));
  CHECK(sentence.find(each.says) != std::string::npos);
  CHECK(sentence.find("; ") != std::string::npos);
}

TEST_CASE("A name, encoding, amount form or kind that does not exist is refused") {
  const auto with = [](const std::string& from, const std::string& to) {
    std::string changed = head;
    changed.replace(changed.find(from), from.size(), to);
    return refused(changed + dates + columns + rows);
  };
  CHECK(with("\"minus\"", "\"plus\"").find("unknown form 'plus' of an amount") !=
        std::string::npos);
  CHECK(with("\"utf-8\"", "\"utf-16\"").find("unknown encoding 'utf-16'") != std::string::npos);
  CHECK(with("\"council\"", "\"club\"").find("unknown kind of publisher") != std::string::npos);
  CHECK(with("\"test\"", "\"../Test\"").find("the name is not 1 to 40") != std::string::npos);
}

TEST_CASE("Layouts of a directory are added at run time, in the order of their names") {
  const TestDirectory directory;
  directory.write("b.toml", head + dates + columns + rows);
  directory.write("notes.txt", "no layout");
  auto book = LayoutBook::built_in();
  const auto before = book.layouts().size();
  REQUIRE(book.add_directory(directory.path));
  CHECK(book.layouts().size() == before + 1);
  CHECK(book.named("test") != nullptr);

  const auto again = book.add_directory(directory.path);
  REQUIRE_FALSE(again);
  CHECK(again.error().reason == "there is a layout named 'test' already");
}

TEST_CASE("A directory of layouts that cannot be read, or holds one that is wrong, is a problem") {
  LayoutBook book;
  CHECK(
      book.add_directory("/nowhere/at/all").error().reason.starts_with("cannot list the layouts"));
  const TestDirectory directory;
  directory.write("big.toml", std::string(max_layout_bytes + 1, '#'));
  CHECK(book.add_directory(directory.path).error().reason == "is larger than 65536 bytes");
  directory.write("big.toml", "nonsense");
  CHECK(book.add_directory(directory.path).error().line == 1);
}
