#include "tests/repository/style.hpp"

#include <catch2/catch.hpp>

#include "tests/support/repository_root.hpp"

using namespace braid::test;

namespace {

/// What a rule finds in the whole repository.
template <class Rule>
Findings everywhere(Rule rule) {
  static const auto files = sources_below(repository_root());
  REQUIRE(files.size() > 20);
  Findings found;
  for (const auto& file : files)
    for (auto& finding : rule(file.path, file.text)) found.push_back(finding);
  return found;
}

bool awaits_well(const std::string& statement) {
  return temporaries_after_co_await("adapters/a.cpp", statement).empty();
}

std::string repeated(const std::string& text, std::size_t times) {
  std::string all;
  for (std::size_t i = 0; i < times; ++i) all += text;
  return all;
}

}  // namespace

TEST_CASE("style: no temporary aggregate or lambda is made in a co_await statement") {
  CHECK(everywhere(temporaries_after_co_await) == Findings{});

  CHECK(awaits_well("auto options = Options{1}; co_await open(std::move(options));"));
  CHECK(awaits_well("if (co_await ready()) { go(); }"));
  CHECK(awaits_well("auto [error, size] = co_await read(buffer, as_tuple);"));
  CHECK(awaits_well("// co_await open({});\nsay(\"co_await {\");"));
  CHECK_FALSE(awaits_well("co_await open(Options{1});"));
  CHECK_FALSE(awaits_well("co_await open(\n    {.size = 1});"));
  CHECK_FALSE(awaits_well("co_await post([size] { return size; });"));
}

TEST_CASE("style: no tabs and no stray blanks") {
  CHECK(everywhere(stray_blanks) == Findings{});

  CHECK(stray_blanks("a.cpp", "int a;\n\n  int b;\n").empty());
  CHECK(stray_blanks("a.cpp", "\tint a;\n").size() == 1);
  CHECK(stray_blanks("a.cpp", "int a; \n").size() == 1);
  CHECK(stray_blanks("a.cpp", "int a;\r\n").size() == 1);
}

TEST_CASE("style: no line of code is too long") {
  CHECK(everywhere(long_lines) == Findings{});

  const std::string table = "// clang-format off\n";
  const std::string end_of_table = "// clang-format on\n";
  CHECK(long_lines("a.cpp", std::string(120, 'a')).empty());
  CHECK(long_lines("a.cpp", repeated("\xc3\xa9", 120)).empty());
  CHECK(long_lines("a.cpp", table + std::string(160, 'a')).empty());
  CHECK(long_lines("a.capnp", std::string(160, 'a')).empty());
  CHECK(long_lines("README.md", std::string(500, 'a')).empty());

  CHECK(long_lines("a.capnp", std::string(161, 'a')).size() == 1);
  CHECK(long_lines("a.cpp", table + std::string(161, 'a')).size() == 1);
  CHECK(long_lines("a.cpp", table + end_of_table + std::string(121, 'a')).size() == 1);
  CHECK(long_lines("a.cpp", "\n" + std::string(121, 'a')) ==
        Findings{{"a.cpp", 2, "over the columns a line may have"}});
}

TEST_CASE("style: no file of code is over 400 lines") {
  CHECK(everywhere(long_files) == Findings{});

  CHECK(long_files("a.cpp", repeated("\n", 400)).empty());
  CHECK(long_files("README.md", repeated("\n", 401)).empty());
  CHECK(long_files("a.cpp", repeated("\n", 401)).size() == 1);
}

TEST_CASE("style: no notes to self") {
  CHECK(everywhere(notes_to_self) == Findings{});

  CHECK(notes_to_self("a.cpp", "int todos;  // what is to do\n").empty());
  CHECK(notes_to_self("a.cpp", "// TO" "DO: later\n").size() == 1);
  CHECK(notes_to_self("README.md", "FIX" "ME\n").size() == 1);
}

TEST_CASE("style: libraries are looked for in one file") {
  CHECK(everywhere(stray_dependencies) == Findings{});

  CHECK(stray_dependencies("tools/cmake/dependencies.cmake", "find_package(X)").empty());
  CHECK(stray_dependencies("ledger/CMakeLists.txt", "# find_package(X) is elsewhere").empty());
  CHECK(stray_dependencies("ledger/CMakeLists.txt", "find_package (X)").size() == 1);
  CHECK(stray_dependencies("ledger/CMakeLists.txt", "  pkg_check_modules(X)").size() == 1);
}

TEST_CASE("style: check and not assert, pragma once and not guards") {
  CHECK(everywhere(foreign_idioms) == Findings{});

  CHECK(foreign_idioms("a.cpp", "static_assert(true);  // assert(x)\n").empty());
  CHECK(foreign_idioms("a.hpp", "#pragma once\n").empty());
  CHECK(foreign_idioms("a.cpp", "assert(true);\n").size() == 1);
  CHECK(foreign_idioms("a.cpp", "#include <cassert>\n").size() == 1);
  CHECK(foreign_idioms("a.hpp", "#ifndef A\n").size() == 1);
}

TEST_CASE("style: no test has a name that CMake tears apart") {
  CHECK(everywhere(torn_test_names) == Findings{});

  const auto named = [](const std::string& name) { return "TEST_CASE(\"" + name + "\") {\n"; };
  CHECK(torn_test_names("tests/a_test.cpp", named("a rule, in a sentence: yes")).empty());
  CHECK(torn_test_names("tests/a_test.cpp", named("first; second")).size() == 1);
  CHECK(torn_test_names("tests/a_test.cpp", named("half open [0, n)")).size() == 1);
}

TEST_CASE("style: every folder says in a README what it is") {
  CHECK(folders_without_readme(sources_below(repository_root())) == Findings{});

  CHECK(folders_without_readme({{"ledger/README.md", ""}, {"ledger/a.cpp", ""}}).empty());
  CHECK(folders_without_readme({{"ledger/a.cpp", ""}}).size() == 1);
}

TEST_CASE("style: comments and texts are blanked, line by line, and code is kept") {
  CHECK(without_comments_and_texts("a /* b\nc */ d // e\nf") == "a     \n     d     \nf");
  CHECK(without_comments_and_texts(R"(say("a\"b", 'c', 1'000))") == "say(      ,    , 1'000)");
  CHECK(without_comments_and_texts("x = R\"y(a\"b)y\";") == "x =           ;");
}
